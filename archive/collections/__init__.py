"""Collections: sets of articles with a name and an introduction, made by curators."""

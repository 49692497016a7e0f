"""Meetings: proposed from what reports tell, confirmed by curators, kept as records."""

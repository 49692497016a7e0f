"""Pages, feeds and site maps from the open web, by addresses that people typed or pages named: a door, and guarded."""

"""An archive of each earlier release, which every later one must take over whole: see README.md."""

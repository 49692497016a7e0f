"""A curator's day in Chromium, in Arabic, Persian and English, over an archive of any size; see `__main__`."""

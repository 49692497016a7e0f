"""How to search, to read and to follow, told to readers in their language."""

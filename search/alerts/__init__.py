"""Searches followed by mail: a letter a day or a week of what is new, for an address that said yes to it."""

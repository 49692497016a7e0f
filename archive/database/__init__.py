"""Turns and locks of the database, which hold for all machines that share it."""

"""Signing in: guesses are counted and braked, so many passwords are hashed at a time, and codes are asked for.

A guess goes this way: `gate` (is a turn to hash a password free?) → `backend` (may this name be guessed from this
address?) → `attempts` (the guess is counted) → `hashing`. Refusals are made in `answers`.
"""

"""Spelling to tokens: the one analyzer for indexing, asking, highlighting and recognising; pure, no Django."""

from __future__ import annotations

from .analyzer import analyze
from .fingerprint import ANALYZER_VERSION, fingerprint
from .language import guess_language
from .lexicons import stop_words
from .name_terms import token_keys
from .names import name_keys
from .normalizer import fold
from .places import place_forms, place_ids
from .token import Token

__all__ = [
    "ANALYZER_VERSION",
    "Token",
    "analyze",
    "fingerprint",
    "fold",
    "guess_language",
    "name_keys",
    "place_forms",
    "place_ids",
    "stop_words",
    "token_keys",
]

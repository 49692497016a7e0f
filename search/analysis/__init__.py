"""Spelling to tokens: the one analyzer for indexing, asking, highlighting and recognising; pure, no Django."""

from __future__ import annotations

from search.analysis.analyzer import analyze
from search.analysis.fingerprint import ANALYZER_VERSION, fingerprint
from search.analysis.language import guess_language
from search.analysis.lexicons import stop_words
from search.analysis.name_terms import token_keys
from search.analysis.names import name_keys
from search.analysis.normalizer import fold
from search.analysis.places import place_forms, place_ids, place_name, places_called, written_places
from search.analysis.token import Token

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
    "place_name",
    "places_called",
    "stop_words",
    "token_keys",
    "written_places",
]

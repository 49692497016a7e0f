"""Conditions added to the words of a query, where facets cannot say them."""

from __future__ import annotations

from search.request import with_words


def with_field(query: str, field: str, value: str) -> str:
    """A query and a condition; what has alternatives is put in parentheses, so that the condition holds for all.

    >>> with_field("قطر OR لاتفيا", "country", "az")
    '(قطر OR لاتفيا) country:az'
    """
    return with_words(query, f"{field}:{value}")

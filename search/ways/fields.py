"""Conditions added to the words of a query, where facets cannot say them."""

from __future__ import annotations


def with_field(query: str, field: str, value: str) -> str:
    """A query and a condition; what has alternatives is put in parentheses, so that the condition holds for all.

    >>> with_field("قطر OR لاتفيا", "country", "az")
    '(قطر OR لاتفيا) country:az'
    """
    return with_words(query, f"{field}:{value}")


def with_words(query: str, words: str) -> str:
    """A query and further words, which all of its alternatives must have.

    >>> with_words("قطر OR لاتفيا", '"باكو"')
    '(قطر OR لاتفيا) "باكو"'
    """
    asked = f"({query})" if " OR " in query or "|" in query else query
    return f"{asked} {words}".strip()

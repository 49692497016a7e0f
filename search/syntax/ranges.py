"""Ranges of dates as typed: which words are one, and which way round they go."""

from __future__ import annotations

from dataclasses import replace

from search.tree import Range, Word

_HYPHENS = "-\u2010\u2011\u2013"
_FIRST_GREGORIAN_YEAR = 1700
"""Years below are of the Solar or lunar Hijri calendar, and are not compared with Gregorian ones."""


def year_range(word: Word) -> Range | None:
    """Two years of four digits with a hyphen between them, `2019-2023` or «۱۴۰۱–۱۴۰۲»; `2019-10` is a month."""
    text = word.text
    if len(text) != 9 or text[4] not in _HYPHENS or not (text[:4] + text[5:]).isdecimal():
        return None
    return Range(text[:4], text[5:], word.start, word.end)


def in_order(bounds: Range) -> Range:
    """The range from its earlier to its later end, the very same when it already was or cannot be compared."""
    low, high = _numbers(bounds.low), _numbers(bounds.high)
    if not low or not high or (low[0] < _FIRST_GREGORIAN_YEAR) != (high[0] < _FIRST_GREGORIAN_YEAR):
        return bounds
    shared = min(len(low), len(high))
    if low[:shared] <= high[:shared]:
        return bounds
    return replace(bounds, low=bounds.high, high=bounds.low)


def _numbers(bound: str | None) -> tuple[int, ...]:
    """Year, month and day of a numeric date with the year at either end; empty for anything else."""
    parts = (bound or "").replace("/", "-").replace(".", "-").split("-")
    if not all(part.isdecimal() for part in parts):
        return ()
    if len(parts[0]) != 4:
        parts.reverse()
    return tuple(int(part) for part in parts) if len(parts[0]) == 4 else ()

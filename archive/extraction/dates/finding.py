"""Dates in Arabic and Persian text, in three calendars: found, checked, and none invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from archive.calendars.calendars import GREGORIAN, SOLAR_HIJRI
from archive.extraction.dates.expressions import Expression, read_dated
from archive.extraction.dates.grammar import past_no_day
from archive.extraction.dates.guards import is_no_date
from archive.extraction.dates.hits import (
    DateHit,
    PartialDate,
    hints_of,
    hit_of,
    range_hit_of,
    relative_hit_of,
)
from archive.extraction.dates.months import MONTHS
from archive.extraction.dates.relative import STEPS, Relative, read_relative
from archive.extraction.dates.resolve import agree, rank, with_year
from archive.extraction.dates.series import read_expressions
from archive.extraction.dates.times import HALVES, HOUR_WORDS
from archive.extraction.dates.tokens import Tokens, tokenize
from archive.extraction.dates.words import (
    BETWEEN,
    MONTH_WORDS,
    ORDINALS,
    RANGE_OPENERS,
    WEEKDAYS,
    YEAR_PLURALS,
    YEAR_WORDS,
    language_of,
)

__all__ = ["DateHit", "PartialDate", "find_dates", "find_partial_dates"]


def find_dates(text: str, lang: str | None = None, ref: date | str | None = None) -> list[DateHit]:
    """Return the dates of a text in text order; no hit is better than a wrong hit.

    ``text``: any, in logical order, also not normalised. ``lang``: "ar", "fa", another, or None to judge by
    the text; it decides which month names and which year sizes are believed. ``ref``: the publication date
    (a date or ISO string, 1800 to 2200), without which a date lacking its year, and a relative day, is no hit.
    Never raises on any text; a malformed ``ref`` is a ValueError. Linear in the length of the text.

    >>> [hit.iso for hit in find_dates("۱۲ مهر ۱۴۰۲ - ۲۳:۲۳ - 04October 2023", "fa")]
    ['2023-10-04T23:23']
    >>> find_dates("قتل 12 شخصا", "ar", "2021-01-01")
    []
    """
    if isinstance(ref, str):
        ref = date.fromisoformat(ref[:10])
    elif isinstance(ref, datetime):
        ref = ref.date()
    published = ref if ref and 1800 <= ref.year <= 2200 else None
    tokens = _cut(text, language_of(text, lang))
    hits: list[DateHit] = []
    for found in _walk(tokens, published):
        if isinstance(found, Relative):
            hits.append(relative_hit_of(tokens, found, text))
        else:
            hits.extend(_resolve(tokens, found, text, published))
    return hits


def find_partial_dates(text: str, lang: str | None = None) -> list[PartialDate]:
    """Return the days and months printed without a year: hints for the person who dates the article.

    >>> [(hint.day, hint.month) for hint in find_partial_dates("يومي 12 و 16 يوليو", "ar")]
    [(12, 7), (16, 7)]
    """
    tokens = _cut(text, language_of(text, lang))
    hints: list[PartialDate] = []
    for found in _walk(tokens, None):
        if isinstance(found, Relative) or any(reading.year is not None for reading in found.readings):
            continue
        if not is_no_date(tokens, found.first, found.readings[0], None):
            hints.extend(hints_of(tokens, found, text))
    return hints


# An article's text is read for days without a year when it is dated, and for its dates when stories are looked for.
_KEPT: Final = 48
_LONGEST: Final = 8_000  # code points of a text that is kept


def _cut(text: str, lang: str | None) -> Tokens:
    """The tokens of a text, with what was read in it before where it was read of late."""
    return _of_late(text, lang) if len(text) <= _LONGEST else tokenize(text, lang)


_of_late: Final = lru_cache(maxsize=_KEPT)(tokenize)

_FIRST_WORDS: Final = (
    MONTHS.first_words()
    | WEEKDAYS.first_words()
    | STEPS.first_words()
    | frozenset().union(*(table.first_words() for table in ORDINALS.values()))
    | RANGE_OPENERS
    | BETWEEN
    | YEAR_WORDS
    | YEAR_PLURALS
    | MONTH_WORDS
    | HOUR_WORDS
    | HALVES.first_words()
    | {"ال"}
)
_STARTERS: Final = frozenset(_FIRST_WORDS | {letter + word for letter in "ولب" for word in _FIRST_WORDS})


def _walk(tokens: Tokens, ref: date | None) -> Iterator[Expression | Relative]:
    """Yield what is read at each token that may begin a date, going on behind what was read."""
    index, words = 0, tokens.words
    while index < len(words):
        word = words[index]
        if word not in _STARTERS and not "0" <= word[0] <= "9":
            index += 1
            continue
        if index not in tokens.read:
            tokens.read[index] = read_expressions(tokens, index)
        found = tokens.read[index]
        if found:
            yield from found[0]
            index = found[1]
            continue
        relative = read_relative(tokens, index, ref) if ref else None
        dated = read_dated(tokens, relative.first + 1) if relative else None
        # «اليوم السبت 18 فيفري 2017» is one date, the full one that follows the relative day.
        if relative and not (dated and dated[0].day is not None):
            yield relative
            index = relative.stop
        else:
            index = past_no_day(tokens, index) or index + 1


def _resolve(tokens: Tokens, expression: Expression, text: str, ref: date | None) -> list[DateHit]:
    ordered = rank(expression.readings)
    if is_no_date(tokens, expression.first, expression.readings[0], ref):
        return []
    best = with_year(ordered[0], ref, tokens.lang)
    if best is None:
        return []
    if expression.until:
        hit = range_hit_of(tokens, expression, text, best, ref)
        return [hit] if hit else []
    # Return one hit for a date printed in several calendars; two where Solar and Gregorian disagree.
    others = ordered[1:]
    agreements = [agree(best, other) for other in others]
    agrees = all(agreements) if agreements else None
    apart = [
        other
        for other, same in zip(others, agreements, strict=True)
        if not same and other.year is not None and (best.calendar, other.calendar) == (GREGORIAN, SOLAR_HIJRI)
    ]
    hits = (hit_of(tokens, expression, text, reading, agrees) for reading in (best, *apart))
    return [hit for hit in hits if hit is not None]

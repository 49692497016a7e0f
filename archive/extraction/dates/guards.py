"""Guards: a day and a month that are the name of a bloc, a street or a revolution are no date."""

from __future__ import annotations

from datetime import date

from archive.calendars.calendars import LUNAR_HIJRI, SOLAR_HIJRI, from_gregorian
from archive.extraction.dates.names import (
    BEFORE_BULLETS,
    FAMOUS_DAYS,
    NAMED_AFTER_DATES,
    PARTS_OF_MONTH,
    TIME_PREPOSITIONS,
)
from archive.extraction.dates.parts import DateReading
from archive.extraction.dates.tokens import Tokens
from archive.extraction.dates.words import AND, DAY_WORDS, ORDINALS

_QUOTES = frozenset("«\"“'‘(")
_CAR_WORDS = frozenset({"سياره", "سيارات", "طراز", "موديل", "شركه", "جيب", "خودروي", "خودرو"})


def is_no_date(tokens: Tokens, first: int, reading: DateReading, ref: date | None) -> bool:
    """Tell whether what reads as a date is a name, a part of a month, a score, a year of another calendar.

    «دهه اول محرم», «الأسبوع الأول من رجب» are parts of a month, no days. The year beside a lunar month is Solar in
    «محرم ۱۴۰۵» written in 2026.
    """
    if is_name(tokens, first, reading) or is_score(tokens, first, reading):
        return True
    if reading.day is not None and _word_before(tokens, first) in PARTS_OF_MONTH:
        return True
    lunar_year = reading.year if tokens.lang == "fa" and reading.calendar == LUNAR_HIJRI else None
    return ref is not None and lunar_year is not None and abs(from_gregorian(SOLAR_HIJRI, ref)[0] - lunar_year) <= 2


def is_name(tokens: Tokens, first: int, reading: DateReading) -> bool:
    """Tell whether «قوى 14 آذار», «مدينة 6 أكتوبر», «میدان ۷ تیر» stand here rather than a day.

    A year, an adjective of time or a weekday makes it a day after all.
    """
    if reading.day is None and reading.family == "levant" and tokens.word(first - 1) in _CAR_WORDS:
        return True
    if reading.day is None or reading.year or reading.which or reading.weekday is not None:
        return False
    before = _word_before(tokens, first)
    if before in NAMED_AFTER_DATES or (
        (reading.calendar, reading.month) == (SOLAR_HIJRI, 4) and before in BEFORE_BULLETS
    ):
        return True
    famous = (reading.calendar, reading.month, reading.day) in FAMOUS_DAYS
    return famous and before not in TIME_PREPOSITIONS and before not in DAY_WORDS


def is_score(tokens: Tokens, first: int, reading: DateReading) -> bool:
    """Tell whether «3-صفر» stands here: Arabic صفر is also zero, so the month needs more than a number."""
    if tokens.lang == "fa" or (reading.calendar, reading.month) != ("lunar_hijri", 2):
        return False
    vague = reading.day is not None and not reading.year and not reading.which and reading.weekday is None
    return vague and tokens.word(first - 1) not in TIME_PREPOSITIONS


def _word_before(tokens: Tokens, first: int) -> str:
    index = first - 1
    while tokens.word(index) in _QUOTES or tokens.word(index) == "ال":
        index -= 1
    while tokens.word(index) in AND and _is_day(tokens, index - 1):
        index -= 2
    return tokens.word(index)


def _is_day(tokens: Tokens, index: int) -> bool:
    return tokens.number(index) is not None or any(tokens.word(index) in table for table in ORDINALS.values())

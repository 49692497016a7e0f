"""Readings turned into Gregorian days: the year that is not printed, the calendars compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from archive.calendars.calendars import (
    GREGORIAN,
    LUNAR_HIJRI,
    SOLAR_HIJRI,
    as_sighted,
    from_gregorian,
    month_length,
    month_span,
    year_span,
)
from archive.extraction.dates.parts import DateReading

# Umm al-Qura and a sighting of the moon elsewhere may differ by a day.
TOLERANCE: Final = {LUNAR_HIJRI: timedelta(days=1)}
# Nearer than this, the nearest date is meant whatever weekday stands beside it: sources err.
AMBIGUOUS: Final = timedelta(days=90)
_WORTH: Final = {GREGORIAN: 0, SOLAR_HIJRI: 1, LUNAR_HIJRI: 2}

Span = tuple[date, date]
Dated = list[tuple[DateReading, Span]]


def span_of(reading: DateReading) -> Span | None:
    """Return the first and last Gregorian day of a reading with a year; None when it does not exist."""
    if reading.year is None:
        return None
    try:
        if reading.month is None:
            return year_span(reading.calendar, reading.year)
        if reading.day is None:
            return month_span(reading.calendar, reading.year, reading.month)
        day = as_sighted(reading.calendar, reading.year, reading.month, reading.day)
    except (ValueError, OverflowError):
        return None
    return day, day


def with_year(reading: DateReading, ref: date | None, lang: str | None) -> DateReading | None:
    """Return the reading with the year its adjective or its nearness to ``ref`` gives; None if none does.

    >>> with_year(Reading("gregorian", month=5, day=3), date(2021, 5, 20), "ar").year
    2021
    """
    if reading.year is not None:
        return reading
    if ref is None or reading.which == "elsewhere":
        return None
    try:
        current = from_gregorian(reading.calendar, ref)[0]
    except ValueError:
        return None
    dated = [replace(reading, year=year) for year in range(current - 2, current + 3)]
    chosen = _choose([(one, span) for one in dated if (span := span_of(one))], reading, ref, lang)
    return replace(chosen, certainty="low" if reading.certainty == "low" else "medium") if chosen else None


def _choose(found: Dated, reading: DateReading, ref: date, lang: str | None) -> DateReading | None:
    if reading.which == "last":
        return _best(found, lambda span: span[1] < ref, lambda span: ref - span[1])
    if reading.which == "next":
        return _best(found, lambda span: span[0] > ref, lambda span: span[0] - ref)
    if reading.which is None:
        return _nearest(found, reading, ref)
    step = {"current": 0, "last_year": -1, "next_year": 1}[reading.which]
    # Persian writers count «this year» in Solar years, also beside a Gregorian month.
    counted = SOLAR_HIJRI if lang == "fa" and reading.calendar == GREGORIAN else reading.calendar
    wanted = from_gregorian(counted, ref)[0] + step
    return _best(found, lambda span: from_gregorian(counted, span[0])[0] == wanted, lambda span: timedelta())


def _nearest(found: Dated, reading: DateReading, ref: date) -> DateReading | None:
    """Return the date nearest to ``ref``; where two years are about as near, the weekday decides."""

    def distance(span: Span) -> timedelta:
        return abs(span[0] + (span[1] - span[0]) / 2 - ref)

    near = [one for one in found if AMBIGUOUS < distance(one[1]) < timedelta(days=366) - AMBIGUOUS]
    fitting = [one for one in near if one[1][0].weekday() == reading.weekday]
    use_weekday = len(near) == 2 and len(fitting) == 1
    return _best(fitting if use_weekday else found, lambda span: True, distance)


def _best(found: Dated, allowed: Callable[[Span], bool], cost: Callable[[Span], timedelta]) -> DateReading | None:
    fitting = [(cost(span), position) for position, (_, span) in enumerate(found) if allowed(span)]
    return found[min(fitting)[1]][0] if fitting else None


def rank(readings: tuple[DateReading, ...]) -> list[DateReading]:
    """Order readings by worth: those with a year, Gregorian before Solar before lunar."""
    return sorted(readings, key=lambda reading: (reading.year is None, _WORTH[reading.calendar]))


def agree(first: DateReading, other: DateReading) -> bool:
    """Tell whether a dated reading and one in another calendar may mean the same day, month or year."""
    span = span_of(first)
    if span is None:
        return False
    tolerance = max(TOLERANCE.get(r.calendar, timedelta()) for r in (first, other))
    if other.year is not None:
        theirs = span_of(other)
        return theirs is not None and theirs[0] - tolerance <= span[1] and span[0] <= theirs[1] + tolerance
    steps = range(-tolerance.days, tolerance.days + 1)
    return any(_falls_on(day + timedelta(days=step), other) for day in span for step in steps)


def _falls_on(day: date, other: DateReading) -> bool:
    try:
        year, month, day_of_month = from_gregorian(other.calendar, day)
        printed = min(other.day, month_length(other.calendar, year, month)) if other.day else day_of_month
    except ValueError:
        return False
    return month == other.month and printed == day_of_month

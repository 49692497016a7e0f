"""What is handed back for a date: its value, where it stands, and the evidence for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from archive.calendars.calendars import GREGORIAN
from archive.extraction.dates.expressions import Expression
from archive.extraction.dates.parts import DateReading
from archive.extraction.dates.relative import Relative
from archive.extraction.dates.resolve import span_of, with_year
from archive.extraction.dates.times import Clock
from archive.extraction.dates.tokens import Tokens


@dataclass(frozen=True, slots=True)
class DateHit:
    """One date of a text, with the evidence for it.

    ``start``, ``end``: half-open offsets into the text as given; ``text`` is what stands there. ``iso`` is a
    Gregorian minute, day, month or year; a range, and a month or year of another calendar, have
    ``start_iso`` and ``end_iso`` instead. ``calendar`` is the one the value was read in, ``printed`` every
    calendar on the page with its (year, month, day) as printed. ``agrees`` is None unless there are two.
    ``weekday_ok`` is None unless a weekday is printed. ``certainty``: "high", "medium" (the year was inferred
    from the publication date), "low" (day and month may be swapped, or two names disagree).
    """

    start: int
    end: int
    text: str
    first_day: date
    last_day: date
    precision: str
    calendar: str
    certainty: str
    iso: str | None = None
    start_iso: str | None = None
    end_iso: str | None = None
    weekday_ok: bool | None = None
    agrees: bool | None = None
    printed: tuple[DateReading, ...] = ()
    clock: Clock | None = None
    is_range: bool = False
    is_relative: bool = False


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day or month without its year, as printed: a hint, not a date."""

    start: int
    end: int
    text: str
    calendar: str
    month: int
    day: int | None
    weekday: int | None
    which: str | None


def hit_of(
    tokens: Tokens, expression: Expression, text: str, reading: DateReading, agrees: bool | None
) -> DateHit | None:
    span = span_of(reading)
    if span is None:
        return None
    start, end = tokens.span(expression.first, expression.stop)
    weekday = next((r.weekday for r in expression.readings if r.weekday is not None), None)
    iso, precision = _iso(reading, span[0], expression.clock)
    return DateHit(
        start=start,
        end=end,
        text=text[start:end],
        iso=iso,
        start_iso=None if iso else span[0].isoformat(),
        end_iso=None if iso else span[1].isoformat(),
        precision=precision,
        calendar=reading.calendar,
        weekday_ok=None if weekday is None else span[0].weekday() == weekday,
        certainty="low" if agrees is False else reading.certainty,
        agrees=agrees,
        first_day=span[0],
        last_day=span[1],
        printed=expression.readings,
        clock=expression.clock,
    )


def range_hit_of(
    tokens: Tokens, expression: Expression, text: str, first: DateReading, ref: date | None
) -> DateHit | None:
    last = with_year(expression.until, ref, tokens.lang) if expression.until else None
    ends = span_of(last) if last else None
    begins = span_of(first)
    if last is None or ends is None or begins is None or begins[0] > ends[1]:
        return None
    start, end = tokens.span(expression.first, expression.stop)
    return DateHit(
        start=start,
        end=end,
        text=text[start:end],
        start_iso=_iso(first, begins[0], None)[0] or begins[0].isoformat(),
        end_iso=_iso(last, ends[0], None)[0] or ends[1].isoformat(),
        precision=_iso(last, ends[0], None)[1],
        calendar=last.calendar,
        weekday_ok=_range_weekdays(first, last, begins[0], ends[0]),
        certainty=min(first.certainty, last.certainty, key=("low", "medium", "high").index),
        first_day=begins[0],
        last_day=ends[1],
        printed=(*expression.readings, last),
        is_range=True,
    )


def _range_weekdays(first: DateReading, last: DateReading, begins: date, ends: date) -> bool | None:
    printed = [(r.weekday, day) for r, day in ((first, begins), (last, ends)) if r.weekday is not None]
    return all(weekday == day.weekday() for weekday, day in printed) if printed else None


def relative_hit_of(tokens: Tokens, found: Relative, text: str) -> DateHit:
    start, end = tokens.span(found.first, found.stop)
    return DateHit(
        start=start,
        end=end,
        text=text[start:end],
        iso=found.day.isoformat(),
        precision="day",
        calendar=GREGORIAN,
        weekday_ok=None if found.weekday is None else True,
        certainty="medium",
        first_day=found.day,
        last_day=found.day,
        is_relative=True,
    )


def _iso(reading: DateReading, day: date, clock: Clock | None) -> tuple[str | None, str]:
    if reading.day is not None:
        written = day.isoformat()
        return (f"{written}T{_clock_text(day, clock)}", "minute") if clock else (written, "day")
    precision = "month" if reading.month is not None else "year"
    if reading.calendar != GREGORIAN:
        return None, precision
    return day.isoformat()[: 7 if reading.month is not None else 4], precision


def _clock_text(day: date, clock: Clock) -> str:
    written = clock.at.strftime("%H:%M")
    moment = instant(day, clock, None)
    return written + moment.strftime("%z")[:3] + ":" + moment.strftime("%z")[3:5] if moment else written


def instant(day: date, clock: Clock, zone: str | None) -> datetime | None:
    """Return the aware moment of a day and time; ``zone`` is used where the page names none; else None."""
    named = clock.zone or zone
    if named is None:
        return None
    if named[0] in "+-":
        offset = timedelta(hours=int(named[1:3]), minutes=int(named[4:6]))
        return datetime.combine(day, clock.at, timezone(offset if named[0] == "+" else -offset))
    return datetime.combine(day, clock.at, ZoneInfo(named))


def hints_of(tokens: Tokens, expression: Expression, text: str) -> Iterator[PartialDate]:
    start, end = tokens.span(expression.first, expression.stop)
    for reading in (*expression.readings, *([expression.until] if expression.until else [])):
        if reading.month is not None:
            yield PartialDate(
                start=start,
                end=end,
                text=text[start:end],
                calendar=reading.calendar,
                month=reading.month,
                day=reading.day,
                weekday=reading.weekday,
                which=reading.which,
            )

"""Counts of days gathered into the years, months and days of any of the three calendars, exact to the day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Final, Literal

from archive.calendars.calendars import (
    GREGORIAN,
    LUNAR_HIJRI,
    LUNAR_YEARS,
    SOLAR_HIJRI,
    SOLAR_YEARS,
    from_gregorian,
    month_span,
    to_gregorian,
    year_span,
)

Unit = Literal["year", "month", "day"]
UNITS: Final[tuple[Unit, ...]] = ("year", "month", "day")
ONE_DAY: Final = timedelta(days=1)
TABLES: Final = {
    GREGORIAN: (date.min, date.max),
    SOLAR_HIJRI: (to_gregorian(SOLAR_HIJRI, 1, 1, 1), year_span(SOLAR_HIJRI, SOLAR_YEARS.stop - 1)[1]),
    LUNAR_HIJRI: (to_gregorian(LUNAR_HIJRI, LUNAR_YEARS.start, 1, 1), year_span(LUNAR_HIJRI, LUNAR_YEARS.stop - 1)[1]),
}
"""The first and the last Gregorian day that each calendar has a name for; the lunar one is Umm al-Qura."""


@dataclass(frozen=True, slots=True)
class DateBucket:
    """A year, a month or a day of a calendar: its Gregorian days, both included, and how many articles they have.

    `month` is 0 for a year, `day` is 0 for a year and a month. مهر ۱۴۰۲ is
    `DateBucket("solar_hijri", 1402, 7, 0, date(2023, 9, 23), date(2023, 10, 22))`.
    """

    calendar: str
    year: int
    month: int
    day: int
    first: date
    last: date
    count: int = 0

    @property
    def unit(self) -> Unit:
        return "day" if self.day else "month" if self.month else "year"

    @property
    def previous(self) -> DateBucket | None:
        """The year, month or day before; None before the calendar's tables begin."""
        begins = TABLES[self.calendar][0]
        return bucket_of(self.calendar, self.unit, self.first - ONE_DAY) if self.first > begins else None

    @property
    def next(self) -> DateBucket | None:
        """The year, month or day after; None where the calendar's tables end."""
        ends = TABLES[self.calendar][1]
        return bucket_of(self.calendar, self.unit, self.last + ONE_DAY) if self.last < ends else None


def bucket_of(calendar: str, unit: Unit, day: date) -> DateBucket:
    """The year, month or day of a calendar in which a Gregorian day lies, with no count; ValueError outside its tables.

    >>> bucket_of("solar_hijri", "month", date(2023, 10, 4)).first
    datetime.date(2023, 9, 23)
    """
    year, month, number = from_gregorian(calendar, day)
    if unit == "day":
        return DateBucket(calendar, year, month, number, day, day)
    return _whole(calendar, year, month if unit == "month" else 0)


@lru_cache(maxsize=4096)
def _whole(calendar: str, year: int, month: int) -> DateBucket:
    span = month_span(calendar, year, month) if month else year_span(calendar, year)
    return DateBucket(calendar, year, month, 0, *span)


def around(day: date) -> tuple[date, date]:
    """Days that hold the whole month of this day in every calendar."""
    longest = 30
    low, high = day.toordinal() - longest, day.toordinal() + longest
    return date.fromordinal(max(low, 1)), date.fromordinal(min(high, date.max.toordinal()))


def exactly(calendar: str, first: date, last: date) -> DateBucket | None:
    """The one year, month or day of a calendar that has just these days; None where none has."""
    try:
        found = (bucket_of(calendar, unit, first) for unit in UNITS)
        return next((bucket for bucket in found if (bucket.first, bucket.last) == (first, last)), None)
    except ValueError:
        return None


def buckets(
    days: Mapping[int, int], calendar: str, unit: Unit, first: date | None = None, last: date | None = None
) -> tuple[DateBucket, ...]:
    """Every year, month or day from `first` to `last` in order, the empty ones too, each with its count.

    `days` counts articles by proleptic Gregorian ordinals, 0 for the undated, who are in no bucket. An open end is that
    of the days that have any; nothing without such days. A bucket that the range cuts counts the days inside only.
    Days outside the calendar's tables are left out, see `outside`. O(days · log days + buckets).
    """
    begins, ends = TABLES[calendar]
    low = max(begins, first or begins).toordinal()
    high = min(ends, last or ends).toordinal()
    dated = sorted(day for day in days if day and low <= day <= high)
    if (first is None or last is None) and not dated:
        return ()
    start = date.fromordinal(low if first else dated[0])
    stop = date.fromordinal(high if last else dated[-1])
    sums = [0, *accumulate(days[day] for day in dated)]
    found: list[DateBucket] = []
    bucket = bucket_of(calendar, unit, start) if start <= stop else None
    while bucket is not None and bucket.first <= stop:
        till = sums[bisect_right(dated, bucket.last.toordinal())]
        found.append(replace(bucket, count=till - sums[bisect_left(dated, bucket.first.toordinal())]))
        bucket = bucket.next
    return tuple(found)


def outside(days: Mapping[int, int], calendar: str) -> int:
    """How many dated articles lie outside the calendar's tables; the lunar ones begin in 1924 and end in 2077."""
    begins, ends = (day.toordinal() for day in TABLES[calendar])
    return sum(count for day, count in days.items() if day and not begins <= day <= ends)

"""Dates as readers type them in `date:`, as days: a year, a month or a day of the Gregorian or a Hijri calendar."""

from __future__ import annotations

import datetime
import re

from archive.extraction.calendars import month_length, to_gregorian
from archive.extraction.dates import find_dates
from search.query import Days

NUMERIC = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
FIRST_GREGORIAN_YEAR = 1700


def days(typed: str) -> Days | None:
    """The days that a date as typed covers; None when it is no date.

    `2020`, `2020-10`, `26 أكتوبر 2020`, `۱۴۰۲/۰۷` (Solar Hijri, as every numeric year before 1700), «۱۲ مهر ۱۴۰۲».
    """
    numeric = NUMERIC.fullmatch(typed.strip())
    if numeric:
        year, month, day = (int(part) if part else 0 for part in numeric.groups())
        return _numeric("gregorian" if year >= FIRST_GREGORIAN_YEAR else "solar_hijri", year, month, day)
    for hit in find_dates(typed):
        low, high = hit.start_iso or hit.iso, hit.end_iso or hit.iso
        return Days(_day(low).toordinal(), _day(high, last=True).toordinal()) if low and high else None
    return None


def _numeric(calendar: str, year: int, month: int, day: int) -> Days | None:
    try:
        first = to_gregorian(calendar, year, month or 1, day or 1)
        last = to_gregorian(calendar, year, month or 12, day or month_length(calendar, year, month or 12))
    except ValueError:
        return None
    return Days(first.toordinal(), last.toordinal())


def _day(iso: str, *, last: bool = False) -> datetime.date:
    """A date of `2020`, `2020-10`, `2020-10-26` or `2020-10-26T10:00`: its first day, or its last one."""
    parts = [int(part) for part in iso[:10].split("-")]
    year, month, day = [*parts, 0, 0][:3]
    if not last:
        return datetime.date(year, month or 1, day or 1)
    return datetime.date(year, month or 12, day or month_length("gregorian", year, month or 12))

"""Dates as readers type them in `date:`, as days: a year, a month or a day of the Gregorian or a Hijri calendar."""

from __future__ import annotations

from search.dates.typed import read_date
from search.tree import Days


def days(typed: str) -> Days | None:
    """The days that a date as typed covers; None when it is no date.

    `2020`, `2020-10`, `26 أكتوبر 2020`, `۱۴۰۲/۰۷` (Solar Hijri), `1445` (lunar, see `typed_dates`), «۱۲ مهر ۱۴۰۲».
    """
    read = read_date(typed)
    return Days(read.first.toordinal(), read.last.toordinal()) if read else None

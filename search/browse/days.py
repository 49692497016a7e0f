"""The days of the archive: how many public reports each has, and the pages of its years, months and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.urls import reverse

from archive.authorities.tallies import tallied
from archive.calendars.calendars import to_gregorian
from archive.pages.interface import CALENDAR_CODES
from search.browse.charts import CODES
from search.dates.buckets import DateBucket, Unit, bucket_of
from search.dates.labels import bucket_label
from search.pages.date_panel import CALENDAR_NAMES, DateLink

ABOVE: Final[Mapping[Unit, tuple[Unit, ...]]] = {"year": (), "month": ("year",), "day": ("year", "month")}


def days() -> dict[int, int]:
    """The number of public reports of every day by proleptic Gregorian ordinals, 0 for the undated; one query."""
    return {date.fromisoformat(day).toordinal() if day else 0: count for day, count in tallied("day").items()}


def named(calendar: str, year: int, month: int = 0, day: int = 0) -> DateBucket:
    """The period of an address, with no count; ValueError where its calendar has no such period.

    `named("solar", 1402, 7)` is مهر ۱۴۰۲.
    """
    if calendar not in CALENDAR_CODES:
        raise ValueError(f"no calendar {calendar!r}")
    code, unit = CALENDAR_CODES[calendar], "day" if day else "month" if month else "year"
    return bucket_of(code, unit, to_gregorian(code, year, month or 1, day or 1))  # type: ignore[arg-type]


def address(bucket: DateBucket) -> str:
    """`/dates/solar/1402/7/` for مهر ۱۴۰۲."""
    parts = [part for part in (bucket.year, bucket.month, bucket.day) if part]
    return reverse(f"browse:date-{bucket.unit}", args=[CODES[bucket.calendar], *parts])


def path_to(bucket: DateBucket, language: str) -> list[DateLink]:
    """The month and the year in which a day lies, or the year of a month, the widest first."""
    above = [bucket_of(bucket.calendar, unit, bucket.first) for unit in ABOVE[bucket.unit]]
    return [DateLink(bucket_label(one, language), address(one)) for one in above]


def in_calendars(day: date, unit: Unit, present: str) -> list[DateLink]:
    """The year, month or day of each calendar in which this day lies; none where a calendar's tables do not reach."""
    links = []
    for code, calendar in CALENDAR_CODES.items():
        try:
            there = address(bucket_of(calendar, unit, day))
        except ValueError:
            continue
        links.append(DateLink(str(CALENDAR_NAMES[code]), f"{there}?cal={code}", calendar == present))
    return links

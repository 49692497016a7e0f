"""A picture of days for pages that are no result set: bars of years, months or days, each a link to its reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from archive.pages.interface import CALENDAR_CODES, reader_calendar, reader_language
from search.dates.buckets import DateBucket, Unit, buckets
from search.dates.labels import bucket_label
from search.dates.ranges import written
from search.pages.date_panel import CALENDAR_NAMES, CAPTIONS, MOST_DAYS, MOST_MONTHS, DateLink, names_of
from search.pages.histogram import DateRow
from search.request import SearchRequest

MONTH_DAYS: Final = 30
CODES: Final = {calendar: code for code, calendar in CALENDAR_CODES.items()}


@dataclass(frozen=True, slots=True)
class DateHistogram:
    """Rows in the order of time, the empty ones between them, too."""

    unit: Unit
    rows: tuple[DateRow, ...]

    @property
    def caption(self) -> str:
        return str(CAPTIONS[self.unit])


def finest(days: Mapping[int, int], address: Callable[[DateBucket], str]) -> DateHistogram:
    """Days, else months, else years in the reader's calendar, as their span leaves room; bars lead to `address`."""
    counted = [day for day in days if day]
    length = max(counted) - min(counted) if counted else 0
    unit: Unit = "day" if length < MOST_DAYS else "month" if length < MOST_MONTHS * MONTH_DAYS else "year"
    return DateHistogram(unit, rows_of(buckets(days, reader_calendar(), unit), address))


def in_bucket(request: SearchRequest, bucket: DateBucket) -> SearchRequest:
    """The same question about the days of a year, a month or a day."""
    return request.between(bucket.first.isoformat(), bucket.last.isoformat())


def rows_of(shown: tuple[DateBucket, ...], address: Callable[[DateBucket], str]) -> tuple[DateRow, ...]:
    """A row for each period, named as in the panel of a result set."""
    language, name = reader_language(), names_of(shown)
    return tuple(
        DateRow(
            bucket_label(bucket, language),
            name(bucket, language),
            bucket.count,
            written(bucket.first, bucket.last),
            address(bucket),
            False,
        )
        for bucket in shown
    )


def calendars(address: str = "") -> list[DateLink]:
    """The same page in each calendar; which one is chosen is kept in a cookie."""
    return [
        DateLink(str(CALENDAR_NAMES[code]), f"{address}?cal={code}", name == reader_calendar())
        for code, name in CALENDAR_CODES.items()
    ]

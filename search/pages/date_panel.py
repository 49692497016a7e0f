"""The dates of a result set as a reader walks them: years, their months, their days, in the chosen calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.calendars.calendars import GREGORIAN
from archive.pages.interface import CALENDAR_CODES, reader_calendar, reader_language
from search.dates.buckets import UNITS, DateBucket, Unit, bucket_of, buckets, exactly, outside
from search.dates.labels import bucket_label, day_label, short_label
from search.dates.ranges import DateRange, read_range, written
from search.pages.histogram import DateRow
from search.question.address import url
from search.request import UNDATED, SearchRequest
from search.results import ResultPage

CALENDAR_NAMES: Final = {"gregorian": _("Gregorian"), "solar": _("Solar Hijri"), "lunar": _("Lunar Hijri")}
CAPTIONS: Final = {"year": _("Articles by year"), "month": _("Articles by month"), "day": _("Articles by day")}
MOST_DAYS, MOST_MONTHS = 62, 36  # of a picture; of more there are months, then years
ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class DateLink:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class RangeEnd:
    """A field of the form: what it shows, and whether it could not be read."""

    shown: str
    unreadable: bool


@dataclass(frozen=True, slots=True)
class DatePanel:
    """`path` leads from all of time to the year, month or day that is shown; `previous` and `next` are its neighbours.

    `undated_left_out`: the range leaves out the `undated`. `beyond` counts the dates outside the calendar's tables.
    """

    calendars: tuple[DateLink, ...]
    is_lunar: bool
    unit: Unit
    caption: str
    rows: tuple[DateRow, ...]
    path: tuple[DateLink, ...]
    previous: DateLink | None
    next: DateLink | None
    since: RangeEnd
    until: RangeEnd
    undated: DateRow
    undated_left_out: bool
    beyond: int


def dates_panel(context: Mapping[str, Any], page: ResultPage) -> dict[str, object]:
    """The calendar switch, the histogram with its table, the fields of a range and the undated."""
    return {"panel": date_panel(page), "request_shown": page.request, "ui_direction": context.get("ui_direction")}


def date_panel(page: ResultPage) -> DatePanel:
    """The panel of a result page, from its counts of days."""
    request, calendar, language = page.request, reader_calendar(), reader_language()
    days = read_range(request.since, request.until)
    whole = exactly(calendar, days.since, days.until) if days.since and days.until else None
    before, after = (whole.previous, whole.next) if whole else (None, None)
    unit, shown = _shown(page, days, whole, calendar)
    is_undated, label = UNDATED in request.chosen("year"), gettext("Undated")
    alone = request.toggled("year", UNDATED) if is_undated else request.between("", "").with_values("year", (UNDATED,))
    undated = DateRow(label, label, page.undated, UNDATED, url(alone), is_undated)
    return DatePanel(
        calendars=_calendars(request, calendar),
        is_lunar=calendar == CALENDAR_CODES["lunar"],
        unit=unit,
        caption=str(CAPTIONS[unit]),
        rows=tuple(_row(request, bucket, days, whole, names_of(shown), language) for bucket in shown),
        path=_path(request, whole, language) if days else (),
        previous=_step(request, before, bucket_label(before, language)) if before else None,
        next=_step(request, after, bucket_label(after, language)) if after else None,
        since=_end(request.since, days, calendar, language),
        until=_end(request.until, days, calendar, language),
        undated=undated,
        undated_left_out=bool(days),
        beyond=outside(page.days, calendar),
    )


def _shown(
    page: ResultPage, days: DateRange, whole: DateBucket | None, calendar: str
) -> tuple[Unit, tuple[DateBucket, ...]]:
    """The months of a year, the days of a month, the month around a day; else what the days found leave room for."""
    if whole and whole.unit != "year":
        month = bucket_of(calendar, "month", whole.first)
        return "day", buckets(page.days, calendar, "day", month.first, month.last)
    if whole:
        return "month", buckets(page.days, calendar, "month", whole.first, whole.last)
    counted = [day for day in page.days if day]
    length = max(counted) - min(counted) if counted else 0
    unit: Unit = "day" if length < MOST_DAYS else "month" if length < MOST_MONTHS * 30 else "year"
    # A range of two ends is shown whole, where it is not so long that its empty ends would fill the picture.
    is_short = days.since and days.until and (days.until - days.since).days < MOST_MONTHS * 30
    ends = (days.since, days.until) if counted and is_short else (None, None)
    return unit, buckets(page.days, calendar, unit, *ends)


def names_of(shown: tuple[DateBucket, ...]) -> Callable[[DateBucket, str], str]:
    """How bars are named: months of several years with their year, days of several months with their month."""
    above = {(bucket.year, bucket.month if bucket.unit == "day" else 0) for bucket in shown}
    return bucket_label if len(above) > 1 else short_label


def _row(
    request: SearchRequest,
    bucket: DateBucket,
    days: DateRange,
    whole: DateBucket | None,
    name: Callable[[DateBucket, str], str],
    language: str,
) -> DateRow:
    """A bucket that the range cuts stands for its days inside the range, which it counts."""
    is_chosen = whole is not None and (bucket.first, bucket.last) == (whole.first, whole.last)
    first, last = bucket.first, bucket.last
    if whole is None:
        first, last = max(first, days.since or first), min(last, days.until or last)
    return DateRow(
        label=bucket_label(bucket, language),
        short=name(bucket, language),
        count=bucket.count,
        value=written(first, last),
        url=url(request.between(first.isoformat(), last.isoformat())),
        chosen=is_chosen,
    )


def _path(request: SearchRequest, whole: DateBucket | None, language: str) -> tuple[DateLink, ...]:
    """All dates, the year, the month, the day."""
    steps = [DateLink(gettext("All dates"), url(request.between("", "")))]
    if whole:
        for unit in UNITS[: UNITS.index(whole.unit) + 1]:
            bucket = bucket_of(whole.calendar, unit, whole.first)
            steps.append(_step(request, bucket, short_label(bucket, language), current=unit == whole.unit))
    return tuple(steps)


def _step(request: SearchRequest, bucket: DateBucket, label: str, *, current: bool = False) -> DateLink:
    return DateLink(label, url(request.between(bucket.first.isoformat(), bucket.last.isoformat())), current)


def _calendars(request: SearchRequest, calendar: str) -> tuple[DateLink, ...]:
    """Links to this page in each calendar; which one is chosen is kept in a cookie, not in other addresses."""
    address = url(request)
    start = address + ("&" if "?" in address else "?")
    return tuple(
        DateLink(str(CALENDAR_NAMES[code]), f"{start}cal={code}", name == calendar)
        for code, name in CALENDAR_CODES.items()
    )


def _end(typed: str, days: DateRange, calendar: str, language: str) -> RangeEnd:
    """The field shows what was typed; a day from a link in the words of the chosen calendar, which read the same."""
    shown = typed
    if calendar != GREGORIAN and ISO_DAY.fullmatch(typed) and not days.is_unreadable(typed):
        shown = day_label(date.fromisoformat(typed), calendar, language)
    return RangeEnd(shown, days.is_unreadable(typed))

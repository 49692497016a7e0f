"""Partial dates of posts and relations: ISO 8601 as kept (`2020`, `2020-07`, `2020-07-15`), any calendar as typed."""

from __future__ import annotations

import datetime
import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.calendars.calendars import GREGORIAN, month_span, year_span
from archive.extraction.dates.typed import HIJRI_YEARS, read_date

_ISO: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
NO_DATE: Final = gettext_lazy("This is no date of a calendar that the archive knows.")
_A_MONTH: Final = 31  # days that a month has at most
_A_DAY: Final = datetime.timedelta(days=1)  # which it may be elsewhere already
_A_LIFETIME: Final = 70  # years


def partial_date(typed: str) -> str:
    """What was typed as it is kept: «۷ آبان ۱۳۹۹» is `2020-10-28`; a month or a year of another calendar is its days'.

    ValidationError where it is no date of a calendar.
    """
    typed = typed.strip()
    if not typed:
        return ""
    if _ISO.fullmatch(typed) and int(typed[:4]) not in HIJRI_YEARS and span(typed):
        return typed
    read = read_date(typed)
    if read is None:
        raise ValidationError(NO_DATE)
    first = read.first.isoformat()
    if read.first == read.last:
        return first
    return first[:7] if (read.last - read.first).days < _A_MONTH else first[:4]


def span(kept: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of a partial date; None where there is no such date."""
    try:
        year, *rest = (int(part) for part in kept.split("-"))
        if not rest:
            return year_span(GREGORIAN, year)
        if len(rest) == 1:
            return month_span(GREGORIAN, year, rest[0])
        day = datetime.date(year, *rest)
    except (ValueError, TypeError):
        return None
    return day, day


def refuse_nonsense(*, start: str, end: str, attested_on: str = "") -> None:
    """ValidationError, by field, where an end lies before a beginning, or the post was seen outside of both.

    Nobody saw it on a day to come, and no year is told that lies more than a lifetime ahead.
    """
    today = timezone.localdate()
    begins, ends, seen = span(start), span(end), span(attested_on)
    dates = {"start": start, "end": end, "attested_on": attested_on}
    told = {name: str(NO_DATE) for name, kept in dates.items() if kept and not span(kept)}
    if begins and ends and ends[1] < begins[0]:
        told["end"] = _("This is before the beginning.")
    if seen and begins and seen[1] < begins[0]:
        told["attested_on"] = _("This is before the beginning.")
    elif seen and ends and seen[0] > ends[1]:
        told["attested_on"] = _("This is after the end.")
    if seen and seen[0] > today + _A_DAY:
        told["attested_on"] = _("This day is still to come.")
    for name, days in (("start", begins), ("end", ends)):
        if days and days[0].year > today.year + _A_LIFETIME:
            told[name] = _("This is too far in the future.")
    if told:
        raise ValidationError(told)

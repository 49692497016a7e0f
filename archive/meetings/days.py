"""The day, the month or the year of a meeting in words."""

from __future__ import annotations

import datetime

from archive.calendars.words import date_or_blank
from archive.pages.interface import reader_calendar


def day_in_words(day: datetime.date | None, precision: str, calendar: str, language: str) -> str:
    """A day in the reader's calendar, a month or a year in its own `calendar`; "" for none."""
    shown = calendar or "gregorian" if precision in {"month", "year"} else reader_calendar(language)
    return date_or_blank(day, shown, language, precision or "day")

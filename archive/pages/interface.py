"""What the reader chose: the interface language, one of the archive's three, and the calendar of shown dates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.conf import settings
from django.utils.translation import get_language

from archive.calendars.words import usual_calendar

CALENDAR_CODES: Final = {"gregorian": "gregorian", "solar": "solar_hijri", "lunar": "lunar_hijri"}
"""The calendars as addresses name them, and as `archive.calendars.calendars` does."""

_chosen: ContextVar[str] = ContextVar("calendar", default="")


def reader_language() -> str:
    """`ar`, `fa` or `en`: the active translation without its region."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def reader_calendar(language: str | None = None) -> str:
    """The calendar that the reader chose, else the one of the language: Solar Hijri in Persian."""
    return _chosen.get() or usual_calendar(language or reader_language())


@contextmanager
def calendar_chosen(code: str) -> Iterator[None]:
    """Show dates in the calendar of this code (`gregorian`, `solar`, `lunar`); anything else chooses none."""
    token = _chosen.set(CALENDAR_CODES.get(code, ""))
    try:
        yield
    finally:
        _chosen.reset(token)

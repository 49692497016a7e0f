"""A meeting in words: its kind and round, who took part, and when."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from archive.calendars.words import date_or_blank
from archive.meetings.models import Meeting
from archive.pages.interface import reader_calendar
from archive.pages.shown import localdigits

Kind = Meeting.Kind


class ToldMeeting(Protocol):
    """What is needed to name one: a `Meeting`, or what is held of it in memory."""

    @property
    def kind(self) -> str: ...

    @property
    def round(self) -> int | None: ...

    @property
    def dated_on(self) -> datetime.date | None: ...


def kind_in_words(meeting: ToldMeeting) -> str:
    """«Political consultations, round 3»."""
    names = {
        Kind.CONSULTATIONS: _("Political consultations"),
        Kind.TALKS: _("Talks"),
        Kind.VISIT: _("Visit"),
        Kind.CALL: _("Call"),
        Kind.SIGNING: _("Signing"),
        Kind.MEETING: _("Meeting"),
    }
    name = names[Kind(meeting.kind)]
    number = _("round %(n)s") % {"n": localdigits(meeting.round)} if meeting.round else ""
    return " · ".join(filter(None, (name, number)))


def day_in_words(day: datetime.date | None, precision: str, calendar: str, language: str) -> str:
    """A day in the reader's calendar, a month or a year in its own `calendar`; "" for none."""
    shown = calendar or "gregorian" if precision in {"month", "year"} else reader_calendar(language)
    return date_or_blank(day, shown, language, precision or "day")


def title(meeting: ToldMeeting, parties: Sequence[str], day: str) -> str:
    """«Azerbaijan × Qatar · Political consultations · round 3 · 28 October 2020»."""
    return " · ".join(filter(None, (" × ".join(parties), kind_in_words(meeting), day)))

"""A meeting in words: its kind and round, who took part, and when."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from archive.meetings.models import Meeting
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


def title(meeting: ToldMeeting, parties: Sequence[str], day: str) -> str:
    """«Azerbaijan × Qatar · Political consultations · round 3 · 28 October 2020»."""
    return " · ".join(filter(None, (" × ".join(parties), kind_in_words(meeting), day)))

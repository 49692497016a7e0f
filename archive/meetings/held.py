"""The confirmed meetings, held in memory and renewed when any of them changes: what a facet calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.authorities.directory import Directory
from archive.authorities.directory import revision as records_revision
from archive.authorities.revisions import revisions, watch
from archive.meetings.days import day_in_words
from archive.meetings.models import Meeting, MeetingParty, MeetingReport
from archive.meetings.telling import title
from archive.pages.kept_while import kept_while_same

Revision = int | None


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """`parties` are `(kind, slug)`; `dated_on`, its `precision` and its `calendar` are as those of a `Meeting`."""

    kind: str
    round: int | None
    parties: tuple[tuple[str, str], ...]
    dated_on: date | None
    precision: str
    calendar: str


def called(meeting: HeldMeeting, names: Directory, language: str) -> str:
    """What a facet calls it: «Azerbaijan × Qatar · Political consultations · round 3 · 28 October 2020»."""
    parties = [names.label(kind, slug, language) for kind, slug in meeting.parties]
    return title(meeting, parties, day_in_words(meeting.dated_on, meeting.precision, meeting.calendar, language))


def revision() -> Revision:
    """Changes whenever a meeting, a party or a report of one does."""
    return revisions().get("meetings")


def watch_meetings(using: str = "default", **_kwargs: Any) -> None:
    watch("meetings", Meeting, MeetingParty, MeetingReport, using=using)


def held_meetings() -> Mapping[str, HeldMeeting]:
    """The confirmed meetings by identifier, with their parties as they are called now."""
    return _held((revision(), records_revision()))


def merged_meetings() -> Mapping[str, str]:
    """Of every meeting that became another one, the identifier of that."""
    return _merged(revision())


@kept_while_same
def _merged(_revision: Revision) -> Mapping[str, str]:
    gone = Meeting.objects.exclude(merged_into=None).order_by()
    return dict(gone.values_list("identifier", "merged_into__identifier"))


@kept_while_same
def _held(_revisions: tuple[Revision, Revision]) -> Mapping[str, HeldMeeting]:
    found = Meeting.objects.present().filter(state=Meeting.State.CONFIRMED).whole()
    return {
        one.identifier: HeldMeeting(
            one.kind,
            one.round,
            tuple((party.present.kind, party.present.slug) for party in one.parties.all()),
            one.dated_on,
            one.date_precision,
            one.date_calendar,
        )
        for one in found
    }

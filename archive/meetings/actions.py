"""What a curator does to meetings; each action leaves its event in the same transaction."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from archive.articles.models import Article
from archive.articles.signals import groups_changed
from archive.curation.models import CurationEvent
from archive.curation.revising import revised
from archive.meetings.models import PLACE, Meeting

Action = CurationEvent.Action
Curator = User | None


def confirm(meeting: Meeting, *, by: Curator = None, note: str = "") -> bool:
    """Say that it took place as described: from then on readers see it as a meeting. False where it is so already,
    or was merged, or has fewer than two parties or no report.
    """
    is_whole = meeting.parties.count() > 1 and meeting.reports.exists()
    return is_whole and _decide(meeting, Meeting.State.CONFIRMED, Action.CONFIRM, by, note)


def reject(meeting: Meeting, *, by: Curator = None, note: str = "") -> bool:
    """Say that it was none, or not of these: it is shown nowhere, and its reports do not propose it again."""
    return _decide(meeting, Meeting.State.REJECTED, Action.REJECT, by, note)


def _decide(meeting: Meeting, state: str, action: str, by: Curator, note: str) -> bool:
    if meeting.state == state or meeting.merged_into_id:
        return False
    with revised(meeting, action, by, note):
        meeting.state = state
        meeting.save()
    return True


@transaction.atomic
def reopen(meeting: Meeting, *, by: Curator = None, note: str = "") -> bool:
    """Make it a proposal again, whatever was decided; of one that was merged the reports come back."""
    kept = meeting.merged_into
    if kept is None:
        return meeting.state != Meeting.State.PROPOSED and _decide(
            meeting, Meeting.State.PROPOSED, Action.REVERT, by, note
        )
    done = meeting.events.filter(action=Action.MERGE).first()
    before = {name: was for name, (was, _now) in done.changes.items()} if done else {}
    with revised(meeting, Action.UNMERGE, by, note):
        meeting.put_back(meeting.state_of() | before)
    joined = kept.events.filter(action=Action.MERGE, note=meeting.identifier).first()
    if joined:
        was, now = joined.changes.get("reports", ([], []))
        came = {told[0] for told in now if told not in was}
        with revised(kept, Action.UNMERGE, by, meeting.identifier):
            kept.reports.filter(article__identifier__in=came).delete()
    _announce(kept)
    return True


class NotOneMeeting(ValueError):
    """These cannot become one; the message says why, for a curator."""


@transaction.atomic
def merge(gone: Meeting, kept: Meeting, *, by: Curator = None) -> None:
    """Let `kept` have the reports of `gone`, whose address leads to it from then on."""
    if gone.pk == kept.pk or gone.merged_into_id or kept.merged_into_id:
        raise NotOneMeeting(_("One of the meetings was merged already."))
    if len(_parties(gone) & _parties(kept)) < 2:
        raise NotOneMeeting(_("Only meetings of the same two parties can be one."))
    held = set(kept.reports.values_list("article_id", flat=True))
    with revised(kept, Action.MERGE, by, gone.identifier), revised(gone, Action.MERGE, by, kept.identifier):
        for report in gone.reports.all():
            if report.article_id not in held:
                place = {name: getattr(report, name) for name in PLACE}
                kept.reports.create(article_id=report.article_id, **place, told=report.told)
        gone.reports.all().delete()
        gone.merged_into = kept
        gone.save()
        gone.merged.update(merged_into=kept)
    _announce(kept)


def _announce(*held: Meeting) -> None:
    """Whoever asks for one meeting by the address of another is given its reports from now on, or no more."""
    reports = Article.objects.published().filter(meeting_reports__meeting__in=held)
    groups_changed.send(Article, articles=list(reports.outlined()))


def _parties(meeting: Meeting) -> set[int]:
    return {party.present.pk for party in meeting.parties.all()}

"""What a curator does to a record of the authority file; each action leaves its event in the same transaction."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.dispatch import receiver

from archive.authorities import merging
from archive.authorities.models import AuthorityRecord, Kind, Merge
from archive.authorities.signals import record_changed, records_loaded
from archive.authorities.states import State, put_back, state_of
from archive.curation import sources
from archive.curation.models import CurationEvent
from archive.curation.rereading import reread_for
from archive.curation.states import differences
from archive.work.models import Job

Action = CurationEvent.Action
Curator = User | None


def remember(
    record: AuthorityRecord, action: str, by: Curator, *, note: str = "", before: State | None = None, job: Any = None
) -> CurationEvent | None:
    """Note what became otherwise of a record; nothing where nothing did."""
    changes = differences(before or {}, state_of(record))
    if before is not None and not changes:
        return None
    return CurationEvent.objects.create(
        record=record, action=action, by=by, note=note[:500], changes=changes, exact=True, job=job
    )


def settle(
    record: AuthorityRecord, action: str, by: Curator, *, note: str = "", before: State | None = None, job: Any = None
) -> CurationEvent | None:
    """What a curator wrote: loading files leaves it alone, the history has it, whoever listens hears it; the event."""
    record.curated = True
    record.save()
    event = remember(record, action, by, note=note, before=before, job=job)
    record_changed.send(AuthorityRecord, record=record)
    return event


def reread_after(record: AuthorityRecord, event: CurationEvent | None, before: State | None, by: Curator) -> Job | None:
    """Have the articles read again that a change may concern; the event names the job, so that both are undone as one.

    To be called when the change was announced: the sources of all articles are read for it in any case.
    """
    is_source = record.kind == Kind.SOURCE
    job = sources.waiting() if is_source else reread_for(record, before, state_of(record), by)
    if event is not None and job is not None:
        event.job = job
        event.save(update_fields=["job"])
    return job


@transaction.atomic
def confirm(record: AuthorityRecord, *, by: Curator = None) -> None:
    """Take a proposed record for what it says it is."""
    before = state_of(record)
    record.is_proposed, record.curated = False, True
    record.save()
    remember(record, Action.EDIT, by, before=before)
    record_changed.send(AuthorityRecord, record=record)


@transaction.atomic
def merge(gone: AuthorityRecord, kept: AuthorityRecord, *, by: Curator = None) -> Merge:
    before = state_of(gone), state_of(kept)
    done = merging.merge(gone, kept, by=by)
    _both(done, Action.MERGE, before, by)
    return done


@transaction.atomic
def undo(done: Merge, *, by: Curator = None) -> None:
    before = state_of(done.gone), state_of(done.kept)
    merging.undo(done, by=by)
    _both(done, Action.UNMERGE, before, by)


def _both(done: Merge, action: str, before: tuple[State, State], by: Curator) -> None:
    for record, was in zip((done.gone, done.kept), before, strict=True):
        record.refresh_from_db()
        remember(record, action, by, note=str(done), before=was)


@transaction.atomic
def revert(record: AuthorityRecord, event: CurationEvent, *, by: Curator = None, note: str = "") -> bool:
    """Give a record the names and posts that it had after an event; a merge is undone by `undo` alone."""
    before = state_of(record)
    wanted = dict(before)
    for later in record.events.filter(pk__gt=event.pk).order_by("-pk"):
        wanted |= {name: was for name, (was, _now) in later.changes.items() if was is not None or name == "merged_into"}
    if wanted["merged_into"] != before["merged_into"]:
        done = record.merges_away.filter(undone_at=None).order_by("-pk").first()
        if done is None or wanted["merged_into"] is not None:
            return False
        undo(done, by=by)
        record.refresh_from_db()
        before = state_of(record)
    if not differences({**wanted, "merged_into": before["merged_into"]}, before):
        return bool(wanted["merged_into"] != before["merged_into"])
    put_back(record, wanted)
    told = remember(record, Action.REVERT, by, note=note, before=before)
    record_changed.send(AuthorityRecord, record=record)
    reread_after(record, told, before, by)
    return True


@receiver(records_loaded)
def note_loaded(
    added: list[AuthorityRecord] = [],  # noqa: B006 - never changed
    record: AuthorityRecord | None = None,
    before: State | None = None,
    after: State | None = None,
    **_kwargs: object,
) -> None:
    """Loading files leaves an event with every record that it adds or renews, in one statement for all that are new."""
    made = [CurationEvent(record=one, action=Action.IMPORT, exact=True) for one in added]
    if record is not None:
        changes = differences(before or {}, after or {})
        made.append(CurationEvent(record=record, action=Action.IMPORT, changes=changes, exact=True))
    CurationEvent.objects.bulk_create(made, batch_size=500)

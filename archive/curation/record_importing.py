"""Records of a file written in the queue of work, each with its event, and taken back as one step."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from archive.authorities.models import AuthorityRecord
from archive.authorities.signals import record_changed
from archive.authorities.states import State, put_back, state_of
from archive.curation.bulk import LEFT
from archive.curation.models import CurationEvent
from archive.curation.record_actions import remember, settle
from archive.curation.record_plan import Plan, digest, references
from archive.curation.rereading import reread_these, to_reread
from archive.work.kinds import JobKind, register
from archive.work.models import Job
from archive.work.queue import SOON, begin

IMPORT: Final = "records"
UNDO: Final = "records_undone"
_PIECE: Final = 5  # records of one step: for each the articles are asked for that it may concern
_OWN: Final = {"events", "names", "posts", "relations"}  # what goes with a record
Action = CurationEvent.Action
EMPTY: Final[State] = {"note": "", "names": [], "posts": [], "relations": [], "wikidata": "", "viaf": ""}


def take_in(plan: Plan, by: User | None, note: str = "") -> Job:
    """Have what is new and what changed written; what is refused or the same is left as it is."""
    entries = [{name: value for name, value in asdict(one).items() if name != "changes"} for one in plan.planned]
    return begin(IMPORT, {"entries": entries, "note": note}, total=len(entries), by=by, priority=SOON)


def _step(job: Job) -> bool:
    entries: list[dict[str, Any]] = job.options["entries"]
    for entry in entries[job.done : job.done + _PIECE]:
        job.count(_take(entry, job))
    return _on(job, len(entries))


def _take(entry: dict[str, Any], job: Job) -> str:
    """Give a record its state; it is left where it is another one by now than the one that was previewed."""
    record, _new = AuthorityRecord.objects.get_or_create(kind=entry["kind"], slug=entry["slug"])
    held = state_of(record)
    is_new = not entry["seen"] and not record.events.exists()
    if not is_new and digest(held) != entry["seen"]:
        return "left"
    for kind, slug in references(entry["state"]):  # it may stand further down in the file
        AuthorityRecord.objects.get_or_create(kind=kind, slug=slug)
    put_back(record, entry["state"])
    before = None if is_new else held
    action = Action.ADD if is_new else Action.EDIT
    after = settle(record, action, job.by, note=job.options["note"], before=before, job=job)
    _concern(job, to_reread(record, before, after))
    return "added" if is_new else "changed"


def _concern(job: Job, keys: list[int]) -> None:
    job.options["concerned"] = sorted({*job.options.get("concerned", ()), *keys})


def _on(job: Job, total: int) -> bool:
    """Whether more is left; at the end the articles concerned are read again, all in one job."""
    job.done = min(job.done + _PIECE, total)
    if job.done >= total and job.options.get("concerned"):
        reread_these(job.options["concerned"], job.by)
    return job.done < total


def undo(job: Job, by: User | None) -> Job:
    """Have all that an import wrote taken back, the last first."""
    events = CurationEvent.objects.filter(job=job, record__isnull=False).order_by("-pk")
    keys = list(events.values_list("pk", flat=True))
    return begin(UNDO, {"of": job.pk, "events": keys}, total=len(keys), by=by, priority=SOON)


def _undo_step(job: Job) -> bool:
    keys: list[int] = job.options["events"]
    events = CurationEvent.objects.filter(pk__in=keys[job.done : job.done + _PIECE]).order_by("-pk")
    for event in events.select_related("record"):
        if event.record is not None:
            job.count(_take_back(event.record, event, job))
    return _on(job, len(keys))


def _take_back(record: AuthorityRecord, event: CurationEvent, job: Job) -> str:
    """What was added is taken away, but for the identifier where something leads to it; what changed again stays."""
    held = state_of(record)
    if any(held.get(name) != now for name, (_was, now) in event.changes.items()):
        return "left"
    is_new = event.action == Action.ADD
    entry = {"kind": record.kind, "slug": record.slug, "state": held, "seen": ""}
    job.options.setdefault("taken", []).append(entry)
    wanted = held | (EMPTY if is_new else {name: was for name, (was, _now) in event.changes.items()})
    put_back(record, wanted)
    _concern(job, to_reread(record, held, state_of(record)))
    record_changed.send(AuthorityRecord, record=record)
    if is_new and not _is_referred_to(record):
        record.delete()
        return "removed"
    entry["seen"] = digest(state_of(record))
    remember(record, Action.REVERT, job.by, before=held, job=job)
    return "emptied" if is_new else "changed"


def redo(job: Job, by: User | None) -> Job:
    """Have all that an undo took back taken in again, which can be undone as the first time."""
    entries = job.options.get("taken", [])[::-1]
    return begin(IMPORT, {"entries": entries, "note": ""}, total=len(entries), by=by, priority=SOON)


def _is_referred_to(record: AuthorityRecord) -> bool:
    others: Any = (rel for rel in record._meta.related_objects if rel.get_accessor_name() not in _OWN and rel.field)
    return any(rel.related_model._base_manager.filter(**{rel.field.name: record}).exists() for rel in others)


register(
    JobKind(
        IMPORT,
        _("take in authority records"),
        _step,
        {"added": _("added"), "changed": _("changed"), "left": LEFT},
        undo=undo,
    )
)
register(
    JobKind(
        UNDO,
        _("take back authority records"),
        _undo_step,
        {
            "changed": _("as they were before"),
            "removed": _("taken away"),
            "emptied": _("emptied: something leads to their identifier"),
            "left": LEFT,
        },
        undo=redo,
    )
)

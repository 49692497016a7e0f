"""Records of a file written in the queue of work, each with its event; the articles concerned are then read again.

`archive.curation.record_undoing` takes all of it back as one step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.states import put_back, state_of
from archive.curation import sources
from archive.curation.bulk import LEFT
from archive.curation.models import CurationEvent
from archive.curation.record_actions import settle
from archive.curation.record_plan import Plan, digest, references
from archive.curation.rereading import reread_these, to_reread
from archive.work.kinds import JobKind, register
from archive.work.models import Job
from archive.work.queue import SOON, begin

IMPORT: Final = "records"
_PIECE: Final = 5  # records of one step: for each the articles are asked for that it may concern
Action = CurationEvent.Action


def take_in(plan: Plan, by: User | None, note: str = "") -> Job:
    """Have what is new and what changed written; what is refused or the same is left as it is."""
    entries = [{name: value for name, value in asdict(one).items() if name != "changes"} for one in plan.planned]
    return begin(IMPORT, {"entries": entries, "note": note}, total=len(entries), by=by, priority=SOON)


def _step(job: Job) -> bool:
    entries: list[dict[str, Any]] = job.options["entries"]
    for entry in entries[job.done : job.done + _PIECE]:
        job.count(_take(entry, job))
    job.done = min(job.done + _PIECE, len(entries))
    if job.done >= len(entries) and job.options.get("concerned"):
        _read_by(job, reread_these(job.options["concerned"], job.by, of=job.pk))
    return job.done < len(entries)


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
    settle(record, action, job.by, note=job.options["note"], before=before, job=job)
    concern(job, to_reread(record, before, state_of(record)))
    if record.kind == Kind.SOURCE:
        _read_by(job, sources.waiting())
    return "added" if is_new else "changed"


def concern(job: Job, keys: Iterable[int]) -> None:
    """Note on a job which articles its records may concern."""
    job.options["concerned"] = sorted({*job.options.get("concerned", ()), *keys})


def _read_by(job: Job, reading: Job | None) -> None:
    """Note on a job which other one reads articles again for it."""
    if reading is not None:
        job.options["reads"] = sorted({*job.options.get("reads", ()), reading.pk})


register(
    JobKind(
        IMPORT,
        _("take in authority records"),
        _step,
        {"added": _("added"), "changed": _("changed"), "left": LEFT},
    )
)

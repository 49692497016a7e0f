"""Accessions in the queue of work: taken in, or undone, while nobody waits."""

from __future__ import annotations

import time
from typing import Final

from django.contrib.auth.models import User
from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from archive.intake import uploads
from archive.intake.addresses import NotYet
from archive.intake.models import Accession, AccessionItem
from archive.intake.undoing import undo
from archive.intake.working import CannotStore, work_on
from archive.work.kinds import JobKind, More, register
from archive.work.models import Job
from archive.work.queue import LATER, SOON, begin

TAKE_IN, UNDO = "take-in", "undo-accession"
_STEP: Final = 0.2  # seconds


@transaction.atomic
def take_in_later(accession: Accession, by: User | None = None) -> Job:
    """Have an accession worked on in the queue; one that stopped goes on where it was."""
    return begin(TAKE_IN, {"accession": accession.pk}, by=by, priority=LATER)


@transaction.atomic
def undo_later(accession: Accession, by: User | None = None) -> Job:
    """Have an accession undone in the queue."""
    accession.state = Accession.State.UNDOING
    accession.save(update_fields=["state"])
    return begin(UNDO, {"accession": accession.pk}, total=accession.done, by=by, priority=SOON)


def job_of(accession: Accession) -> Job | None:
    """The last job that worked on an accession, or is to; None where a command did."""
    return Job.objects.filter(kind__in=(TAKE_IN, UNDO), options__accession=accession.pk).order_by("-pk").first()


def _take_in(job: Job) -> More:
    """A slice; where sites have to be left alone, the job makes room until they may be asked again."""
    accession = Accession.objects.select_related("by").get(pk=job.options["accession"])
    more: More = False
    try:
        more = accession.is_open and work_on(accession, time.monotonic() + _STEP)
    except NotYet as error:
        more = error.seconds
    except CannotStore as error:
        raise OperationalError(str(error)) from error  # the job goes on when there is room
    if more is False and not accession.is_dry_run:  # what was tried may be taken in yet
        uploads.discard(accession)
    job.done = accession.done
    job.total = round(accession.done / accession.share) if accession.share else 0
    job.outcome = accession.outcomes
    return more


def _undo(job: Job) -> bool:
    accession = Accession.objects.get(pk=job.options["accession"])
    more = undo(accession, time.monotonic() + _STEP, job.by)
    job.outcome = accession.outcomes
    job.done = sum(number for outcome, number in accession.outcomes.items() if outcome in _OVER)
    return more


_OVER: Final = (AccessionItem.Outcome.UNDONE, AccessionItem.Outcome.KEPT)
_OUTCOMES: Final = dict(AccessionItem.Outcome.choices)


def register_kinds() -> None:
    register(JobKind(TAKE_IN, _("take in"), _take_in, _OUTCOMES, commits=True))
    register(JobKind(UNDO, _("undo an accession"), _undo, _OUTCOMES))

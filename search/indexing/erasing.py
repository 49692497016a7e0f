"""An erased article leaves the index for good: its words stay in old segments until the index is built anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from typing import Final

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.articles.signals import erased
from archive.work.kinds import WRITER, JobKind, More, register
from archive.work.management.commands.work import take_one_of
from archive.work.models import Job
from archive.work.queue import SOON, begin
from search.indexing.indexes import BOTH
from search.indexing.writer import Progress, rebuild

REBUILD: Final = "rebuild-index"
PAUSE: Final = 1.0  # seconds
_progress: ContextVar[Progress | None] = ContextVar("progress", default=None)


@receiver(erased)
def build_anew(article: Article, **_kwargs: object) -> None:
    begin(REBUILD, {}, total=len(BOTH), priority=SOON)


def work_off(progress: Progress | None = None) -> bool:
    """Do a turn of what waits for the writer, whether anything did; what `progress` raises ends it, to be gone on with.

    The writer does it and not the worker of the queue, which other work waits for: meanwhile no change is applied.
    """
    token = _progress.set(progress)
    try:
        return take_one_of(WRITER)
    finally:
        _progress.reset(token)


def _step(job: Job) -> More:
    """Build the next index anew. What was erased before the first is in none of them: its own job is over, too."""
    if job.cursor is None and any(job.pk in one.cursor["too"] for one in _open(job) if one.cursor):
        return PAUSE  # one that began since is doing it
    place = job.cursor or {"next": 0, "too": [one.pk for one in _open(job) if one.cursor is None]}
    held = BOTH[place["next"]]
    if held is BOTH[0]:
        with held.engine().writing(wait=True) as index:
            index.forget()  # of both
    job.count("indexed", rebuild(held, progress=_progress.get()))
    job.cursor = place | {"next": place["next"] + 1}
    job.done, job.total = job.cursor["next"], len(BOTH)
    if job.done < job.total:
        return True
    _end(place["too"])
    return False


def _open(job: Job) -> Iterable[Job]:
    """The others that are not over."""
    return Job.objects.filter(kind=REBUILD).exclude(state__in=Job.OVER).exclude(pk=job.pk)


@transaction.atomic
def _end(keys: Sequence[int]) -> None:
    for other in Job.objects.select_for_update().filter(pk__in=keys).exclude(state__in=Job.OVER):
        other.done = other.total
        other.end(Job.State.DONE)
        other.save()


register(
    JobKind(REBUILD, _("build the index anew"), _step, {"indexed": _("articles indexed")}, commits=True, queue=WRITER)
)

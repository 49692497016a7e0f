"""The queue of work: jobs are begun, worked on in turns, cancelled; the order is the task queue's.

A job is a chain of tasks of `django-tasks-db`, one in the queue at a time. Each works for `TURN` seconds at most, then
puts the next one in, so that work of a higher priority waits for no more than a turn, and work of the same priority
takes turns. Where a worker was killed, or the database could not be written, a chain is broken; `revive` mends it.
"""

from __future__ import annotations

import datetime
import logging
import os
import socket
import time
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from archive.telemetry.counters import count_job
from archive.telemetry.names import NO_REQUEST, named, request_name
from archive.telemetry.tracing import span
from archive.work.kinds import More, kind_named, queue_of
from archive.work.models import Job

logger = logging.getLogger("archive.work")
TURN = 2.0  # seconds
LOST_AFTER: Final = datetime.timedelta(minutes=15)  # a turn of another machine that lasts longer has no worker any more
MOST_LOST: Final = 3  # workers killed one after another at one step
SOON, LATER = 10, -10  # priorities: somebody waits for it; nobody does
State = Job.State


@transaction.atomic
def begin(kind: str, options: dict[str, Any], *, total: int = 0, by: User | None = None, priority: int = 0) -> Job:
    """Put a job into the queue, with the transaction that asks for it."""
    asking = "" if request_name() == NO_REQUEST else request_name()
    job = Job.objects.create(kind=kind, options=options, total=total, by=by, priority=priority, request=asking)
    _enqueue(job)
    return job


@transaction.atomic
def cancel(job: Job) -> bool:
    """End a job between two of its steps; what it has done stays. False where it is over."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.is_over:
        return False
    job.end(State.CANCELLED)
    job.save()
    return True


@transaction.atomic
def resume(job: Job) -> bool:
    """Have a failed or cancelled job go on where it was. False for others."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state not in (State.FAILED, State.CANCELLED):
        return False
    job.state, job.error, job.ended_at, job.turn = State.WAITING, "", None, job.turn + 1
    job.save()
    _enqueue(job)
    return True


def _enqueue(job: Job, pause: float = 0.0) -> None:
    after = timezone.now() + datetime.timedelta(seconds=pause) if pause else None
    asked = take_turn.using(priority=job.priority, run_after=after, queue_name=queue_of(job.kind))
    asked.enqueue(job.pk, job.turn)


@task()
def take_turn(key: int, turn: int) -> None:
    """Work on a job for a turn; a task of a turn that was taken already does nothing.

    What is logged meanwhile has the name of the request that asked for the job.
    """
    job = _open(key, turn).first()
    if job is None:
        return
    with named(job.request), span("job") as say:
        say("diwan.job", job.kind)
        _work_a_turn(key, turn)


def _work_a_turn(key: int, turn: int) -> None:
    ends = time.monotonic() + TURN
    while (more := _step(key, turn)) is not False:
        if more is not True or time.monotonic() >= ends:
            _hand_on(key, turn, pause=0.0 if more is True else more)
            return


def _step(key: int, turn: int) -> More:
    """Do one step; whether another one is to follow."""
    try:
        job = _open(key, turn).first()
        if job is None:
            return False
        if not kind_named(job.kind).commits:
            return _step_within(key, turn)
        began = time.monotonic()
        more = kind_named(job.kind).step(job)
        with transaction.atomic():
            return _noted(job, more, began) if _open(key, turn).select_for_update().exists() else False
    except OperationalError:
        raise  # no room, a lock: `revive` has the job go on when there is
    except Exception as error:
        logger.exception("a step of job %d failed", key)
        _fail(key, turn, error)
        return False


@transaction.atomic
def _step_within(key: int, turn: int) -> More:
    """A step whose work and place are written together."""
    began = time.monotonic()
    job = _open(key, turn).select_for_update().first()
    return False if job is None else _noted(job, kind_named(job.kind).step(job), began)


def _noted(job: Job, more: More, began: float) -> More:
    """Write how far the job has come; gives `more`."""
    job.started_at = job.started_at or timezone.now()
    job.state = State.RUNNING
    job.lost = 0
    if more is False:
        job.end(State.DONE)
        logger.info("job %d (%s) is done: %d of %d", job.pk, job.kind, job.done, job.total)
        transaction.on_commit(partial(count_job, job.kind, State.DONE.value))
    job.seconds += time.monotonic() - began
    job.save()
    return more


def _open(key: int, turn: int) -> QuerySet[Job]:
    """The job, where it is not over and this is its turn."""
    return Job.objects.filter(pk=key, turn=turn).exclude(state__in=Job.OVER)


@transaction.atomic
def _hand_on(key: int, turn: int, pause: float) -> None:
    job = _open(key, turn).select_for_update().first()
    if job is not None:
        job.turn += 1
        job.save(update_fields=["turn"])
        _enqueue(job, pause)


@transaction.atomic
def _fail(key: int, turn: int, error: Exception) -> None:
    job = _open(key, turn).select_for_update().first()
    if job is not None:
        job.end(State.FAILED, f"{type(error).__name__}: {error}")
        job.save()
        transaction.on_commit(partial(count_job, job.kind, State.FAILED.value))


def worker_name() -> str:
    """This process, told apart from one of the same number before or after it: `host:4711:88213`."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{_started(os.getpid())}"


def revive() -> int:
    """Have the jobs go on whose chain of tasks is broken; how many there were. Not to be called within a task."""
    return sum(map(_revive, Job.objects.exclude(state__in=Job.OVER).values_list("pk", flat=True)))


@transaction.atomic
def _revive(key: int) -> bool:
    job = Job.objects.select_for_update().exclude(state__in=Job.OVER).filter(pk=key).first()
    if job is None:
        return False
    left = list(DBTaskResult.objects.filter(args_kwargs={"args": [key, job.turn], "kwargs": {}}))
    if any(one.status == Status.READY or (one.status == Status.RUNNING and not _is_lost(one)) for one in left):
        return False
    for one in left:
        job.lost += one.status == Status.RUNNING
        one.delete()
    if job.lost >= MOST_LOST:
        job.end(State.FAILED, f"the worker was killed {job.lost} times at this place")
        job.save()
        return False
    job.turn += 1
    job.save(update_fields=["turn", "lost"])
    _enqueue(job)
    return True


def _is_lost(left: DBTaskResult) -> bool:
    """Whether the worker that claimed a task is gone, or is this process, which has none in hand."""
    worker = left.worker_ids[-1] if left.worker_ids else ""
    host, _, process = worker.partition(":")
    number, _, started = process.partition(":")
    if host == socket.gethostname()[:32] and number.isdecimal():
        return worker == worker_name() or _started(int(number)) != started
    return bool(left.started_at and left.started_at < timezone.now() - LOST_AFTER)


def _started(number: int) -> str:
    """When a process of this machine began, in ticks of the kernel since the start; "" where there is none."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return _alive(number)


def _alive(number: int) -> str:
    """Where there is no /proc: whether a process of that number is there."""
    try:
        os.kill(number, 0)
    except OSError:
        return ""
    return "0"

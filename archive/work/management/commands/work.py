"""`manage.py work`: do the jobs of the queue, once or with `--watch` for as long as it runs; `serve` starts it.

Once, all that waits; with `--watch` all but what waits for the writer of the index (`sync_index --watch`).
"""

from __future__ import annotations

import argparse
import logging
import os
import time
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from archive.work.clock import tick
from archive.work.kinds import WRITER
from archive.work.models import Job
from archive.work.queue import revive, worker_name

logger = logging.getLogger("archive.work")
NICE = 5  # readers go first
PAUSE = 0.5  # seconds
LOOK_FOR_LOST_AFTER = 20.0  # seconds


class Command(BaseCommand):
    help = "Do the work that waits: bulk actions and whatever else takes longer than a request."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on doing work as it comes")
        parser.add_argument("--pause", type=float, default=0.5, help="seconds between two looks (default 0.5)")

    def handle(self, *, watch: bool, pause: float, **_options: Any) -> None:
        if not watch:
            revive()
            work_off()
            return
        os.nice(NICE)
        Watch(pause).run()


def work_off(*, but: Sequence[str] = ()) -> Worker:
    """Do all that waits, but in these queues."""
    worker = _worker(but=but)
    worker.run()
    forget_tasks()
    return worker


def see_through(job: Job) -> None:
    """Do a job, with whatever else waits, until it is over."""
    while not job.is_over:
        revive()
        work_off(but=[WRITER])
        job.refresh_from_db()
        if not job.is_over:
            time.sleep(PAUSE)  # another worker has it in hand


def forget_tasks() -> None:
    """Finished tasks are no memory: jobs are. What failed outside of a step is in the log."""
    DBTaskResult.objects.successful().delete()


def take_one_of(queue: str) -> bool:
    """Do one turn of what waits in this queue; whether anything did."""
    if not DBTaskResult.objects.ready().filter(queue_name=queue).exists():
        return False
    _worker(queue, most=1).run()
    forget_tasks()
    return True


def _worker(queue: str = "*", *, but: Sequence[str] = (), most: int | None = None) -> Worker:
    return Worker(
        queue_names=[queue],
        excluded_queue_names=list(but),
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=most,
        worker_id=worker_name(),
    )


class Watch:
    """Looks for work, and does it, until it is told to stop or the process that started it is gone."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.parent = os.getppid()
        self.worker = _worker(but=[WRITER])
        self.worker.configure_signals()
        self.lost_at = float("-inf")

    def run(self) -> None:
        while self.worker.running and os.getppid() == self.parent:
            try:
                self._look()
            except (OperationalError, OSError) as error:
                logger.warning("work cannot be done now (%s); trying again", error)
            except DatabaseError:
                logger.exception("work cannot be done now; trying again")
            close_old_connections()
            time.sleep(self.pause)

    def _look(self) -> None:
        # Asked first without a lock: the worker takes the whole database for a moment to claim a task.
        if time.monotonic() - self.lost_at > LOOK_FOR_LOST_AFTER:
            self.lost_at = time.monotonic()
            if found := revive():
                logger.warning("%d jobs go on whose worker was gone or could not write", found)
        tick()
        if DBTaskResult.objects.ready().exclude(queue_name=WRITER).exists():
            self.worker.run()
            forget_tasks()

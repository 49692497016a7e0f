"""`manage.py sync_index`: the one writer; applies the change log once, or with `--watch` for as long as it runs.

Work that is the writer's own waits in a queue of its own, and is done in turns between the changes.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from search.engine.protocol import SearchUnavailable, WriterBusy
from search.indexing import erasing
from search.indexing import health as figures
from search.indexing.comparison import compare, repair
from search.indexing.indexes import BOTH, DESK
from search.indexing.telling import told_in_a_sentence
from search.indexing.writer import apply_all, apply_changes, ensure_index, mend, tidy, watch

logger = logging.getLogger("search.writer")
CHECK_AFTER = 240.0  # seconds between two readings of every byte of the index, each of which ends within five minutes
COMPARE_AFTER = 3600.0  # seconds between two comparisons of the drafts' index with the database
TIDY_AFTER = 20.0  # seconds without a change, then segments are joined
LOOK_BESIDE_AFTER = 5.0  # seconds between two looks at the files beside the segments
TRY_BESIDE_AFTER = 300.0  # seconds until those that could not be made anew, on a full disk, are tried again
SEEN_AFTER = 60.0  # seconds between two signs of life


class Command(BaseCommand):
    help = "Apply recorded changes to the index; build it when there is none, it is damaged or another version made it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on applying changes as they come")
        parser.add_argument("--pause", type=float, default=0.5, help="seconds between two looks (default 0.5)")

    def handle(self, *, watch: bool, pause: float, **_options: Any) -> None:
        if watch:
            Writer(pause).run()
            return
        try:
            with told_in_a_sentence():
                built = ensure_index()
                applied = apply_all()
                ensure_index(DESK)
                applied += apply_all(DESK)
                while erasing.work_off():
                    pass
        except WriterBusy as busy:
            raise CommandError(f"{busy}; that process applies the changes.") from busy
        figures.note_check("")
        self.stdout.write(f"Index {'built' if built else 'current'}, {applied} changes applied.")


class Writer:
    """Keeps the index equal to the database until it is told to stop, whatever happens to the files in between."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.stop = StopSign()
        self.checked_at = self.compared_at = float("-inf")
        self.seen_at = float("-inf")
        self.look_beside_at = float("-inf")
        self.changed_at = time.monotonic()

    def run(self) -> None:
        while self.stop.go_on():
            try:
                self._work()
            except Stopped:
                return
            except WriterBusy as busy:
                logger.warning("%s; waiting", busy)
                self.stop.wait(self.pause * 4)
            except SearchUnavailable as error:
                logger.error("changes could not be applied; trying again: %s", error.reason)
                self._give_sign()
                self._pause_after_failure()
            except (OSError, DatabaseError):
                # No room, a read-only folder, a locked database: the log keeps the change, so it is tried again.
                logger.exception("changes could not be applied; trying again")
                self._pause_after_failure()
            except Exception:
                logger.exception("changes could not be applied; checking the index and trying again")
                self.checked_at = float("-inf")
                self._pause_after_failure()

    def _work(self) -> None:
        self._check()
        for applied in watch(self.pause, self.stop.go_on):
            if applied:
                logger.info("%d changes applied", applied)
                self.changed_at = time.monotonic()
            self._keep_drafts()
            self._between()
            close_old_connections()

    def _keep_drafts(self) -> None:
        """The desk's own index, which is small: whole, and equal to the database."""
        ensure_index(DESK, thoroughly=False)
        if applied := apply_changes(DESK):
            logger.info("%d changes of drafts applied", applied)
            self.changed_at = time.monotonic()

    def _between(self) -> None:
        """After every look: heal what can be seen without reading, and use the time when there is nothing to do."""
        now = time.monotonic()
        if ensure_index(thoroughly=False, progress=self._go_on):
            self._check()
        if now - self.checked_at > CHECK_AFTER:
            self._check()
        if now > self.look_beside_at:
            is_whole = mend() & mend(DESK)
            self.look_beside_at = now + (LOOK_BESIDE_AFTER if is_whole else TRY_BESIDE_AFTER)
        if erasing.work_off(self._go_on):
            self.changed_at = time.monotonic()
        elif now - self.changed_at > TIDY_AFTER and (tidy() or tidy(DESK)):
            logger.info("segments joined")
        self._give_sign()

    def _check(self) -> None:
        """Read every byte of the index unless that was done lately; build it anew when one is wrong."""
        if time.monotonic() - self.checked_at > CHECK_AFTER / 2:
            ensure_index(progress=self._go_on)
            ensure_index(DESK)
            if time.monotonic() - self.compared_at > COMPARE_AFTER:
                repair(compare(DESK), DESK)
                self.compared_at = time.monotonic()
            for held in BOTH:
                mend(held, thoroughly=True)
            self.checked_at = time.monotonic()
            figures.note_check("")

    def _pause_after_failure(self) -> None:
        close_old_connections()
        self.stop.wait(self.pause * 4)

    def _go_on(self, _count: int) -> None:
        if not self.stop.go_on():
            raise Stopped
        self._give_sign()

    def _give_sign(self) -> None:
        if time.monotonic() - self.seen_at > SEEN_AFTER:
            figures.note_life()
            self.seen_at = time.monotonic()


class Stopped(BaseException):
    """The writer was told to stop in the middle of a rebuild; no failure of the job that wants it."""


class StopSign:
    """Says whether to go on: until SIGTERM or SIGINT, or until the process that started this one is gone."""

    def __init__(self) -> None:
        self.parent = os.getppid()
        self.stopped = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def go_on(self) -> bool:
        return not self.stopped and os.getppid() == self.parent

    def wait(self, seconds: float) -> None:
        if self.go_on():
            time.sleep(seconds)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopped = True

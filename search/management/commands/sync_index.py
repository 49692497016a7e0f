"""`manage.py sync_index`: the one writer; applies the change log once, or with `--watch` for as long as it runs."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from search.backends.folders import WriterBusy
from search.indexing import apply_all, ensure_index, watch

logger = logging.getLogger("search.writer")


class Command(BaseCommand):
    help = "Apply recorded changes to the index; build it when there is none or another version made it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help="go on applying changes as they come")
        parser.add_argument("--pause", type=float, default=0.5, help="seconds between two looks (default 0.5)")

    def handle(self, *, watch: bool, pause: float, **_options: Any) -> None:
        built = ensure_index()
        applied = apply_all()
        self.stdout.write(f"Index {'built' if built else 'current'}, {applied} changes applied.")
        if watch:
            self._watch(pause)

    def _watch(self, pause: float) -> None:
        stop = StopSign()
        while stop.go_on():
            try:
                for applied in watch(pause, stop.go_on):
                    logger.info("%d changes applied", applied)
                    close_old_connections()
            except WriterBusy as busy:
                logger.warning("%s; waiting", busy)
                stop.wait(pause * 4)
            except Exception:
                # The log keeps the change, so nothing is lost by trying again.
                logger.exception("changes could not be applied; trying again")
                close_old_connections()
                stop.wait(pause * 10)


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

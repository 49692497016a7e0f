"""`manage.py serve`: web server, index writer and the worker of the queue, started and stopped together."""

from __future__ import annotations

import argparse
import ctypes
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from archive.stories.building import unread
from config import readiness

BESIDE = ("sync_index", "work")  # commands that are started again when they end
RESTART_PAUSE = 1.0  # seconds; a process that dies at once is not started in a busy loop
PR_SET_PDEATHSIG = 1  # of linux/prctl.h
GRACE = 20.0  # seconds that requests in flight have to end


class Command(BaseCommand):
    help = "Serve a prepared archive with gunicorn on the loopback address; index writer and worker beside it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port (default 127.0.0.1:8000)")

    def handle(self, *, bind: str, **_options: Any) -> None:
        if lacks := readiness.lacks():
            raise CommandError(readiness.refusal(lacks))
        are_unread = unread().exists()
        connections.close_all()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        server = self._start("-m", "gunicorn", "--bind", bind, "config.wsgi")
        beside = {command: self._beside(command) for command in BESIDE}
        others = [self._start("manage.py", "rebuild_stories", "--missing")] if are_unread else []
        self.stdout.write(f"Diwan is at http://{bind}/ (Ctrl+C stops it).")
        try:
            while server.poll() is None:
                for command, process in beside.items():
                    if process.poll() is not None:
                        time.sleep(RESTART_PAUSE)
                        beside[command] = self._beside(command)
                for other in others:
                    other.poll()  # one that has ended leaves the table of processes
                time.sleep(0.2)
        except SystemExit:
            pass
        finally:
            _end(server, *beside.values(), *others)
        if server.returncode:
            raise SystemExit(server.returncode)

    def _beside(self, command: str) -> subprocess.Popen[bytes]:
        return self._start("manage.py", command, "--watch")

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        # A process group of its own: Ctrl+C reaches this command alone, which then stops all in order.
        command = [sys.executable, *arguments]
        return subprocess.Popen(  # noqa: S603
            command, cwd=settings.BASE_DIR, start_new_session=True, preexec_fn=_end_with_parent
        )


def _end_with_parent() -> None:
    """Have the kernel send SIGTERM to this process when the command that started it is killed (Linux alone can)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _end(*processes: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # a second one would leave the processes behind
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()

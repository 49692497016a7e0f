"""What is to be looked at now and then, whether anybody asks or not: the worker calls it while it runs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.db import OperationalError

logger = logging.getLogger("archive.work")
AGAIN = 60.0  # seconds until what failed is tried again, or sooner where it is due sooner
_tasks: dict[str, tuple[float, Callable[[], object]]] = {}
_done_at: dict[str, float] = {}


def every(seconds: float, name: str, task: Callable[[], object]) -> None:
    """Have something done every so many seconds: something short, that puts work into the queue where there is any."""
    _tasks[name] = (seconds, task)


def tick() -> None:
    """Do what is due; what fails is due again soon, and keeps nothing else from being done.

    OperationalError, OSError: of all of it, where the machine is what fails.
    """
    for name, (seconds, task) in _tasks.items():
        if time.monotonic() - _done_at.get(name, float("-inf")) >= seconds:
            _done_at[name] = time.monotonic() - max(0.0, seconds - AGAIN)
            try:
                task()
            except (OperationalError, OSError):
                raise
            except Exception:
                logger.exception("it failed, and is tried again: %s", name)
            else:
                _done_at[name] = time.monotonic()

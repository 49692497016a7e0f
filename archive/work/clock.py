"""What is to be looked at now and then, whether anybody asks or not: the worker calls it while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable

_tasks: dict[str, tuple[float, Callable[[], object]]] = {}
_done_at: dict[str, float] = {}


def every(seconds: float, name: str, task: Callable[[], object]) -> None:
    """Have something done every so many seconds: something short, that puts work into the queue where there is any."""
    _tasks[name] = (seconds, task)


def tick() -> None:
    """Do what is due."""
    for name, (seconds, task) in _tasks.items():
        if time.monotonic() - _done_at.get(name, float("-inf")) >= seconds:
            _done_at[name] = time.monotonic()
            task()

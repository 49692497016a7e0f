"""What waits for a curator: whoever keeps a list of it registers a queue; the admin's first page shows them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Queue:
    """`held` gives what waits, as the list of a `model` (`articles.article`) in the admin shows it with a `query`.

    Who may not view the model is not told of it.
    """

    name: str
    label: Promise | str
    held: Callable[[], QuerySet[Any]]
    model: str
    query: str


_queues: dict[str, Queue] = {}


def register(queue: Queue) -> None:
    """ValueError where another queue has the name: what waits there would be told of nowhere."""
    if queue.name in _queues:
        raise ValueError(f"there is a queue {queue.name} already")
    _queues[queue.name] = queue


def queue(name: str) -> Queue | None:
    return _queues.get(name)


def queues() -> list[Queue]:
    return list(_queues.values())

"""Values that are expensive to make and stay the same until what they are made of changes: a revision, a generation."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Of = TypeVarTuple("Of")


def kept_while_same(make: Callable[[*Of], T]) -> Callable[[*Of], T]:
    """Keep the last value that a function made, for as long as it is asked with equal arguments.

    One value is kept at a time, so that nothing of an earlier revision stays in memory. Where several threads ask at
    once, one makes the value and the others wait for it. A function that raises keeps nothing new.
    """
    lock = threading.Lock()
    kept: list[tuple[tuple[*Of], T]] = []

    @wraps(make)
    def same(*made_of: *Of) -> T:
        with lock:
            if not kept or kept[0][0] != made_of:
                kept[:] = [(made_of, make(*made_of))]
            return kept[0][1]

    return same

"""What was made of the last words, so that it is made once: bounded, shared by the threads of a process."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(dict[K, V], Generic[K, V]):
    """What `make` gives for each key, in two generations: what nobody asked for during a whole one is dropped.

    `most` entries a generation, for all of them alike: see `remember`. Asking for what is known costs a look into a
    dictionary.
    """

    most = 1 << 16

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make
        self._older: dict[K, V] = {}

    def __missing__(self, key: K) -> V:
        self._begin_if_full()
        older = self._older  # another thread may begin a generation at any time
        found = self[key] = older[key] if key in older else self._make(key)
        return found

    def holds(self, key: K) -> bool:
        """Whether nothing has to be made for this key."""
        return key in self or key in self._older

    def take(self, key: K, made: V) -> None:
        """Remember what was made elsewhere."""
        self._begin_if_full()
        self[key] = made

    def _begin_if_full(self) -> None:
        if len(self) >= self.most:
            self._older = dict(self)
            self.clear()

    def forget(self) -> None:
        self._older = {}
        self.clear()


def remember(words: int) -> None:
    """Keep what was made of so many words in a generation, of each language; 0.4 KB a word and as much for a name."""
    Remembered.most = words

"""Decoded arrays kept in memory under a bound in bytes; the ones not asked for longest go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Container, Hashable
from typing import Protocol, TypeVar

# What an entry costs beside its arrays: their headers, the key, the place in the dictionary.
_ENTRY_BYTES = 600


class Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


S = TypeVar("S", bound=Sized)


class PostingsCache:
    """Shared by all threads and generations of a process; arrays never change, so that nobody copies them. O(1)."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.held_bytes = 0
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[Hashable, ...], Sized] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: tuple[Hashable, ...], make: Callable[[], S]) -> S:
        """What is held under the key, made when it is not; `make` runs outside the lock, perhaps in two threads."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]  # type: ignore[return-value]
        made = make()
        with self._lock:
            self._put(key, made)
        return made

    def keep(self, owners: Container[Hashable]) -> None:
        """Keep only what belongs to these states and segments of the index, the first of every key. O(entries)."""
        with self._lock:
            for key in [key for key in self._held if key[0] not in owners]:
                self.held_bytes -= self._held.pop(key).nbytes + _ENTRY_BYTES

    def forget(self) -> None:
        """Keep nothing of what was asked so far."""
        with self._lock:
            self._held.clear()
            self.held_bytes = 0

    def _put(self, key: tuple[Hashable, ...], made: Sized) -> None:
        if key not in self._held:
            self._held[key] = made
            self.held_bytes += made.nbytes + _ENTRY_BYTES
        while self.held_bytes > self.most_bytes and self._held:
            _key, gone = self._held.popitem(last=False)
            self.held_bytes -= gone.nbytes + _ENTRY_BYTES

"""How much heavy work is done at a time, over all workers: locks of the kernel (flock) on files of the state folder.

A lock belongs to an open file and to every process that got its descriptor; the kernel frees it when the last of them
closes it or ends, however it ends. So nothing is counted that could be counted wrong after a crash.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

BUCKETS = 256  # addresses that fall into one share its part


class Slot:
    """Open lock files; heavy work may be done until every process has closed its descriptors of them."""

    def __init__(self, *descriptors: int) -> None:
        self.descriptors = descriptors

    def close(self) -> None:
        for descriptor in self.descriptors:
            os.close(descriptor)
        self.descriptors = ()

    def __enter__(self) -> Slot:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def take(address: str) -> Slot | None:
    """A free slot for a request of this address; None when all are taken, or all but one by the address itself.

    OSError where no lock can be had, as on a file system without them.
    """
    most = settings.HEAVY_AT_ONCE
    bucket = zlib.crc32(address.encode()) % BUCKETS
    own = _locked(f"address-{bucket}-{number}" for number in range(max(most - 1, 1)))
    if own is None:
        return None
    slot = _locked(f"slot-{number}" for number in range(most))
    if slot is None:
        os.close(own)
        return None
    return Slot(own, slot)


def first_free(names: Iterable[str]) -> Slot | None:
    """The first of these that nobody has; None when all are taken. OSError where no lock can be had."""
    descriptor = _locked(names)
    return None if descriptor is None else Slot(descriptor)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process and thread at a time, for the moment that it takes to count something."""
    descriptor = _opened(name)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _locked(names: Iterable[str]) -> int | None:
    """The descriptor of the first of these files that nobody has locked."""
    for name in names:
        descriptor = _opened(name)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def _opened(name: str) -> int:
    folder = Path(settings.SLOTS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

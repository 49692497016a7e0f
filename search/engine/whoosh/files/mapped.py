"""Files mapped into this process, and a bound for how much of them counts as its resident memory.

What was read of a mapped file lies in the page cache, once for all processes, but counts as resident in each that
touched it; without a bound that is soon the whole index. Letting go is cheap: the pages stay in the page cache, and
what is asked for again is mapped again without reading it.
"""

from __future__ import annotations

import mmap
import os
import threading
import time
import weakref
import zlib
from typing import IO

_PIECE = 1 << 20
BETWEEN = 0.05  # seconds between two looks
_maps: weakref.WeakSet[mmap.mmap] = weakref.WeakSet()
_lock = threading.Lock()


def map_whole(file: IO[bytes]) -> mmap.mmap:
    """Map a file for reading; its pages are bounded with those of all others."""
    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    with _lock:
        _maps.add(mapped)
    return mapped


def checksum(file: IO[bytes], length: int) -> int:
    """CRC-32 of the beginning of a file, read and not mapped: to look at every byte makes none of them resident."""
    file.seek(0)
    found, left = 0, length
    while left and (piece := file.read(min(_PIECE, left))):
        found = zlib.crc32(piece, found)
        left -= len(piece)
    return found


def resident() -> int:
    """Bytes of files, libraries among them, that count as resident in this process; 0 where the kernel is not Linux."""
    try:
        told = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return 0
    try:
        return int(os.read(told, 200).split()[2]) * mmap.PAGESIZE
    finally:
        os.close(told)


class Bound:
    """At most so many bytes of mapped files, beside libraries, count as resident when it looks."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._others = (0, 0)  # the process that looked, what it has beside our maps
        self._next = 0.0

    def look(self) -> None:
        """Let go of all maps when they are over the bound. O(maps), twenty times a second at most."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + BETWEEN
        now, (process, others) = resident(), self._others
        if process == os.getpid() and now - others > self.most_bytes:
            let_go()
            others = resident()
        self._others = os.getpid(), now if process != os.getpid() else min(now, others)


def let_go() -> None:
    """Have no page of a mapped file count as resident here; whoever reads one has it mapped again."""
    with _lock:
        held = list(_maps)
    for mapped in held:
        mapped.madvise(mmap.MADV_DONTNEED)

"""The files within a segment, read where they lie, without the copy that Whoosh 2.7.4 makes of every one of them.

Whoosh maps a segment, but then copies each file in it into a `BytesIO`, only to have an object to read from: a process
that opens an index of 1.5 GB takes 1.5 GB, and no two processes share it. Here a file is a stretch of the segment, and
what is asked for is read by position: that has no state, so threads need not take turns; the page cache is everybody's;
and a segment that was cut short under a running server is an error, where a map would end the process.
"""

from __future__ import annotations

import io
import os
import weakref
from functools import cached_property
from typing import Any

from whoosh.codec import base
from whoosh.filedb import compound
from whoosh.filedb.structfile import BufferFile


class SegmentFiles(compound.CompoundStorage):
    """Whoosh's storage of the files in a segment. Its descriptor lives as long as it or one of its files does."""

    def __init__(self, dbfile: Any, use_mmap: bool = True, basepos: int = 0) -> None:
        super().__init__(dbfile, use_mmap=False, basepos=basepos)
        self.is_on_disk = bool(dbfile.is_real)
        if self.is_on_disk:
            self.descriptor = os.dup(dbfile.fileno())
            weakref.finalize(self, os.close, self.descriptor)
            dbfile.close()
            self._file: Any = None

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if self.is_closed or not self.is_on_disk:
            return super().open_file(name, *args, **kwargs)
        start, length = self.range(name)
        return SegmentFile(self, start, length, name)


class SegmentFile(BufferFile):
    """A stretch of a segment; `get` reads by position, everything else goes through a place of its own."""

    def __init__(self, files: SegmentFiles, start: int, length: int, name: str | None = None) -> None:
        self.files = files
        self.start = start
        self.length = length
        self._name = name
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def get(self, position: int, length: int) -> bytes:
        """The bytes there, fewer at the end of the file. EOFError when the segment is shorter than it says."""
        wanted = max(0, min(length, self.length - position))
        found = os.pread(self.files.descriptor, wanted, self.start + position)
        if len(found) < wanted:
            raise EOFError(f"{self._name} is cut short")
        return found

    def subset(self, position: int, length: int, name: str | None = None) -> SegmentFile:
        return SegmentFile(self.files, self.start + position, length, name=name or self._name)

    @cached_property
    def file(self) -> io.BufferedReader:
        """Reads a twin, for a file that held itself would keep its descriptor until garbage is collected."""
        return io.BufferedReader(_StretchReader(self.subset(0, self.length)))


class _StretchReader(io.RawIOBase):
    """Reads a stretch from its beginning to its end, as a file does."""

    def __init__(self, stretch: SegmentFile) -> None:
        self._stretch = stretch
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self._stretch.get(self._place, len(buffer))
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        base_of = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._stretch.length}
        self._place = base_of[whence] + place
        return self._place

    def tell(self) -> int:
        return self._place


def read_segments_in_place() -> None:
    """Have Whoosh open segments in this way from now on, in this process."""
    base.CompoundStorage = SegmentFiles

"""A file of named arrays as they stand in memory, mapped by all processes from one page cache.

    diwan-arrays\\n | arrays, each at a multiple of 64 bytes | header, JSON | length of the header, checksum, 16 bytes

The header names the arrays and what they are of; the checksum is of all before it. A file appears whole or not at
all; one that is missing, short, foreign or damaged is not used. One that is cut where it lies, while it is mapped, ends
the process that reads beyond the cut (SIGBUS); so whoever keeps arrays asks before reading whether it is as it was.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import struct
import tempfile
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from search.engine.whoosh.files.mapped import checksum as checksum_of
from search.engine.whoosh.files.mapped import map_whole

logger = logging.getLogger("search")

_MAGIC = b"diwan-arrays\n"
_ALIGNED = 64
_END = struct.Struct("<QQ")


class Stamp(NamedTuple):
    """What tells a file that was changed from what it was."""

    inode: int
    size: int
    changed_at: int

    @classmethod
    def of(cls, file: Path | int) -> Stamp:
        """That of a path or a descriptor; OSError."""
        found = file.stat() if isinstance(file, Path) else os.fstat(file)
        return cls(found.st_ino, found.st_size, found.st_mtime_ns)


class MappedFile:
    """A file mapped for reading. OSError, or ValueError for an empty one."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._descriptor = os.dup(file.fileno())
            weakref.finalize(self, os.close, self._descriptor)
            self._stamp = Stamp.of(self._descriptor)
            self.pages = map_whole(file)

    def checksum(self, length: int) -> int:
        """That of its beginning, read and not mapped."""
        with open(self._descriptor, "rb", closefd=False) as file:
            return checksum_of(file, length)

    def is_as_mapped(self) -> bool:
        """Whether nobody wrote to the file since, or cut it; that it was deleted or replaced does no harm. O(1)."""
        return Stamp.of(self._descriptor) == self._stamp


class ArraysFile(NamedTuple):
    """What was read: the header's own part and the arrays, which are views of the mapped file."""

    header: dict[str, Any]
    arrays: dict[str, NDArray]
    file: MappedFile


class ArraysWriter:
    """Takes arrays one after the other, each whole or in pieces, so that none has to be held in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._place = 0
        self._checksum = 0
        self._arrays: dict[str, tuple[str, int]] = {}
        self._write(_MAGIC)
        self._pad()

    def add(self, name: str, kind: DTypeLike, pieces: Iterable[NDArray]) -> None:
        """Write one array of numbers of this kind."""
        length = 0
        for piece in pieces:
            self._write(np.ascontiguousarray(piece, kind).tobytes())
            length += len(piece)
        self._arrays[name] = np.dtype(kind).str, length
        self._pad()

    def finish(self, about: Mapping[str, Any], header: Mapping[str, Any]) -> None:
        """Write what the arrays are of; nothing can be added behind it."""
        written = json.dumps({"about": dict(about), "own": dict(header), "arrays": self._arrays}).encode()
        self._write(written)
        self._file.write(_END.pack(len(written), self._checksum))

    def _pad(self) -> None:
        self._write(bytes(-self._place % _ALIGNED))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._place += len(data)
        self._checksum = zlib.crc32(data, self._checksum)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[ArraysWriter]:
    """Write a file, which takes its name when the block ends well and leaves no trace when it does not."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # Whoosh clears away what a kill leaves
    try:
        with os.fdopen(handle, "wb") as file:
            yield ArraysWriter(file)
            file.flush()
            os.fsync(handle)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


class ArraysDamaged(Exception):
    """A file is not the whole file of what is asked for."""


def open_arrays(path: Path, about: Mapping[str, Any]) -> ArraysFile:
    """Map the file; OSError, ArraysDamaged. O(its bytes), for the checksum."""
    try:
        return _read(MappedFile(path), about)
    except (ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise ArraysDamaged(f"{path.name}: {error}") from error


def read_arrays(path: Path, about: Mapping[str, Any]) -> ArraysFile | None:
    """The same; None where there is no such file, or one that is not to be used."""
    try:
        return open_arrays(path, about)
    except FileNotFoundError:
        return None
    except (OSError, ArraysDamaged) as error:
        logger.warning("arrays are not used: %s", error)
        return None


def discard(path: Path) -> None:
    """Take away a file that cannot be trusted. Who has it mapped looks at it again, for its time changes."""
    with contextlib.suppress(OSError):
        os.utime(path)
        path.unlink()


def _read(file: MappedFile, about: Mapping[str, Any]) -> ArraysFile:
    pages = file.pages
    body = np.frombuffer(pages, np.uint8)
    length, checksum = _END.unpack(pages[-_END.size :])
    end = len(body) - _END.size
    if pages[: len(_MAGIC)] != _MAGIC or length > end:
        raise ValueError("another kind of file, or a short one")
    header = json.loads(pages[end - length : end])
    if header["about"] != dict(about):
        raise ValueError("of another segment")
    if _size(header["arrays"]) != end - length:
        raise ValueError("not of the size that its arrays have")
    if file.checksum(end) != checksum:
        raise ValueError("damaged")
    return ArraysFile(header["own"], _arrays(body, header["arrays"]), file)


def _size(described: Mapping[str, tuple[str, int]]) -> int:
    """Where the header begins: behind the arrays."""
    sizes = (count * np.dtype(kind).itemsize for kind, count in described.values())
    return _ALIGNED + sum(size + -size % _ALIGNED for size in sizes)


def _arrays(body: NDArray[np.uint8], described: Mapping[str, tuple[str, int]]) -> dict[str, NDArray]:
    arrays, start = {}, _ALIGNED
    for name, (kind, count) in described.items():
        size = count * np.dtype(kind).itemsize
        arrays[name] = body[start : start + size].view(kind)
        start += size + -size % _ALIGNED
    return arrays

"""One file compressed by gzip, bzip2 or xz: read while it unpacks, and no further once it unpacks to too much."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, Any, Final
from zipfile import BadZipFile

from archive.intake.reading.items import Found, Reason, SetAside, Whole, gettext_noop

SUFFIXES: Final = (".gz", ".bz2", ".xz")
OPENERS: Final[dict[bytes, Callable[[Any], Any]]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
BROKEN: Final = gettext_noop("The compressed file is damaged: %(what)s.")
BOMB: Final = gettext_noop("It unpacks to more than %(ratio)d times its size, and is not read.")
TOO_DEEP: Final = gettext_noop("A bundle within a bundle is not read.")
_FREE: Final = 4 * 1024 * 1024  # bytes that anything may unpack to
# What the readers of bundles raise where bytes are not as they should be; of `NotImplementedError`, packing unheard of.
DAMAGED: Final = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    BadZipFile,
    ValueError,
    LookupError,
    RuntimeError,
)


class TooMuch(Exception):
    """More is unpacked than the bundle's size accounts for."""


class Measured(io.RawIOBase):
    """A file that is unpacked while it is read; TooMuch once it gives more than `ratio` times what it was."""

    def __init__(self, file: IO[bytes], packed: int, ratio: int) -> None:
        self._file, self._most, self._place = file, max(_FREE, packed * ratio), 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        self._place += len(piece)
        if self._place > self._most:
            raise TooMuch
        return len(piece)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        self._place = self._file.seek(place, whence)
        return self._place

    def tell(self) -> int:
        return self._place

    def close(self) -> None:
        self._file.close()
        super().close()


def measured(file: IO[bytes], packed: int, ratio: int) -> io.BufferedReader:
    return io.BufferedReader(Measured(file, packed, ratio), 1 << 16)


def read_squeezed(whole: Whole) -> Iterator[Found]:
    """What lies in a compressed file, which keeps its name without the last part."""
    if whole.depth > 1:
        yield SetAside(whole.name, Reason(TOO_DEEP), refused=True)
        return
    packed = whole.file.seek(0, os.SEEK_END)
    whole.file.seek(0)
    head = whole.file.read(6)
    whole.file.seek(0)
    opener = next(opener for magic, opener in OPENERS.items() if head.startswith(magic))
    name = whole.name.removesuffix(next((end for end in SUFFIXES if whole.name.lower().endswith(end)), ""))
    with measured(opener(whole.file), packed, whole.bounds.ratio) as file:
        yield from guarded(whole.inner(file, ""), name)


def guarded(inner: Whole, name: str) -> Iterator[Found]:
    """What a member gives, and a line for what stops it: damage, or more than it may unpack to."""
    inner = replace(inner, name=name)
    try:
        yield from inner.read_within(inner)
    except TooMuch:
        yield SetAside(name, Reason(BOMB, {"ratio": inner.bounds.ratio}), refused=True)
    except DAMAGED as error:
        yield SetAside(name, Reason(BROKEN, {"what": str(error)[:200] or type(error).__name__}), refused=True)

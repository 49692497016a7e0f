"""Caches of what was made once and may be asked for again: bytes and whole numbers, never objects.

Django's own caches keep pickles, which may run as they are read; whoever can write to a folder or to a server of caches
could then run anything. Here all that is read is data. What cannot be read is made anew.
"""

from __future__ import annotations

import logging
import os
import struct
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

logger = logging.getLogger("config")
EXPIRY: Final = struct.Struct("<d")  # seconds since 1970; infinity for what is kept as long as there is room
NEVER: Final = float("inf")


class PlainSerializer:
    """Bytes as they are behind an equals sign, whole numbers as the server counts them."""

    def dumps(self, value: object) -> bytes | int:
        if isinstance(value, bytes):
            return b"=" + value
        if type(value) is int:
            return value
        raise TypeError(f"caches hold bytes and whole numbers, not {type(value).__name__}")

    def loads(self, held: bytes) -> bytes | int | None:
        """What was kept; None for what is neither, and for what another program put there."""
        if held[:1] == b"=":
            return held[1:]
        return int(held) if held.removeprefix(b"-").isdigit() else None


PLAIN: Final = PlainSerializer()


class PlainFileCache(FileBasedCache):
    """A folder of files, for all processes of a machine. When it is full, what was asked for longest ago goes."""

    _key_to_file: Callable[[str, int | None], str]
    _delete: Callable[[str], bool]
    _list_cache_files: Callable[[], list[str]]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        place = self._key_to_file(key, version)
        try:
            with Path(place).open("rb") as file:
                if not self._is_expired(file):
                    os.utime(file.fileno())
                    return PLAIN.loads(zlib.decompress(file.read()))
        except FileNotFoundError:
            pass
        except zlib.error:
            logger.warning("a damaged file of a cache was thrown away: %s", place)
            self._delete(place)
        return default

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        raise NotImplementedError("what is asked for stays")

    def _write_content(self, file: IO[bytes], timeout: Any, value: object) -> None:
        expiry = self.get_backend_timeout(timeout)
        held = PLAIN.dumps(value)
        file.write(EXPIRY.pack(NEVER if expiry is None else expiry))
        file.write(zlib.compress(held if isinstance(held, bytes) else str(held).encode()))

    def _is_expired(self, file: IO[bytes]) -> bool:
        begin = file.read(EXPIRY.size)
        if len(begin) == EXPIRY.size and EXPIRY.unpack(begin)[0] >= time.time():
            return False
        self._delete(file.name)
        return True

    def _cull(self) -> None:
        files = self._list_cache_files()
        if len(files) < self._max_entries:
            return
        for place in sorted(files, key=_asked_for)[: max(1, len(files) // self._cull_frequency)]:
            self._delete(place)


def _asked_for(place: str) -> int:
    with suppress(OSError):
        return Path(place).stat().st_mtime_ns
    return 0

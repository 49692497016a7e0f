"""Django's cache of files, whose files may hold plain values alone: nothing that is read from them can run."""

from __future__ import annotations

import pickle
import time
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class PlainUnpickler(pickle.Unpickler):
    """Reads numbers, words, bytes, and rows and tables of these; UnpicklingError for whatever names something."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"a kept file names {module}.{name}")


class PlainFileCache(FileBasedCache):
    """`django.core.cache.backends.filebased.FileBasedCache`, but for how its files are read."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            with Path(self._key_to_file(key, version)).open("rb") as file:  # type: ignore[attr-defined]
                if not self._is_expired(file):
                    return PlainUnpickler(BytesIO(zlib.decompress(file.read()))).load()
        except FileNotFoundError:
            pass
        return default

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        held = self.get(key, self, version)
        if held is self:
            return False
        self.set(key, held, timeout, version)
        return True

    def _is_expired(self, file: BinaryIO) -> bool:
        """Read when a file expires; one that has is closed and removed."""
        try:
            expires = PlainUnpickler(file).load()
        except EOFError:
            expires = 0
        if expires is not None and expires < time.time():
            file.close()
            self._delete(file.name)  # type: ignore[attr-defined]
            return True
        return False

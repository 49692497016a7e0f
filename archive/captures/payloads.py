"""The payload store: immutable bytes named by their SHA-256 digest, in a folder or in a bucket of an object store."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from django.conf import settings
from django.core.files.storage import storages
from django.utils.module_loading import import_string

from archive.captures.plain_files import open_below

DIGEST = re.compile(r"[0-9a-f]{64}")
# What systems say that have no files without names, or no way to name one.
NO_NAMELESS: Final = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT, errno.EXDEV, errno.EPERM}


AT_ONCE: Final = 8  # payloads on their way
IN_BUCKETS: Final = "archive.captures.buckets.PayloadBucket"  # loads the client of such stores, which most have not
Given = TypeVar("Given")
Done = TypeVar("Done")


class PayloadsUnreachable(OSError):
    """Nobody knows whether the bytes are there: their store does not answer, or not as it should."""


def side_by_side(do: Callable[[Given], Done], given: Iterable[Given]) -> Iterator[Done]:
    """What `do` gives for each, in order, with some on their way at a time; what one raises ends all, the others done.

    A disk makes many files safe in the time of one, and an object store is mostly waited for.
    """
    rest = iter(given)
    with ThreadPoolExecutor(AT_ONCE, "payloads") as threads:
        while batch := [threads.submit(do, one) for one in islice(rest, AT_ONCE)]:
            yield from [one.result() for one in batch]


class Payloads(ABC):
    """Bytes under their digest: a payload is written once and never changed."""

    @abstractmethod
    def put(self, payload: bytes) -> str:
        """Keep `payload` and return its digest; it is complete, and safe, when this returns."""

    @abstractmethod
    def get(self, digest: str) -> bytes:
        """The bytes under `digest`, damaged ones too; FileNotFoundError when they are not held."""

    @abstractmethod
    def has(self, digest: str) -> bool:
        """Whether there are bytes under this digest; they may be damaged."""

    @abstractmethod
    def present_digest(self, digest: str) -> str:
        """The digest that the bytes under `digest` have now; OSError when they cannot be read."""

    @abstractmethod
    def mend(self, payload: bytes) -> bool:
        """Put bytes back that are damaged or gone; False when they are intact."""

    @abstractmethod
    def remove(self, digest: str) -> None:
        """Take away bytes that no capture names."""

    @abstractmethod
    def digests(self) -> Iterator[str]:
        """Every digest held, in order."""

    @staticmethod
    def digest(payload: bytes) -> str:
        """The SHA-256 digest in hex, the name of the payload."""
        return hashlib.sha256(payload).hexdigest()

    def is_intact(self, digest: str) -> bool:
        """Whether the bytes are held and still have their digest."""
        try:
            return self.present_digest(digest) == digest
        except FileNotFoundError:
            return False

    @staticmethod
    def place(digest: str) -> tuple[str, str]:
        """The folder of a payload and its name there; ValueError for what is no digest."""
        if not DIGEST.fullmatch(digest):
            raise ValueError(f"not a SHA-256 digest: {digest!r}")
        return digest[:2], digest[2:]


class PayloadStore(Payloads):
    """A folder of files, `ab/cdef….` below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, payload: bytes) -> str:
        digest = self.digest(payload)
        path = self.path(digest)
        if not path.exists():
            self._write(path, payload)
        return digest

    def get(self, digest: str) -> bytes:
        with self._open(digest) as file:
            return file.read()

    def path(self, digest: str) -> Path:
        return self.root.joinpath(*self.place(digest))

    def has(self, digest: str) -> bool:
        return self.path(digest).exists()

    def present_digest(self, digest: str) -> str:
        """What a link leads to has no digest; files are read piece by piece."""
        with self._open(digest) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def mend(self, payload: bytes) -> bool:
        digest = self.digest(payload)
        with suppress(OSError):
            if self.is_intact(digest):
                return False
        self._write(self.path(digest), payload)
        return True

    def remove(self, digest: str) -> None:
        self.path(digest).unlink(missing_ok=True)

    def digests(self) -> Iterator[str]:
        """Every digest held, in order; what a link leads to is not held."""
        for folder in sorted(self.root.glob("??")):
            if not folder.is_symlink():
                yield from filter(DIGEST.fullmatch, (folder.name + path.name for path in sorted(folder.iterdir())))

    def _open(self, digest: str) -> BufferedReader:
        """The file of a payload; OSError where a link, a pipe or a device is in its place."""
        parts = self.path(digest).relative_to(self.root).parts
        return open_below(self.root, parts)

    def _write(self, path: Path, payload: bytes) -> None:
        """A reader sees the whole payload or none; where the system has files without names, a kill leaves nothing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self._written_without_a_name(path, payload):
            self._written_beside(path, payload)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)  # the name is safe too
        finally:
            os.close(folder)

    @staticmethod
    def _written_without_a_name(path: Path, payload: bytes) -> bool:
        """Write a new payload to a file that is given its name when it is complete; False where that cannot be done."""
        if path.exists() or not hasattr(os, "O_TMPFILE"):
            return False
        try:
            descriptor = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o400)
        except OSError as error:
            if error.errno in NO_NAMELESS:
                return False
            raise
        with os.fdopen(descriptor, "wb") as file:
            file.write(payload)
            file.flush()
            os.fsync(descriptor)
            try:
                # Only where a folder is named Python has the system follow the link of /proc to the file.
                os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor, follow_symlinks=True)
            except FileExistsError:  # another process has written the same
                return True
            except OSError as error:
                if error.errno in NO_NAMELESS:
                    return False
                raise
        return True

    @staticmethod
    def _written_beside(path: Path, payload: bytes) -> None:
        """Write to a file beside, then give it the name of the payload, also in the place of a damaged one."""
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(payload)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o400)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def store() -> Payloads:
    """The archive's own store: the bucket that `DIWAN_CAPTURES` names, else the folder `CAPTURES_DIR`."""
    if "captures" in settings.STORAGES:
        bucket: Payloads = import_string(IN_BUCKETS)(storages["captures"])
        return bucket
    return PayloadStore(Path(settings.CAPTURES_DIR))

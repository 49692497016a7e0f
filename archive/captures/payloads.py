"""The payload store: immutable files named by the SHA-256 digest of their bytes."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import Final

from django.conf import settings

from archive.captures.plain_files import open_below

DIGEST = re.compile(r"[0-9a-f]{64}")
# What systems say that have no files without names, or no way to name one.
NO_NAMELESS: Final = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT, errno.EXDEV, errno.EPERM}


class PayloadStore:
    """Keep bytes under their digest: `ab/cdef….` below `root`; a payload is written once and never changed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, payload: bytes) -> str:
        """Keep `payload` and return its digest; the file is complete and on disk when this returns."""
        digest = self.digest(payload)
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write(path, payload)
        return digest

    @staticmethod
    def digest(payload: bytes) -> str:
        """The SHA-256 digest in hex, the name of the payload."""
        return hashlib.sha256(payload).hexdigest()

    def get(self, digest: str) -> bytes:
        """The bytes under `digest`; FileNotFoundError when they are not held."""
        with self._open(digest) as file:
            return file.read()

    def path(self, digest: str) -> Path:
        if not DIGEST.fullmatch(digest):
            raise ValueError(f"not a SHA-256 digest: {digest!r}")
        return self.root / digest[:2] / digest[2:]

    def holds(self, payload: bytes) -> bool:
        """Whether there is a file for these bytes; it may be damaged."""
        return self.path(self.digest(payload)).exists()

    def is_intact(self, digest: str) -> bool:
        """Whether the bytes are held and still have their digest."""
        try:
            return self.present_digest(digest) == digest
        except FileNotFoundError:
            return False

    def present_digest(self, digest: str) -> str:
        """The digest that the bytes under `digest` have now, read piece by piece; OSError when they cannot be read."""
        with self._open(digest) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def mend(self, payload: bytes) -> bool:
        """Put bytes back whose file is damaged or gone; False when it is intact."""
        digest = self.digest(payload)
        with suppress(OSError):
            if self.is_intact(digest):
                return False
        self.path(digest).parent.mkdir(parents=True, exist_ok=True)
        self._write(self.path(digest), payload)
        return True

    def remove(self, digest: str) -> None:
        """Take away bytes that no capture names."""
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
        if not self._written_without_a_name(path, payload):
            self._written_beside(path, payload)

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


def store() -> PayloadStore:
    """The archive's own store, in the folder of the setting `CAPTURES_DIR`."""
    return PayloadStore(Path(settings.CAPTURES_DIR))

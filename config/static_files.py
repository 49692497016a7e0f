"""Style sheets, scripts and fonts: collected under names that tell their content, listed in a manifest.

A page names each file by the manifest. Without it no page can be made, so it is asked for before the archive serves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command

STAMP = ".collected"  # in the folder of collected files: the digest of what they were collected from


def collect(say: Callable[[str], object] = str) -> bool:
    """Collect the files unless those of this code are collected; whether that was needed.

    Files of earlier releases stay beside them, for the pages that readers still have open.
    """
    wanted = _digest()
    stamp = Path(settings.STATIC_ROOT) / STAMP
    if stamp.is_file() and stamp.read_text() == wanted and not _missing(_all()):
        return False
    say("Static files: collecting …")
    for path, storage in _sources():
        copy = Path(settings.STATIC_ROOT) / path
        if copy.is_file() and copy.read_bytes() != _read(storage, path):
            copy.unlink()  # its time may be newer than that of the file that it is to be replaced by
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)
    return True


def lacking() -> str:
    """What this process misses of them, "" when nothing; some `stat`s, cheap enough to ask every few seconds."""
    if settings.DEBUG or not isinstance(staticfiles_storage, ManifestFilesMixin):
        return ""
    if not staticfiles_storage.hashed_files:
        return "not collected, or after this process was started"
    missing = _missing(_own())
    return f"missing: {', '.join(missing)}" if missing else ""


def _missing(names: tuple[str, ...]) -> list[str]:
    """Those of these files that the manifest does not name, or that are not where it says."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return [name for name in names if not staticfiles_storage.exists(name)]
    held = staticfiles_storage.hashed_files
    return [name for name in names if name not in held or not staticfiles_storage.exists(held[name])]


@cache
def _own() -> tuple[str, ...]:
    """The files of Diwan itself, without those of the libraries."""
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    own = [path.relative_to(folder) for folder in folders for path in folder.rglob("*") if path.is_file()]
    return tuple(sorted(map(str, own)))


def _all() -> tuple[str, ...]:
    return tuple(path for path, _storage in _sources())


def _sources() -> Iterator[tuple[str, Any]]:
    """Every file that is to be collected, and where it is kept."""
    for finder in get_finders():
        yield from finder.list([])


def _digest() -> str:
    """SHA-256 of the names and bytes of all files, and of what collects them."""
    told = hashlib.sha256(str(settings.STORAGES["staticfiles"]["BACKEND"]).encode())
    for path, storage in sorted(_sources(), key=lambda found: found[0]):
        told.update(f"{path}\0".encode() + _read(storage, path) + b"\0")
    return told.hexdigest()


def _read(storage: Any, path: str) -> bytes:
    with storage.open(path) as file:
        return bytes(file.read())

"""The manifest of an index: size and SHA-256 digest of every file that a commit wrote, so that damage is noticed.

Whoosh has no checksums: four of five flipped bits in a segment change answers without an error. `manifest.json` is
replaced before a commit becomes visible and names the files of the state before and after it, so that whichever state
a crash leaves is vouched for. Sizes are compared whenever a new state is opened (a `stat` a file), digests by
`manage.py check_index`, by the writer when it starts, and by the writer every four minutes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.json"
TOC = re.compile(r"_MAIN_([0-9]+)\.toc")


@dataclass(frozen=True, slots=True)
class FileDigest:
    """What a file was when it was written."""

    size: int
    sha256: str


class ManifestUnreadable(Exception):
    """The manifest is missing or is not what was written."""


def describe(path: Path) -> FileDigest:
    """Size and digest of a file, which is on disk when this returns."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return FileDigest(file.tell(), digest)


def read(folder: Path) -> dict[str, FileDigest]:
    """The manifest of an index; ManifestUnreadable when there is none or one letter of it changed."""
    try:
        held = json.loads((folder / MANIFEST).read_bytes())
        files, seal = held["files"], held["seal"]
        if _seal(files) != seal:
            raise ManifestUnreadable(f"{MANIFEST} is not what was written")
        return {name: FileDigest(size, sha256) for name, (size, sha256) in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestUnreadable(f"{MANIFEST} cannot be read: {error!r}") from error


def write(folder: Path, entries: Mapping[str, FileDigest]) -> None:
    """Replace the manifest in one step; it is on disk when this returns."""
    files = {name: [entry.size, entry.sha256] for name, entry in sorted(entries.items())}
    put(folder / MANIFEST, json.dumps({"files": files, "seal": _seal(files)}, indent=1).encode())


def put(path: Path, content: bytes) -> None:
    """Write a file beside, flush it to disk and rename it: whoever reads sees the old file or the new one."""
    fresh = path.with_name(f"{path.name}.fresh")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def damaged(folder: Path, names: Iterable[str], *, thoroughly: bool = True) -> list[str]:
    """Files that are missing, not vouched for, or not what was written. ManifestUnreadable.

    `thoroughly` reads all of them; else their sizes are compared, by one `stat` a file.
    """
    entries = read(folder)
    return [name for name in names if name not in entries or not _is(folder / name, entries[name], thoroughly)]


def _is(path: Path, entry: FileDigest, thoroughly: bool) -> bool:
    try:
        if not thoroughly or path.stat().st_size != entry.size:
            return path.stat().st_size == entry.size
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256
    except OSError:
        return False


def _seal(files: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()

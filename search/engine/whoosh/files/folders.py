"""Where an index lies on disk: one folder an index, and `current`, a link that is swapped in one step.

    var/index/current -> 20261121T101500-3f2a
    var/index/20261121T101500-3f2a/   Whoosh's files, fingerprint.json and manifest.json
    var/index/writer.lock

A reader that holds the old folder open goes on reading it after the swap. The folders hold pickles, so nobody else
may write here: mode 0700.
"""

from __future__ import annotations

import datetime
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from search.engine.locking import writers_lock
from search.engine.whoosh.files.manifest import put, sync_folder

FINGERPRINT = "fingerprint.json"
CONDEMNED = "condemned"


class IndexFolders:
    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def link(self) -> Path:
        return self.root / "current"

    def current(self) -> Path | None:
        """The folder that is served, None when there is none."""
        try:
            folder = self.root / self.link.readlink()
        except OSError:
            return None
        return folder if folder.is_dir() else None

    def create(self) -> Path:
        """A new empty folder beside the one that is served."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S")
        folder = self.root / f"{stamp}-{secrets.token_hex(2)}"
        folder.mkdir(mode=0o700)
        return folder

    def swap(self, folder: Path) -> None:
        """Serve `folder` from now on, in one step, and remove what was served before."""
        fresh = self.root / f".current-{secrets.token_hex(4)}"
        fresh.symlink_to(folder.name)
        fresh.replace(self.link)
        sync_folder(self.root)
        self.remove_others(folder)

    def remove_others(self, kept: Path | None) -> None:
        """Remove every folder but `kept`: earlier indexes and what a killed rebuild left behind."""
        for path in self.root.iterdir():
            if path.name.startswith(".current-"):
                path.unlink(missing_ok=True)
            elif path.is_dir() and not path.is_symlink() and path != kept:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def writing(self, *, wait: bool = False) -> Iterator[None]:
        """Hold the writer's lock, which the kernel frees when its process ends; WriterBusy when it is taken."""
        with writers_lock(self.root, wait=wait):
            yield


def write_fingerprint(folder: Path, fingerprint: Mapping[str, str]) -> None:
    put(folder / FINGERPRINT, json.dumps(dict(fingerprint), indent=1, ensure_ascii=False).encode())


def read_fingerprint(folder: Path) -> dict[str, str]:
    """The fingerprint of an index, empty when it has none that can be read."""
    try:
        return dict(json.loads((folder / FINGERPRINT).read_text()))
    except (OSError, ValueError):
        return {}


def condemn(folder: Path, reason: str) -> None:
    """Have every process refuse this index, whose files are damaged, until another is swapped in."""
    put(folder / CONDEMNED, reason.encode())


def condemned(folder: Path) -> str:
    """Why an index is not to be served, "" when nobody condemned it."""
    try:
        return (folder / CONDEMNED).read_text() or "damaged"
    except OSError:
        return ""

"""Snapshots of SQLite: one file, by its own backup."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from django.conf import settings

from archive.captures.plain_files import open_below
from config.snapshots import BackupError, sync

DATABASE: Final = "diwan.sqlite3"
OF_POSTGRESQL: Final = "diwan.pgdump"


class SqliteSnapshots:
    files: tuple[str, ...] = (DATABASE,)

    def __init__(self) -> None:
        self.path = Path(str(settings.DATABASES["default"]["NAME"]))

    def __str__(self) -> str:
        return str(self.path)

    def take(self, folder: Path) -> None:
        """One consistent state, by SQLite's own backup, while others read and write."""
        if not self.path.exists():
            raise BackupError(f"There is no database at {self.path}.")
        target = folder / DATABASE
        with closing(sqlite3.connect(self.path)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)
            there.execute("PRAGMA journal_mode=DELETE")
            there.execute("DELETE FROM curation_sender")  # traces of readers are to be forgotten within the hour
            there.commit()
            if there.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupError("The database is damaged: PRAGMA integrity_check says more.")
        target.chmod(0o600)

    def named(self, folder: Path) -> Iterator[str]:
        return _named(folder / DATABASE)

    def holds_captures(self) -> bool:
        try:
            return self.path.exists() and any(True for _digest in _named(self.path))
        except sqlite3.OperationalError:
            return False  # no tables yet

    def put_back(self, folder: Path) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_name(f"{self.path.name}.part")
        with open_below(folder, (DATABASE,)) as source, part.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        sync(part)
        part.replace(self.path)

    def other_than(self, folder: Path) -> str:
        told = f"{folder} is a backup of PostgreSQL: restore it with DIWAN_DATABASE naming an empty database."
        return told if (folder / OF_POSTGRESQL).exists() else ""


def _named(database: Path) -> Iterator[str]:
    with closing(sqlite3.connect(database)) as held:
        columns = {name for _number, name, *_rest in held.execute("PRAGMA table_info(captures_capture)")}
        kept = "WHERE erased_at IS NULL" if "erased_at" in columns else ""  # not in backups of earlier releases
        for (digest,) in held.execute(f"SELECT payload_digest FROM captures_capture {kept} ORDER BY 1"):  # noqa: S608
            yield digest

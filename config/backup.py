"""A backup: a snapshot of the database and the captured bytes that it names, with a manifest of every digest.

The index, static files and pictures are made anew from these two. Payloads never change and are never removed, so what
a snapshot of the database names is there to be copied after it, whatever is written meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from archive.captures.payloads import PayloadStore, store
from archive.captures.plain_files import open_below

DATABASE = "diwan.sqlite3"
MANIFEST = "manifest.json"
CAPTURES = "captures"
FORMAT = 1


class BackupError(Exception):
    """Why a backup cannot be made or restored, in words for the operator."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds: payloads, and captures whose bytes were damaged or gone when it was made."""

    payloads: int
    lost: tuple[str, ...] = ()


def back_up(folder: Path) -> BackupReport:
    """Write a backup to a new folder, which appears when it is complete; what is damaged here is named, not copied."""
    source = _own_database()
    if os.path.lexists(folder):
        raise BackupError(f"{folder} exists; name a folder that does not.")
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(mode=0o700, parents=True)
        report = _write(source, part)
        part.rename(folder)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError | sqlite3.Error):
            raise BackupError(f"{folder} cannot be written: {getattr(error, 'strerror', None) or error}.") from error
        raise
    return report


def _write(source: Path, part: Path) -> BackupReport:
    _snapshot(source, part / DATABASE)
    report = _copy_payloads(part)
    told = {"format": FORMAT, "database": _digest(part / DATABASE), "payloads": report.payloads, "lost": report.lost}
    (part / MANIFEST).write_text(json.dumps(told, indent=1), "utf-8")
    for path in (part / DATABASE, part / MANIFEST, part):
        _sync(path)
    return report


def restore(folder: Path) -> BackupReport:
    """Put a backup into an empty state folder; every digest is compared before anything is written."""
    report = _verified(folder)
    target = _own_database()
    if _holds_captures(target):
        raise BackupError(f"{target} holds an archive; restore into an empty folder (DIWAN_VAR).")
    connection.close()
    try:
        _put_in_place(folder, target)
    except OSError as error:
        raise BackupError(f"{target.parent} cannot be written: {error.strerror or error}.") from error
    return report


def _put_in_place(folder: Path, target: Path) -> None:
    """Payloads first, the database that names them last: what is stopped half way is no archive yet."""
    held = PayloadStore(folder / CAPTURES)
    for digest in held.digests():
        store().mend(held.get(digest))
    for ending in ("", "-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with open_below(folder, (DATABASE,)) as source, part.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    _sync(part)
    part.replace(target)


def _own_database() -> Path:
    if connection.vendor != "sqlite":
        raise BackupError("The database is not SQLite: use pg_dump and pg_restore, and copy the folder of captures.")
    return Path(str(settings.DATABASES["default"]["NAME"]))


def _snapshot(source: Path, target: Path) -> None:
    """One consistent state, by SQLite's own backup, while others read and write."""
    if not source.exists():
        raise BackupError(f"There is no database at {source}.")
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
        there.execute("DELETE FROM curation_sender")  # traces of readers are to be forgotten within the hour
        there.commit()
        if there.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError("The database is damaged: PRAGMA integrity_check says more.")
    target.chmod(0o600)


def _copy_payloads(part: Path) -> BackupReport:
    """Copy what the snapshot names, each compared with its digest; OSError when it cannot be written."""
    copies, count, lost = PayloadStore(part / CAPTURES), 0, []
    for digest in _named(part / DATABASE):
        try:
            payload = store().get(digest)
        except OSError:
            lost.append(digest)
            continue
        if copies.digest(payload) == digest:
            copies.put(payload)
            count += 1
        else:
            lost.append(digest)
    return BackupReport(count, tuple(lost))


def _named(database: Path) -> Iterator[str]:
    with closing(sqlite3.connect(database)) as held:
        columns = {name for _number, name, *_rest in held.execute("PRAGMA table_info(captures_capture)")}
        kept = "WHERE erased_at IS NULL" if "erased_at" in columns else ""  # not in backups of earlier releases
        for (digest,) in held.execute(f"SELECT payload_digest FROM captures_capture {kept} ORDER BY 1"):  # noqa: S608
            yield digest


def _verified(folder: Path) -> BackupReport:
    try:
        with open_below(folder, (MANIFEST,)) as file:
            told = json.loads(file.read())
        intact = told["format"] == FORMAT and _digest(folder / DATABASE) == told["database"]
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(f"{folder} is no backup, or an incomplete one: {error}") from error
    if (folder / CAPTURES).is_symlink():
        raise BackupError(f"{folder / CAPTURES} is a link; the captures of a backup lie in it.")
    if not intact:
        raise BackupError(f"{folder / DATABASE} is not what was backed up: its digest differs.")
    held, lost = PayloadStore(folder / CAPTURES), set(told["lost"])
    for digest in _named(folder / DATABASE):
        if digest not in lost and not held.is_intact(digest):
            raise BackupError(f"{held.path(digest)} is damaged or missing.")
    return BackupReport(int(told["payloads"]), tuple(told["lost"]))


def _holds_captures(database: Path) -> bool:
    try:
        return database.exists() and any(True for _digest in _named(database))
    except sqlite3.OperationalError:
        return False  # no tables yet


def _digest(path: Path) -> str:
    with open_below(path.parent, (path.name,)) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

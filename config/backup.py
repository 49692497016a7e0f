"""A backup: a snapshot of the database and the captured bytes that it names, with a manifest of every digest.

The index, static files and pictures are made anew from these two. Payloads never change and are never removed, so what
a snapshot of the database names is there to be copied after it, whatever is written meanwhile. How a snapshot is made
and put back, `config.snapshots` says for SQLite and for PostgreSQL.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection

from archive.captures.payloads import PayloadStore, PayloadsUnreachable, side_by_side, store
from archive.captures.plain_files import open_below
from config.snapshots import BackupError, Snapshots, sync
from config.snapshots.postgresql import PostgresqlSnapshots
from config.snapshots.sqlite import SqliteSnapshots

MANIFEST = "manifest.json"
CAPTURES = "captures"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds: payloads, and captures whose bytes were damaged or gone when it was made."""

    payloads: int
    lost: tuple[str, ...] = ()


def back_up(folder: Path) -> BackupReport:
    """Write a backup to a new folder, which appears when it is complete; what is damaged here is named, not copied."""
    if os.path.lexists(folder):
        raise BackupError(f"{folder} exists; name a folder that does not.")
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(mode=0o700, parents=True)
        report = _write(part)
        part.rename(folder)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError | sqlite3.Error | DatabaseError):
            raise BackupError(f"{folder} cannot be written: {getattr(error, 'strerror', None) or error}.") from error
        raise
    return report


def _write(part: Path) -> BackupReport:
    held = _snapshots()
    held.take(part)
    report = _copy_payloads(part, held)
    digests = {name: _digest(part / name) for name in held.files}
    told = {"format": FORMAT, "database": digests.pop(held.files[0]), "payloads": report.payloads, "lost": report.lost}
    (part / MANIFEST).write_text(json.dumps(told | ({"files": digests} if digests else {}), indent=1), "utf-8")
    for name in (*held.files, MANIFEST, ""):
        sync(part / name)
    return report


def restore(folder: Path) -> BackupReport:
    """Put a backup into an empty archive; every digest is compared before anything is written."""
    held = _snapshots()
    report = _verified(folder, held)
    if held.holds_captures():
        raise BackupError(f"{held} holds an archive; restore into an empty one (DIWAN_VAR, DIWAN_DATABASE).")
    connection.close()
    try:
        _put_in_place(folder, held)
    except OSError as error:
        raise BackupError(f"{held} cannot be written: {error.strerror or error}.") from error
    return report


def _put_in_place(folder: Path, snapshots: Snapshots) -> None:
    """Payloads first, the database that names them last: what is stopped half way is no archive yet."""
    held = PayloadStore(folder / CAPTURES)
    for _is_new in side_by_side(store().mend, map(held.get, held.digests())):
        pass
    snapshots.put_back(folder)


def _snapshots() -> Snapshots:
    return SqliteSnapshots() if connection.vendor == "sqlite" else PostgresqlSnapshots()


def _copy_payloads(part: Path, held: Snapshots) -> BackupReport:
    """Copy what the snapshot names, each compared with its digest; OSError when it cannot be read or written at all."""
    copies, count, lost = PayloadStore(part / CAPTURES), 0, []

    def lost_of(digest: str) -> str:
        try:
            payload = store().get(digest)
        except PayloadsUnreachable:
            raise
        except OSError:
            return digest
        return digest if copies.digest(payload) != digest or copies.put(payload) != digest else ""

    for digest in side_by_side(lost_of, held.named(part)):
        count += not digest
        lost += [digest] if digest else []
    return BackupReport(count, tuple(lost))


def _verified(folder: Path, snapshots: Snapshots) -> BackupReport:
    try:
        with open_below(folder, (MANIFEST,)) as file:
            told = json.loads(file.read())
        if not (folder / snapshots.files[0]).exists() and (other := snapshots.other_than(folder)):
            raise BackupError(other)
        digests = {snapshots.files[0]: told["database"], **told.get("files", {})}
        if set(digests) != set(snapshots.files):
            raise KeyError("files")
        damaged = [name for name in snapshots.files if _digest(folder / name) != digests[name]]
        is_known = told["format"] == FORMAT
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(f"{folder} is no backup, or an incomplete one: {error}") from error
    if (folder / CAPTURES).is_symlink():
        raise BackupError(f"{folder / CAPTURES} is a link; the captures of a backup lie in it.")
    if damaged or not is_known:
        raise BackupError(f"{folder / (damaged or snapshots.files)[0]} is not what was backed up: its digest differs.")
    held, lost = PayloadStore(folder / CAPTURES), set(told["lost"])
    for digest in snapshots.named(folder):
        if digest not in lost and not held.is_intact(digest):
            raise BackupError(f"{held.path(digest)} is damaged or missing.")
    return BackupReport(int(told["payloads"]), tuple(told["lost"]))


def _digest(path: Path) -> str:
    with open_below(path.parent, (path.name,)) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Snapshots of PostgreSQL: pg_dump's own archive, and beside it the captures that it names; of one moment both.

pg_dump and pg_restore are those of Debian's postgresql-client, not older than the server. Neither is told a password by
its command line, which others may read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connection

from archive.captures.models import Capture
from archive.captures.plain_files import open_below
from archive.exchange.exporting import one_moment
from config.snapshots import BackupError
from config.snapshots.sqlite import DATABASE, OF_POSTGRESQL

NAMED: Final = "captures.txt"
_DJANGO_S: Final = {"cursor_factory", "context", "prepare_threshold", "client_encoding", "options", "password"}


class PostgresqlSnapshots:
    files: tuple[str, ...] = (OF_POSTGRESQL, NAMED)

    def __str__(self) -> str:
        return f"The database {connection.settings_dict['NAME']}"

    def take(self, folder: Path) -> None:
        """pg_dump and our own question see the same state, which PostgreSQL exports for them."""
        with one_moment():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_export_snapshot()")
                (moment,) = cursor.fetchone()
            with (folder / NAMED).open("x", encoding="ascii") as file:
                held = Capture.objects.filter(erased_at=None).order_by("payload_digest")
                for digest in held.values_list("payload_digest", flat=True).iterator():
                    file.write(f"{digest}\n")
            # Traces of readers are to be forgotten within the hour.
            without = (f"--exclude-table-data=*.{table}" for table in ("curation_sender", "config_requestcount"))
            told = ("--format=custom", "--no-owner", "--no-privileges", *without)
            _run("pg_dump", *told, f"--snapshot={moment}", f"--file={folder / OF_POSTGRESQL}", _address())
        for name in self.files:
            (folder / name).chmod(0o600)

    def named(self, folder: Path) -> Iterator[str]:
        with open_below(folder, (NAMED,)) as file:
            yield from file.read().decode("ascii").split()

    def holds_captures(self) -> bool:
        try:
            return Capture.objects.exists()
        except DatabaseError:
            connection.ensure_connection()  # raises where the database does not answer; else it has no tables yet
            return False

    def put_back(self, folder: Path) -> None:
        told = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _run("pg_restore", *told, f"--dbname={_address()}", str(folder / OF_POSTGRESQL))

    def other_than(self, folder: Path) -> str:
        told = (
            f"{folder} is a backup of SQLite: restore it without DIWAN_DATABASE, then move it with "
            "`manage.py copy_database`."
        )
        return told if (folder / DATABASE).exists() else ""


def _address() -> str:
    """Where the database is, as libpq takes it, without its password."""
    from psycopg.conninfo import make_conninfo  # with SQLite there need be none

    told: dict[str, Any] = connection.get_connection_params()
    return make_conninfo(**{name: value for name, value in told.items() if name not in _DJANGO_S})


def _run(program: str, *arguments: str) -> None:
    if not shutil.which(program):
        raise BackupError(f"{program} is not installed: it is of Debian's package postgresql-client.")
    password = str(connection.settings_dict["PASSWORD"])
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}")

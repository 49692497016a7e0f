"""An archive moved from SQLite to PostgreSQL: every row of every table, in one transaction, and proved equal.

The file is read as it is; nothing is written to it, and nobody writes to it meanwhile: its writer's lock is held. What
PostgreSQL cannot hold (a text longer than its field, a NUL) stops the copy, and nothing is copied. Payloads, index and
kept files of the state folder stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from config import env

SOURCE: Final = "source"  # the alias of the file
CHUNK: Final = 500  # rows in memory at a time
# What migrations fill: an empty database has them, too; the file tells what they are.
MADE_WITH_TABLES: Final = {
    "contenttypes.ContentType",
    "auth.Permission",
    "auth.Group",
    "auth.Group_permissions",
    "authorities.Revision",
    "authorities.Tally",
}
WRITTEN_BY_TRIGGERS: Final = {"authorities.Revision", "authorities.Tally"}  # while other tables are filled
Told = Callable[[int], object]
Row = tuple[Any, ...]


class CopyError(Exception):
    """Why nothing was copied, in words for the operator."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """How many rows of how many tables were copied and read again."""

    rows: int
    tables: int


def copy_database(file: Path, told: Told = int) -> CopyReport:
    """Copy the archive of an SQLite file into the database of the settings, which is empty; `told` hears of rows.

    Whole or not at all: whatever stops it, the database has no row of it, and the same may be run again.
    """
    if connection.vendor != "postgresql":
        raise CopyError("The database of the settings is not PostgreSQL: name it by DIWAN_DATABASE.")
    if not file.is_file():
        raise CopyError(f"There is no database at {file}.")
    call_command("migrate", interactive=False, verbosity=0)
    try:
        with _opened(file), transaction.atomic(using=SOURCE), transaction.atomic():
            _look_at_both(file)
            models = list(tables())
            rows = sum(_written(model, told) for model in _tallies_last(models))
            _number_on(models)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # every key leads to a row
            for model in models:
                _prove_equal(model)
    except DatabaseError as error:
        raise CopyError(f"Nothing was copied: {str(error).strip()}") from error
    return CopyReport(rows, len(models))


def tables() -> Iterator[type[Model]]:
    """Every model that has a table, those that only join two others among them."""
    return (m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy)


@contextmanager
def _opened(file: Path) -> Iterator[None]:
    """The file as another database of Django's, for this while."""
    told = connections.configure_settings({"default": {}, SOURCE: env.sqlite(str(file))})
    connections.databases[SOURCE] = told[SOURCE]
    try:
        yield
    finally:
        connections[SOURCE].close()
        del connections[SOURCE], connections.databases[SOURCE]


def _look_at_both(file: Path) -> None:
    """CopyError where the file is of another release, or the database holds something."""
    theirs = set(MigrationRecorder(connections[SOURCE]).applied_migrations())
    ours = set(MigrationRecorder(connection).applied_migrations())
    if theirs != ours:
        names = ", ".join(sorted(f"{app} {name}" for app, name in theirs ^ ours)[:5])
        raise CopyError(f"{file} is not of this release ({names}): run `manage.py migrate` with it, then copy it.")
    for model in tables():
        if model._meta.label not in MADE_WITH_TABLES and model._base_manager.using("default").exists():
            raise CopyError(f"The database holds rows of {model._meta.label}; copy into an empty one.")


def _tallies_last(models: list[type[Model]]) -> list[type[Model]]:
    return sorted(models, key=lambda model: model._meta.label in WRITTEN_BY_TRIGGERS)


def _written(model: type[Model], told: Told) -> int:
    """Put all rows of a table into the other one, with their keys; their number."""
    held, count = connection.ops.quote_name, 0
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {held(model._meta.db_table)}")  # noqa: S608 - names of the schema, as below
        own = model._meta.concrete_fields
        columns = ", ".join(held(str(field.column)) for field in own)
        rows = _rows(model)
        while some := list(islice(rows, CHUNK)):
            given = [_stored(model, row) for row in some]
            try:
                with cursor.copy(f"COPY {held(model._meta.db_table)} ({columns}) FROM STDIN") as copy:
                    for row in given:
                        copy.write_row(row)
            except Exception as error:
                named = f"{model._meta.label}, among the rows {some[0][0]!r} to {some[-1][0]!r}"
                raise CopyError(f"{named}: {str(error).strip()}. Nothing was copied.") from error
            count += len(some)
            told(len(some))
    return count


def _rows(model: type[Model]) -> Iterator[Row]:
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._base_manager.using(SOURCE).order_by("pk").values_list("pk", *names)
    return iter(found.iterator(chunk_size=CHUNK))


def _stored(model: type[Model], row: Row) -> Row:
    own = zip(model._meta.concrete_fields, row[1:], strict=True)
    return tuple(field.get_db_prep_save(value, connection) for field, value in own)


def _number_on(models: list[type[Model]]) -> None:
    """Number the next rows after all that ever were: what SQLite numbered and deleted gets no second life."""
    with connections[SOURCE].cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        last = dict(cursor.fetchall())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        for table, column in ((model._meta.db_table, model._meta.pk.column) for model in models):
            if last.get(table):
                cursor.execute(
                    "SELECT setval(found, %s) FROM pg_get_serial_sequence(%s, %s) AS found WHERE found IS NOT NULL",
                    [last[table], connection.ops.quote_name(table), column],
                )


def _prove_equal(model: type[Model]) -> None:
    """Read everything again, field by field; CopyError where a row is missing, too many or another one."""
    rows, count = _rows(model), 0
    names = [field.attname for field in model._meta.concrete_fields]
    there = model._base_manager.using("default")
    while some := list(islice(rows, CHUNK)):
        wanted = {row[0]: row[1:] for row in some}
        present = {row[0]: row[1:] for row in there.filter(pk__in=wanted).values_list("pk", *names)}
        if different := [key for key, row in wanted.items() if _plain(present.get(key)) != _plain(row)]:
            raise CopyError(f"{model._meta.label} {different[0]!r} was not copied as it is. Nothing was copied.")
        count += len(some)
    if (held := there.count()) != count:
        raise CopyError(f"{model._meta.label} has {held} rows instead of {count}. Nothing was copied.")


def _plain(row: Row | None) -> Row | None:
    return row and tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)

"""R16: a migration is killed, run again, run twice, rolled back: the database is whole, its records are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.archive import Archive

TABLE = "django.db.backends.base.schema:BaseDatabaseSchemaEditor.create_model"
RECORD = "django.db.migrations.recorder:MigrationRecorder.record_applied"
POINTS = [(TABLE, 3), (TABLE, 16), (RECORD, 1), (RECORD, 14)]


@pytest.mark.parametrize(("target", "count"), POINTS)
def test_r16_a_killed_migration_is_run_again(tmp_path: Path, target: str, count: int) -> None:
    archive = Archive(tmp_path / "archive")
    archive.folder.mkdir()
    archive.dies_at(target, count, "migrate")
    archive.run("manage.py", "migrate", "--verbosity", "0")
    archive.run("manage.py", "migrate", "--check")
    assert archive.tell("begin") == 40


def test_r16_every_migration_is_noted_in_the_transaction_that_does_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    archive.folder.mkdir()
    assert archive.tell("noted_alone") == []


def test_r16_migrations_run_twice_and_rolled_back_keep_the_records(archive: Archive) -> None:
    before = archive.tell("records_of_all_releases")
    archive.run("manage.py", "migrate", "--verbosity", "0")
    for app in ("captures", "curation"):
        archive.run("manage.py", "migrate", app, "0001", "--verbosity", "0")
        archive.run("manage.py", "migrate", "--verbosity", "0")
    assert archive.tell("records") == before
    archive.invariants()

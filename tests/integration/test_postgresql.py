"""An archive on PostgreSQL, by settings alone: moved there from SQLite, migrated, saved, served by two processes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults.archive import Archive
from tests.postgresql import BINARIES, NOT_INSTALLED, Cluster, cluster

pytestmark = pytest.mark.skipif(not BINARIES, reason=NOT_INSTALLED)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with cluster() as held:
        yield held


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive on SQLite that has a row of every kind: drafts, withdrawn reports, a history, collections."""
    archive = Archive(tmp_path_factory.mktemp("home") / "archive")
    archive.prepare()
    archive.tell("fill_every_table")
    archive.tell("drain")
    return archive


@pytest.fixture(scope="module")
def moved(at_home: Archive, server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The same archive, moved to PostgreSQL; `told` of it is what the command said."""
    archive = beside(at_home, tmp_path_factory.mktemp("moved") / "archive", server.create("moved"))
    archive.told = archive.run("manage.py", "copy_database")  # type: ignore[attr-defined]
    return archive


@pytest.fixture
def elsewhere(moved: Archive, server: Cluster, tmp_path: Path) -> Iterator[Archive]:
    """A moved archive of this test's own; every process of it is gone afterwards."""
    server.run("createdb", "-h", server.folder, "-T", "moved", "own")
    archive = beside(moved, tmp_path / "archive", server.address("own"))
    yield archive
    archive.stop_all()
    server.run("dropdb", "-h", server.folder, "--force", "own")


def beside(archive: Archive, folder: Path, address: str) -> Archive:
    """An archive of a copied state folder, with its rows at this address."""
    shutil.copytree(archive.folder, folder, symlinks=True)
    other = Archive(folder)
    other.always = {"DIWAN_DATABASE": address}
    return other


def exported(archive: Archive, folder: Path) -> dict[str, list[Any]]:
    """Rows by the name of their file; PostgreSQL holds an object of JSON without the order of its names."""
    archive.run("manage.py", "export_archive", str(folder))
    files = sorted((folder / "data/records").iterdir())
    return {path.name: [json.loads(line) for line in path.read_bytes().splitlines()] for path in files}


class TestMoving:
    def test_every_row_is_copied_and_the_archives_are_exported_alike(
        self, at_home: Archive, moved: Archive, tmp_path: Path
    ) -> None:
        assert "tables copied, read again and found equal" in moved.told  # type: ignore[attr-defined]
        home = exported(at_home, tmp_path / "home")
        assert home and exported(moved, tmp_path / "moved") == home
        assert moved.tell("answers") == at_home.tell("answers")

    def test_accounts_keep_their_passwords_and_secrets_travel(self, moved: Archive, server: Cluster) -> None:
        usable = "SELECT password <> '' AND password NOT LIKE '!%' FROM auth_user WHERE username = 'layla'"
        assert server.ask("moved", usable).strip() == "t"
        assert server.ask("moved", "SELECT count(*) FROM django_session").strip() == "1"
        assert server.ask("moved", "SELECT count(*) FROM otp_totp_totpdevice").strip() == "1"

    def test_the_next_row_gets_a_key_that_none_ever_had(self, elsewhere: Archive, server: Cluster) -> None:
        server.ask("own", "INSERT INTO auth_group (name) VALUES ('next')")
        is_last = "SELECT id = (SELECT max(id) FROM auth_group) FROM auth_group WHERE name = 'next'"
        assert server.ask("own", is_last) == "t\n"
        last = "SELECT last_value >= coalesce((SELECT max(id) FROM articles_article), 0) FROM articles_article_id_seq"
        assert server.ask("own", last) == "t\n"
        assert elsewhere.tell("publish", 2, 3000) == 2
        elsewhere.tell("drain")
        elsewhere.invariants()

    def test_a_filled_database_is_not_copied_into(self, moved: Archive) -> None:
        assert "copy into an empty one" in moved.run("manage.py", "copy_database", fails=True)

    def test_what_postgresql_cannot_hold_is_named_and_nothing_is_copied(
        self, at_home: Archive, server: Cluster, tmp_path: Path
    ) -> None:
        archive = beside(at_home, tmp_path / "archive", server.create("refused"))
        file = archive.folder / "diwan.sqlite3"
        change = "UPDATE about_archivedescription SET rights = 'a' || char(0) || 'b'"
        script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.close()"
        subprocess.run([sys.executable, "-c", script, str(file), change], check=True)
        told = archive.run("manage.py", "copy_database", fails=True)
        assert "about.ArchiveDescription" in told and "Nothing was copied" in told
        assert server.ask("refused", "SELECT count(*) FROM articles_article") == "0\n"


def test_migrations_go_back_and_forth_and_no_report_is_lost(elsewhere: Archive, server: Cluster) -> None:
    """What an earlier release had no place for goes; tests/faults/test_migrations.py compares the rest, on SQLite."""
    held = "SELECT count(*), string_agg(payload_digest, ' ' ORDER BY payload_digest) FROM captures_capture"
    reports = "SELECT string_agg(identifier || title || body, ' ' ORDER BY identifier) FROM articles_article"
    before = [server.ask("own", statement) for statement in (held, reports)]
    for app in ("captures", "curation"):
        elsewhere.run("manage.py", "migrate", app, "0001", "--verbosity", "0")
        elsewhere.run("manage.py", "migrate", "--verbosity", "0")
    assert [server.ask("own", statement) for statement in (held, reports)] == before
    elsewhere.invariants()


def test_a_backup_restores_into_another_database(elsewhere: Archive, server: Cluster, tmp_path: Path) -> None:
    assert "payloads backed up" in elsewhere.run("manage.py", "backup", str(tmp_path / "saved"))
    (tmp_path / "empty").mkdir()
    restored = Archive(tmp_path / "empty")
    restored.always = {"DIWAN_DATABASE": server.create("restored")}
    assert "payloads restored" in restored.run("manage.py", "restore", str(tmp_path / "saved"))
    assert restored.tell("everything") == elsewhere.tell("everything")
    restored.invariants()
    refused = restored.run("manage.py", "restore", str(tmp_path / "saved"), fails=True)
    assert "holds an archive; restore into an empty one" in refused


def test_a_backup_of_the_other_database_says_how_it_is_restored(
    at_home: Archive, moved: Archive, tmp_path: Path
) -> None:
    at_home.run("manage.py", "backup", str(tmp_path / "saved"))
    assert "is a backup of SQLite" in moved.run("manage.py", "restore", str(tmp_path / "saved"), fails=True)


SET_UP = "import django; django.setup()"


def test_two_intakes_of_the_same_pages_take_turns(elsewhere: Archive, server: Cluster, tmp_path: Path) -> None:
    """Both have read the pages and are about to write them when the table of captures is free again."""
    elsewhere.tell("save_pages", tmp_path / "pages", 3, 5000)
    elsewhere.always["DIWAN_LOCK_SECONDS"] = "200"
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'own' AND wait_event_type = 'Lock'"
    with psycopg.connect(elsewhere.always["DIWAN_DATABASE"]) as holder:
        holder.execute("LOCK TABLE captures_capture IN EXCLUSIVE MODE")
        both = [elsewhere.start("manage.py", "import_articles", str(tmp_path / "pages")) for _number in range(2)]
        elsewhere.until(lambda: server.ask("own", waiting) == "2\n", "both wait")
    assert [process.wait(120) for process in both] == [0, 0]
    told = elsewhere.log.read_text("utf-8")
    assert "3 added, 0 unchanged, 0 refreshed, 0 refused" in told
    assert "0 added, 3 unchanged, 0 refreshed, 0 refused" in told


HOLD = """
import sys
from archive.database.held_lock import LockLost, held_lock
with held_lock("index") as lock:
    print("holding", flush=True)
    for line in sys.stdin:
        try:
            lock.check()
            print("held", flush=True)
        except LockLost:
            print("lost", flush=True)
"""
TRY = """
from archive.database.held_lock import LockTaken, held_lock
try:
    with held_lock("index"):
        print("taken")
except LockTaken:
    print("busy")
"""


class TestTheLockOfOneProcessOfAllMachines:
    def held(self, archive: Archive) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", SET_UP + HOLD],
            env=archive.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout and process.stdout.readline() == "holding\n"
        return process

    def tried(self, archive: Archive) -> str:
        return archive.run("-c", SET_UP + TRY).split()[-1]

    def test_it_is_free_when_its_holder_was_killed(self, elsewhere: Archive) -> None:
        holder = self.held(elsewhere)
        assert self.tried(elsewhere) == "busy"
        holder.kill()
        holder.communicate()
        elsewhere.until(lambda: self.tried(elsewhere) == "taken", "the lock is free")

    def test_its_holder_knows_when_the_server_took_it_away(self, elsewhere: Archive, server: Cluster) -> None:
        holder = self.held(elsewhere)
        assert holder.stdin and holder.stdout
        print("", file=holder.stdin, flush=True)
        assert holder.stdout.readline() == "held\n"
        server.ask("own", "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        print("", file=holder.stdin, flush=True)
        assert holder.stdout.readline() == "lost\n"
        holder.kill()
        holder.communicate()
        assert self.tried(elsewhere) == "taken"


COUNT = """
from config import rates
print(rates.count("192.0.2.7/32"))
"""


def test_heavy_work_of_an_address_is_counted_over_all_processes(elsewhere: Archive, server: Cluster) -> None:
    for _number in range(2):
        assert elsewhere.run("-c", SET_UP + COUNT).split()[-1] == "0"
    assert server.ask("own", "SELECT sum(number) FROM config_requestcount") == "2\n"


def test_two_web_processes_show_a_withdrawal_at_once(elsewhere: Archive, tmp_path: Path) -> None:
    """Each has a state folder of its own, as on two machines; the index is copied, for Whoosh's lies in a folder."""
    other = beside(elsewhere, tmp_path / "other", elsewhere.always["DIWAN_DATABASE"])
    try:
        for archive in (elsewhere, other):
            archive.serve()
        address = f"/articles/{json.loads(other.get('/api/v1/articles')[1])['items'][0]['identifier']}/"
        kept = [archive.get("/sources/")[1] for archive in (elsewhere, other)]
        assert elsewhere.status(address) == other.status(address) == 200
        elsewhere.tell("withdraw", 100)
        for archive, page in zip((elsewhere, other), kept, strict=True):
            assert archive.status(address) == 410
            assert archive.get("/sources/")[1] != page
    finally:
        other.stop_all()

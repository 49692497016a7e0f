"""An archive on PostgreSQL, by settings alone: moved there from SQLite, migrated, saved, served by two processes."""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults.archive import PASSWORD, Archive
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


def test_migrations_go_back_and_forth_with_what_the_archive_holds(elsewhere: Archive) -> None:
    before = elsewhere.tell("records_of_all_releases")
    for app in ("captures", "curation"):
        elsewhere.run("manage.py", "migrate", app, "0001", "--verbosity", "0")
        elsewhere.run("manage.py", "migrate", "--verbosity", "0")
    assert elsewhere.tell("records") == before
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


class TestTwoWebProcesses:
    """Each has a state folder of its own, as on two machines; the index is copied, for Whoosh's lies in a folder."""

    @pytest.fixture
    def two(self, elsewhere: Archive, tmp_path: Path) -> Iterator[tuple[Archive, Archive]]:
        elsewhere.tell("curator", PASSWORD)
        elsewhere.more = {"DIWAN_HEAVY_PER_MINUTE": "1"}
        other = beside(elsewhere, tmp_path / "other", elsewhere.always["DIWAN_DATABASE"])
        other.more = elsewhere.more
        for archive in (elsewhere, other):
            archive.serve()
        yield elsewhere, other
        other.stop_all()

    def test_state_is_shared(self, two: tuple[Archive, Archive]) -> None:
        here, there = two
        self.a_withdrawal_is_seen_by_both(here, there)
        self.who_signed_in_at_one_is_signed_in_at_the_other(here, there)
        self.heavy_work_is_counted_together(here, there)
        self.guesses_are_counted_together(here, there)

    def a_withdrawal_is_seen_by_both(self, here: Archive, there: Archive) -> None:
        listed = here.get("/api/v1/articles")[1]
        address = f"/articles/{json.loads(listed)['items'][0]['identifier']}/"
        kept = [archive.get("/sources/")[1] for archive in (here, there)]
        assert here.status(address) == there.status(address) == 200
        here.tell("withdraw", 100)
        for archive, page in zip((here, there), kept, strict=True):
            assert archive.status(address) == 410
            assert archive.get("/sources/")[1] != page

    def who_signed_in_at_one_is_signed_in_at_the_other(self, here: Archive, there: Archive) -> None:
        status, headers = here.log_in()
        assert status == 302
        session = next(part for part in headers["Set-Cookie"].split(";") if "sessionid" in part).strip(" ,")
        assert self.asked(there, "GET", "/admin/", {"Cookie": session[session.index("sessionid") :]}).status == 200
        assert self.asked(there, "GET", "/admin/", {}).status == 302

    def heavy_work_is_counted_together(self, here: Archive, there: Archive) -> None:
        """One answer a minute: who had it here is told there to wait. A minute may end between the two."""
        path = "/search/export/?format=csv"
        first = [here.status(path), there.status(path)]
        if first == [200, 200]:
            here.until(lambda: here.status(path) == 200, "the next minute begins", patience=90)
            first = [200, there.status(path)]
        assert first == [200, 429]

    def guesses_are_counted_together(self, here: Archive, there: Archive) -> None:
        answers = [self.guess(archive) for archive in (here, there, here, there, here, there, here)]
        assert answers[0] == 200 and answers[-2:] == [429, 429]

    def guess(self, archive: Archive) -> int:
        _status, body, headers = archive.get("/admin/login/")
        token = body.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        form = {"username": "layla", "password": "a guess of one", "csrfmiddlewaretoken": token}
        about = {
            "Cookie": headers["Set-Cookie"].partition(";")[0],
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self.asked(archive, "POST", "/admin/login/", about, urllib.parse.urlencode(form)).status

    def asked(self, archive: Archive, method: str, path: str, headers: dict[str, str], body: str = "") -> Any:
        with closing(http.client.HTTPConnection(archive.bind, timeout=30)) as line:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            answer.read()
            return answer

"""R44: an archive that lacks what it needs is not served; `prepare` or `restore` alone makes it one that is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.archive import Archive

PAGES = ("/", "/search/?q=قطر", "/countries/", "/admin/login/", "/feeds/rss/")


def no_manifest(archive: Archive) -> None:
    (archive.folder / "static" / "staticfiles.json").unlink()


def no_style_sheet(archive: Archive) -> None:
    for path in (archive.folder / "static" / "css").glob("diwan.*.css"):
        path.unlink()


def old_tables(archive: Archive) -> None:
    archive.run("manage.py", "migrate", "curation", "0001", "--verbosity", "0")


def no_database(archive: Archive) -> None:
    (archive.folder / "diwan.sqlite3").unlink()


LACKS = [
    (no_manifest, "static files not collected"),
    (no_style_sheet, "static files missing: css/diwan.css"),
    (old_tables, "migrations not applied: curation"),
    (no_database, "migrations not applied: about"),
]


@pytest.mark.parametrize(("take", "told"), LACKS, ids=[take.__name__ for take, _told in LACKS])
def test_r44_serve_refuses_what_is_half_ready_and_says_what_to_run(
    archive: Archive, take: Callable[[Archive], None], told: str
) -> None:
    take(archive)
    said = archive.run("manage.py", "serve", "--bind", "127.0.0.1:0", fails=True)
    assert told in said and "run `manage.py prepare`" in said and "Traceback" not in said
    archive.run("manage.py", "prepare")
    serves(archive)


def test_r44_the_web_server_alone_does_not_start_without_its_files(archive: Archive) -> None:
    no_manifest(archive)
    said = archive.run("-m", "gunicorn", "--bind", "127.0.0.1:0", "config.wsgi", fails=True)
    assert "static files not collected" in said and "run `manage.py prepare`" in said


def test_r44_serve_without_a_key_says_what_to_run(archive: Archive) -> None:
    archive.always = {"DIWAN_SECRET_KEY": ""}
    said = archive.run("manage.py", "serve", fails=True)
    assert "There is no secret key. Run `manage.py prepare`" in said and "Traceback" not in said


def test_r44_prepare_alone_makes_an_archive_that_is_served(tmp_path: Path) -> None:
    """No make before it, no key, no folder."""
    archive = Archive(tmp_path / "archive")
    archive.log = tmp_path / "log"
    archive.always = {"DIWAN_SECRET_KEY": ""}
    archive.run("manage.py", "prepare")
    key = (archive.folder / "secret_key").read_text()
    assert "0 changes applied" in archive.run("manage.py", "prepare")
    assert (archive.folder / "secret_key").read_text() == key
    serves(archive)


def test_r44_restore_alone_makes_an_archive_that_is_served(archive: Archive, tmp_path: Path) -> None:
    archive.run("manage.py", "backup", str(tmp_path / "saved"))
    elsewhere = Archive(tmp_path / "elsewhere")
    elsewhere.log = tmp_path / "log"
    elsewhere.always = {"DIWAN_SECRET_KEY": ""}
    elsewhere.run("manage.py", "restore", str(tmp_path / "saved"))
    serves(elsewhere)
    assert elsewhere.tell("answers") == archive.tell("answers")


def test_r44_restore_serves_no_index_of_what_was_there_before(archive: Archive, tmp_path: Path) -> None:
    """An empty archive that was prepared has an index: an empty one."""
    archive.run("manage.py", "backup", str(tmp_path / "saved"))
    empty = Archive(tmp_path / "empty")
    empty.log = tmp_path / "log"
    empty.run("manage.py", "prepare", "--no-first-articles")
    empty.run("manage.py", "restore", str(tmp_path / "saved"))
    empty.invariants()


def test_r44_readyz_knows_what_is_missing(archive: Archive) -> None:
    archive.serve()
    try:
        assert archive.is_ready()
        old_tables(archive)
        status, told = archive.readiness()
        assert (status, told["status"]) == (503, "not ready") and "curation" in told["migrations"]
        archive.run("manage.py", "migrate", "--verbosity", "0")
        assert archive.is_ready()
        shutil.move(archive.folder / "static" / "css", archive.folder / "css")
        status, told = archive.readiness()
        assert status == 503 and "css/diwan.css" in told["static_files"]
        shutil.move(archive.folder / "css", archive.folder / "static" / "css")
        assert archive.is_ready()
    finally:
        archive.stop_all()


def serves(archive: Archive) -> None:
    """Every kind of page, in every language."""
    archive.serve("manage.py", "serve")
    try:
        archive.until(archive.is_ready, "the archive is ready")
        assert [path for path in PAGES if archive.status(path) != 200] == []
        assert "جستجو" in archive.get("/?ui=fa")[1].decode()
    finally:
        archive.stop_all()

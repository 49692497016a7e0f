"""R17: a backup made while others write restores elsewhere to the same archive; a damaged one is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.archive import Archive


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Archive]:
    """An empty state folder."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    archive = Archive(folder)
    yield archive
    archive.stop_all()


def test_r17_a_backup_restores_elsewhere_to_the_same_archive(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"
    assert "45 payloads backed up" in archive.run("manage.py", "backup", str(saved))
    assert "45 payloads restored" in elsewhere.run("manage.py", "restore", str(saved))
    for asked in ("records", "counted", "answers"):
        assert elsewhere.tell(asked) == archive.tell(asked)
    elsewhere.invariants()
    assert "45 intact" in elsewhere.run("manage.py", "check_fixity")


def test_r17_a_backup_made_while_others_write_is_whole(archive: Archive, elsewhere: Archive, tmp_path: Path) -> None:
    writing = archive.start("-m", "tests.faults.deeds", "publish", "400", "1000")
    archive.until(lambda: archive.tell("counted")["published"] > 45, "the importer is at work")
    archive.run("manage.py", "backup", str(tmp_path / "saved"))
    archive.kill(writing)
    elsewhere.run("manage.py", "restore", str(tmp_path / "saved"))
    assert elsewhere.tell("counted")["published"] > 45
    elsewhere.invariants()


@pytest.mark.parametrize("part", ["manifest.json", "diwan.sqlite3", "captures"])
def test_r17_a_damaged_backup_is_refused_and_changes_nothing(
    archive: Archive, elsewhere: Archive, tmp_path: Path, part: str
) -> None:
    saved = tmp_path / "saved"
    archive.run("manage.py", "backup", str(saved))
    path = sorted((saved / part).rglob("??*"))[-1] if part == "captures" else saved / part
    whole = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:] if part != "manifest.json" else whole[:-9])
    elsewhere.run("manage.py", "restore", str(saved), fails=True)
    assert not list((elsewhere.folder / "captures").glob("*"))


def test_r17_a_nightly_backup_keeps_the_last_by_the_rule_and_restores(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    archive.always |= {"DIWAN_BACKUPS": str(tmp_path / "nightly"), "DIWAN_BACKUPS_KEPT": "1,0,0"}
    archive.run("manage.py", "backup")
    (first,) = (tmp_path / "nightly").iterdir()
    first.rename(first.with_name("2020-08-03T030000Z"))
    assert "Removed" in archive.run("manage.py", "backup")
    (last,) = (tmp_path / "nightly").iterdir()
    assert not last.name.startswith("2020")
    elsewhere.run("manage.py", "restore", str(last))
    assert elsewhere.tell("records") == archive.tell("records")


def test_r17_nothing_is_overwritten(archive: Archive, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    archive.run("manage.py", "backup", str(saved))
    assert "name a folder that does not" in archive.run("manage.py", "backup", str(saved), fails=True)
    before = archive.tell("records")
    assert "holds an archive" in archive.run("manage.py", "restore", str(saved), fails=True)
    assert archive.tell("records") == before


def test_r17_what_is_damaged_is_named_and_the_rest_is_saved(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    gone = sorted((archive.folder / "captures").glob("??/*"))[0]
    gone.unlink()
    saved = tmp_path / "saved"
    told = archive.run("manage.py", "backup", str(saved), fails=True)
    assert "44 payloads backed up" in told and gone.parent.name + gone.name in told
    assert json.loads((saved / "manifest.json").read_bytes())["payloads"] == 44
    assert "Lost before the backup" in elsewhere.run("manage.py", "restore", str(saved))

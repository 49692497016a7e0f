"""R7: the disk is full during a batch, a rebuild, an import; the error is clean, readers go on, space heals it."""

from __future__ import annotations

import resource
from functools import partial
from pathlib import Path

import pytest

from tests.faults.archive import Archive
from tests.faults.disks import fill, mounted

PAGES = 120  # of one import: more than there is room for


def test_r7_disk_full_for_the_index(archive: Archive) -> None:
    with mounted(archive.index, "48m") as mount:
        if mount is None:
            refused_to_write_large_files(archive)
            return
        archive.serve()
        archive.tell("edit", 20, 7)
        ballast = fill(mount, 16 * 1024)
        assert "No space left" in archive.run("manage.py", "sync_index", fails=True)
        assert "No space left" in archive.run("manage.py", "rebuild_index", fails=True)
        assert archive.status("/search/") == 200
        assert archive.tell("pending") == 20
        ballast.unlink()
        assert archive.tell("mend") == []
        archive.stop_all()


def refused_to_write_large_files(archive: Archive) -> None:
    """Without root: no file may grow beyond 64 kB."""
    archive.tell("edit", 20, 7)
    small = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))
    archive.run("manage.py", "rebuild_index", fails=True, preexec_fn=small)
    assert archive.tell("mend") == []


def test_r7_an_import_stops_at_once_when_the_disk_is_full(archive: Archive, tmp_path: Path) -> None:
    """One clear line, nothing half stored, and the same command goes on when there is room."""
    archive.tell("save_pages", str(tmp_path / "pages"), PAGES, 6000)
    with mounted(archive.folder, "160m") as mount:
        if mount is None:
            pytest.skip("a disk of its own needs root, to mount one in memory")
        before = archive.tell("counted")
        ballast = fill(mount, 1536 * 1024)  # enough for some of the pages
        said = archive.run("manage.py", "import_articles", str(tmp_path / "pages"), "--publish", fails=2)
        assert said.count("CommandError: Stopped after") == 1 and " items" in said and "Traceback" not in said
        assert "full" in said or "No space left" in said
        taken = said.count("added      ")
        assert 0 < taken < PAGES and "refused    " not in said
        ballast.unlink()
        assert archive.tell("counted")["published"] == before["published"] + taken
        assert "belong to no capture" not in archive.run("manage.py", "check_fixity")
        said = archive.run("manage.py", "import_articles", str(tmp_path / "pages"), "--publish")
        assert f"{PAGES - taken} added, {taken} unchanged" in said
        assert archive.tell("mend") == []


def test_r7_disk_full_for_a_backup(archive: Archive, tmp_path: Path) -> None:
    """It says that there is no room; it does not call whole payloads damaged, and leaves nothing behind."""
    (tmp_path / "disk").mkdir()
    with mounted(tmp_path / "disk", "4m") as mount:
        if mount is None:
            pytest.skip("a disk of its own needs root, to mount one in memory")
        fill(mount, 2 * 1024 * 1024)
        said = archive.run("manage.py", "backup", str(mount / "saved"), fails=True)
        assert "No space left" in said or "full" in said
        assert "Damaged" not in said and "Traceback" not in said
        assert [path.name for path in mount.iterdir()] == ["ballast"]


def test_r7_disk_full_for_database_and_captures(archive: Archive) -> None:
    """Everything but the last kilobytes is taken: an import fails cleanly, and succeeds when space returns."""
    with mounted(archive.folder, "160m") as mount:
        if mount is None:
            pytest.skip("a disk of its own needs root, to mount one in memory")
        before = archive.tell("counted")
        ballast = fill(mount, 8 * 1024)
        archive.run("-m", "tests.faults.deeds", "publish", "5", "5000", fails=True)
        ballast.unlink()
        assert archive.tell("counted") == before
        archive.tell("publish", 5, 5000)
        assert archive.tell("mend") == []

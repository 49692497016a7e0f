"""R7: the disk is full during a batch, a rebuild, an import; the error is clean, readers go on, space heals it."""

from __future__ import annotations

import resource
from functools import partial

import pytest

from tests.faults.archive import Archive
from tests.faults.disks import fill, mounted


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

"""R4: the database commits, the index cannot be written; the change waits, and is applied when it can be."""

from __future__ import annotations

import subprocess

import pytest

from tests.faults.archive import Archive
from tests.faults.disks import mounted


def test_r4_read_only_index(archive: Archive) -> None:
    with mounted(archive.index, "32m") as mount:
        if mount is None:
            pytest.skip("mounting needs root")
        subprocess.run(["mount", "-o", "remount,ro", str(mount)], check=True)
        archive.serve()
        writer = archive.start_writer()
        archive.tell("publish", 1, 4000)
        archive.until(lambda: b"could not be applied" in archive.log.read_bytes(), "the log tells of it")
        assert archive.tell("pending") == 1
        status, told = archive.readiness()
        assert (status, told["status"], told["pending"]) == (200, "degraded", 1)
        assert "1 change waits for the index, the oldest since" in told["degraded"][0]
        assert told["oldest_pending_seconds"] > 0 and told["pending_since"]
        assert archive.status("/search/") == 200
        subprocess.run(["mount", "-o", "remount,rw", str(mount)], check=True)
        archive.until_equal()
        assert b"checking the index" not in archive.log.read_bytes()  # a folder that cannot be written is not damage
        archive.kill(writer)
        archive.invariants()
        archive.stop_all()

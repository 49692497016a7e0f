"""R18: captures move to an object store and back, and are backed up from it and restored."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.faults.archive import Archive
from tests.object_store.fixtures import prefix, server
from tests.object_store.server import SECRET, ObjectStore

__all__ = ["prefix", "server"]


def test_r18_an_archive_moves_to_an_object_store_is_backed_up_and_restored(
    archive: Archive, server: ObjectStore, prefix: str, tmp_path: Path
) -> None:
    archive.always |= {"DIWAN_CAPTURES": server.address(prefix), "DIWAN_CAPTURES_SECRET": SECRET}
    assert "45 payloads copied" in archive.run("manage.py", "copy_captures")
    assert "0 payloads copied" in archive.run("manage.py", "copy_captures")
    shutil.rmtree(archive.folder / "captures")
    assert "45 intact" in archive.run("manage.py", "check_fixity")
    assert "45 payloads backed up" in archive.run("manage.py", "backup", str(tmp_path / "saved"))
    elsewhere = Archive(tmp_path / "elsewhere")
    elsewhere.always |= {"DIWAN_CAPTURES": server.address(f"{prefix}-2"), "DIWAN_CAPTURES_SECRET": SECRET}
    assert "45 payloads restored" in elsewhere.run("manage.py", "restore", str(tmp_path / "saved"))
    assert "45 intact" in elsewhere.run("manage.py", "check_fixity")
    back = server.address(prefix).replace("@", f":{SECRET.replace(' ', '%20')}@")
    del archive.always["DIWAN_CAPTURES"]
    assert "45 payloads copied" in archive.run("manage.py", "copy_captures", back)
    assert "45 intact" in archive.run("manage.py", "check_fixity")

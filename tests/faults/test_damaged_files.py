"""R6: files of the index are cut, deleted, changed by a bit; it is noticed, refused, and built anew by the writer."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.archive import ROUNDS, Archive


def cut_segment(archive: Archive) -> None:
    path = archive.segments[0]
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def delete_segment(archive: Archive) -> None:
    archive.segments[0].unlink()


def delete_contents(archive: Archive) -> None:
    next(archive.current.glob("*.toc")).unlink()


def cut_contents(archive: Archive) -> None:
    path = next(archive.current.glob("*.toc"))
    path.write_bytes(path.read_bytes()[:50])


def delete_manifest(archive: Archive) -> None:
    (archive.current / "manifest.json").unlink()


def foreign(archive: Archive) -> None:
    (archive.current / "fingerprint.json").write_text('{"schema": "0"}')


def flip_bit(archive: Archive) -> None:
    path = archive.segments[0]
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 3] ^= 4
    path.write_bytes(whole)


def flip_unseen(path: Path) -> None:
    """As a disk does it: of the file neither size nor time change."""
    was = path.stat()
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    with path.open("r+b") as file:
        file.write(whole)
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def refused(archive: Archive) -> bool:
    """A worker that had mapped a file that is cut may die of it, which closes the line; its successor refuses."""
    status = archive.status("/search/")
    assert status in {200, 503, 0}
    return status == 503


def delete_lists(archive: Archive) -> None:
    next(archive.current.glob("*.postings")).unlink()


SEEN_AT_ONCE = [cut_segment, delete_segment, delete_lists, delete_contents, cut_contents, delete_manifest, foreign]


def test_r6_every_flipped_bit_is_found(archive: Archive) -> None:
    assert archive.tell("flips", 400 * ROUNDS, 6) == []


def test_r6_a_damaged_index_is_never_served_and_heals_by_itself(archive: Archive) -> None:
    """One server, one archive, seven kinds of damage: readers get 503 until the writer has built the index anew."""
    archive.serve()
    for damage in SEEN_AT_ONCE:
        damage(archive)
        archive.until(lambda: refused(archive), f"{damage.__name__} is refused", 10)
        archive.until(lambda: archive.status("/") == 200, "other pages are open")
        assert archive.tell("mend") == [], damage.__name__
        assert archive.status("/search/") == 200


@pytest.mark.parametrize("kind", ["postings", "seg"])
def test_r6_a_byte_that_a_disk_changed_is_seen_by_the_next_round(archive: Archive, kind: str) -> None:
    archive.more = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings"}
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the archive is ready")
    (path,) = archive.current.glob(f"*.{kind}")
    flip_unseen(path)
    archive.until(lambda: refused(archive), "readers get no answer", 30)
    archive.until(lambda: archive.status("/search/") == 200, "the index is built anew", 60)
    assert not path.exists()
    archive.stop_all()
    archive.invariants()


@pytest.mark.parametrize("damage", [flip_bit, cut_segment])
def test_r6_check_index_repairs(archive: Archive, damage: Callable[[Archive], None]) -> None:
    damage(archive)
    assert "cannot be trusted" in archive.run("manage.py", "check_index", fails=True)
    assert "are equal" in archive.run("manage.py", "check_index", "--repair")
    archive.invariants()

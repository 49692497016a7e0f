"""The payload store: bytes under their digest, whole or not at all, never changed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from archive.captures.payloads import PayloadStore
from tests.conftest import FIVE

PAGE = FIVE["003"].read_bytes()


def test_bytes_come_back_as_they_were(tmp_path: Path) -> None:
    store = PayloadStore(tmp_path)
    digest = store.put(PAGE)
    assert digest == "26b14ba7e75e08d06ce303406ec44937b4b3909727f6c27b7bdcb631b71c272a"
    assert store.get(digest) == PAGE
    assert list(store.digests()) == [digest]


def test_the_same_bytes_are_kept_once_and_not_written_again(tmp_path: Path) -> None:
    store = PayloadStore(tmp_path)
    path = store.path(store.put(PAGE))
    before = path.stat().st_mtime_ns
    store.put(PAGE)
    assert path.stat().st_mtime_ns == before
    assert path.stat().st_mode & 0o222 == 0


def test_damage_is_noticed(tmp_path: Path) -> None:
    store = PayloadStore(tmp_path)
    digest = store.put(PAGE)
    assert store.is_intact(digest)
    path = store.path(digest)
    path.chmod(0o644)
    path.write_bytes(PAGE[:-1] + b"\x00")
    assert not store.is_intact(digest)
    path.unlink()
    assert not store.is_intact(digest)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        PayloadStore(tmp_path).put(PAGE)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="the system has no files without names")
def test_a_payload_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written, write = [], os.fsync

    def noted(descriptor: int) -> None:
        written.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        write(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    store = PayloadStore(tmp_path)
    assert store.get(store.put(PAGE)) == PAGE
    assert written == [False, True], "the file, then the folder that names it"


@pytest.mark.parametrize("digest", ["", "..", "../../etc/passwd", "A" * 64, "0" * 63])
def test_nothing_but_a_digest_names_a_payload(tmp_path: Path, digest: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256 digest"):
        PayloadStore(tmp_path).path(digest)

"""Which commit may be served: one of this code whose files are as they were written, told quickly and always."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from search.engine.protocol import SearchUnavailable
from search.engine.whoosh.backend import DiwanWhooshBackend
from search.engine.whoosh.files import folders as index_folders
from search.engine.whoosh.files.trust import Trust, readable
from tests.unit.search.engine.contract import fill, short


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    backend = DiwanWhooshBackend("default", PATH=str(tmp_path / "index"))
    fill(backend, [short(1), short(2)])
    return backend.trust()


def folder(trust: Trust) -> Path:
    current = trust.folders.current()
    assert current is not None
    return current


def other_version(served: Path) -> None:
    index_folders.write_fingerprint(served, {**index_folders.read_fingerprint(served), "analyzer": "0"})


def cut(pattern: str) -> Callable[[Path], None]:
    def change(served: Path) -> None:
        (path,) = served.glob(pattern)
        os.truncate(path, path.stat().st_size - 1)

    return change


def unsealed(served: Path) -> None:
    told = json.loads((served / "manifest.json").read_bytes())
    name = next(iter(told["files"]))
    told["files"][name][0] += 1
    (served / "manifest.json").write_text(json.dumps(told))


CHANGES = {
    "another version": other_version,
    "_MAIN_1.toc changed": cut("_MAIN_1.toc"),
    ".seg changed": cut("*.seg"),
    "not what was written": unsealed,
    "cannot be read": lambda served: (served / "manifest.json").unlink(),
}


@pytest.mark.parametrize("reason", CHANGES)
def test_an_index_that_is_not_as_it_was_committed_is_refused_with_the_reason(trust: Trust, reason: str) -> None:
    assert trust.commit().number == 1 and trust.damage() == ""
    CHANGES[reason](folder(trust))
    fresh = Trust(trust.folders, trust.wanted, trust.schema)
    with pytest.raises(SearchUnavailable, match=reason):
        fresh.commit()
    assert reason in fresh.damage()


def test_a_flipped_bit_of_a_segment_is_found_by_who_reads_it_all(trust: Trust) -> None:
    (segment,) = folder(trust).glob("*.seg")
    whole = segment.read_bytes()
    segment.write_bytes(whole[:500] + bytes([whole[500] ^ 1]) + whole[501:])
    assert trust.commit()
    assert trust.damage() == f"damaged: {segment.name}"


def test_a_table_of_contents_that_was_changed_is_not_unpickled(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    cut("_MAIN_1.toc")(folder(trust))

    def unpickled(*_arguments: object, **_named: object) -> None:
        raise AssertionError("read before its digest was compared")

    monkeypatch.setattr("search.engine.whoosh.files.trust.TOC.read", unpickled)
    with pytest.raises(SearchUnavailable, match=r"_MAIN_1\.toc changed"):
        Trust(trust.folders, trust.wanted, trust.schema).commit()


def test_a_commit_and_a_swap_are_another_generation(trust: Trust, tmp_path: Path) -> None:
    backend = DiwanWhooshBackend("default", PATH=str(tmp_path / "index"))
    seen = [trust.generation()]
    with backend.writing() as writer:
        writer.apply([short(3)], [])
    seen.append(trust.generation())
    fill(backend, [short(4)])
    seen.append(trust.generation())
    assert len(set(seen)) == 3
    assert seen[0].rpartition(".")[0] == seen[1].rpartition(".")[0]


def test_the_one_who_serves_looks_at_files_once_a_second(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    monkeypatch.setattr(Trust, "_doubt", lambda self, commit: looked.append(commit) or "")
    trust.commit()
    for _question in range(20):
        trust.commit()
    trust._trusted_at -= 2.0
    trust.commit()
    assert len(looked) <= 2


def test_whatever_reading_a_damaged_file_raises_is_told_as_an_index_that_cannot_be_read(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(SearchUnavailable, match="EOFError"), readable():
        raise EOFError("MAIN_1.seg is cut short")
    assert "cut short" in caplog.text
    with pytest.raises(SearchUnavailable, match=r"^no index$"), readable():
        raise SearchUnavailable("no index")

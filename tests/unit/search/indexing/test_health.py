"""How index, database and writer stand, in figures that are asked every few seconds and never fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError

from archive.articles.models import Article
from search.engine import engine
from search.indexing import health
from search.indexing.health import Figures
from search.models import IndexChange

GOOD = Figures("ok", "ok", 5, 5, 0, None, "a.1", datetime(2026, 1, 1, tzinfo=UTC), "", 12.0, 0.5, "", None)


def test_an_archive_answers_while_database_and_index_do() -> None:
    assert GOOD.answers and not GOOD.warnings
    for change in ({"index": "there is no index"}, {"database": "does not answer"}):
        assert not replace(GOOD, **change).answers


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"disk_free": 0.04}, "only 4% of the disk is free"),
        ({"writer_seen": None}, "no index writer gives a sign of life"),
        ({"writer_seen": 200.0}, "no index writer gives a sign of life"),
    ],
)
def test_an_operator_is_told_before_an_archive_stops(change: dict[str, float | None], told: str) -> None:
    assert replace(GOOD, **change).warnings == [told] and replace(GOOD, **change).answers


@pytest.fixture
def state(settings: object, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]
    return tmp_path / "writer.json"


def test_signs_of_life_and_checks_are_kept_side_by_side(five: None, state: Path) -> None:
    assert health.gather().writer_seen is health.gather().checked_at is None
    health.note_life()
    health.note_check("damaged: MAIN_1.seg")
    found = health.gather()
    assert found.writer_seen is not None and 0 <= found.writer_seen < 60
    assert found.checked_at is not None and found.damage == "damaged: MAIN_1.seg"
    assert [path.name for path in state.parent.iterdir()] == ["writer.json"]


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"seen_at": "yesterday"}'])
def test_signs_that_cannot_be_read_are_as_none(five: None, state: Path, content: bytes) -> None:
    state.write_bytes(content)
    assert health.gather().writer_seen is None
    health.note_life()
    assert health.gather().writer_seen is not None


def test_a_folder_that_cannot_be_written_stops_nobody(five: None, settings: object, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "gone"  # type: ignore[attr-defined]
    health.note_life()
    assert health.gather().disk_free == 0.0


def test_the_figures_are_those_of_index_and_log(five: dict[str, Article], state: Path) -> None:
    IndexChange.record([five["000"].identifier])
    found = health.gather()
    assert (found.database, found.index, found.articles, found.indexed, found.pending) == ("ok", "ok", 5, 5, 1)
    assert found.generation == engine().generation()
    assert found.oldest_pending is not None and found.oldest_pending >= 0


def test_a_database_that_does_not_answer_is_told_and_not_raised(
    five: None, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(IndexChange.objects, "count", gone)
    found = health.gather()
    assert (found.database, found.articles, found.index) == ("does not answer", None, "ok")

"""An address may ask for heavy work so often within a minute, and no address is stored."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches

from config import rates

LAYLA, RAMIN = "192.0.2.7/32", "198.51.100.1/32"


@pytest.fixture(autouse=True)
def clock(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The clock at the twentieth second of a minute; three requests may be made in each."""
    now = [1_600_000_820.0]
    settings.SLOTS_DIR, settings.HEAVY_PER_MINUTE = tmp_path / "slots", 3
    monkeypatch.setattr("config.rates.time.time", lambda: now[0])
    caches["rates"].clear()
    yield now
    caches["rates"].clear()


def test_who_asked_often_enough_waits_for_the_next_minute(clock: list[float]) -> None:
    assert [rates.count(LAYLA) for _number in range(5)] == [0, 0, 0, 40, 40]
    clock[0] += 39
    assert rates.count(LAYLA) == 1
    clock[0] += 1
    assert rates.count(LAYLA) == 0


def test_each_address_is_counted_by_itself() -> None:
    for _number in range(4):
        rates.count(LAYLA)
    assert rates.count(RAMIN) == 0


def test_no_address_is_stored(settings: Any) -> None:
    rates.count(LAYLA)
    folder = Path(settings.CACHES["rates"]["LOCATION"])
    held = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert held and b"192.0.2.7" not in held
    assert not [file for file in folder.rglob("*") if "192.0.2.7" in file.name]


def test_a_request_that_cannot_be_counted_is_answered_and_told(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.SLOTS_DIR = tmp_path / "file"
    with caplog.at_level(logging.WARNING, "config"):
        assert [rates.count(LAYLA) for _number in range(5)] == [0] * 5
    assert "cannot be counted" in caplog.text

"""Passwords are hashed in turn: so many at a time, a few wait, everybody else is told to come again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config import slots
from config.signing_in import hashing


@pytest.fixture(autouse=True)
def one_at_a_time(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SLOTS_DIR, settings.PASSWORDS_AT_ONCE = tmp_path / "slots", 1
    monkeypatch.setattr(hashing, "PATIENCE", 0.05)


def test_a_turn_within_a_turn_is_the_same_one() -> None:
    with hashing.turn(), hashing.turn():
        assert slots.first_free(["password-0"]) is None
    free = slots.first_free(["password-0"])
    assert free is not None
    free.close()


def test_who_finds_no_turn_and_no_place_to_wait_is_told_so_at_once() -> None:
    taken = [slots.first_free([f"waiting-{number}"]) for number in range(hashing.PLACES)]
    with slots.first_free(["password-0"]) or pytest.fail("a free turn"), pytest.raises(hashing.Busy), hashing.turn():
        pytest.fail("two turns at a time")
    for slot in taken:
        assert slot is not None
        slot.close()


def test_who_waits_too_long_gives_up_the_place_to_wait() -> None:
    with slots.first_free(["password-0"]) or pytest.fail("a free turn"), pytest.raises(hashing.Busy), hashing.turn():
        pytest.fail("two turns at a time")
    place = slots.first_free(["waiting-0"])
    assert place is not None
    place.close()


def test_who_waits_has_the_turn_when_it_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    first = slots.first_free(["password-0"])
    assert first is not None
    monkeypatch.setattr(hashing, "PATIENCE", 60.0)
    monkeypatch.setattr("config.signing_in.hashing.time.sleep", lambda _seconds: first.close())
    with hashing.turn():
        assert slots.first_free(["password-0"]) is None


def test_where_no_lock_can_be_had_nothing_is_hashed(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.SLOTS_DIR = tmp_path / "file" / "slots"
    with pytest.raises(hashing.Busy), hashing.turn():
        pytest.fail("a turn without a lock")


def test_a_hash_made_in_turn_is_djangos_own() -> None:
    hasher = hashing.PasswordHasher()
    hasher.iterations = 10
    held = hasher.encode("kind of blue", "salt")
    assert held.startswith("pbkdf2_sha256$10$salt$")
    assert hasher.verify("kind of blue", held) and not hasher.verify("kind of green", held)


def test_half_of_the_processors_hash_unless_the_operator_says_how_many(settings: Any, monkeypatch: Any) -> None:
    settings.PASSWORDS_AT_ONCE = 0
    for processors, turns in ((1, 1), (2, 1), (3, 1), (8, 4), (None, 1)):
        monkeypatch.setattr("config.signing_in.hashing.os.cpu_count", lambda number=processors: number)
        assert hashing.at_once() == turns
    settings.PASSWORDS_AT_ONCE = 7
    assert hashing.at_once() == 7

"""How long a guesser waits, and what is remembered of who was told to wait."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.signing_in import refusals
from config.signing_in.pauses import FIRST, LONGEST, pause


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The clock of the refusals, at 1000 s; a test moves it."""
    now = [1000.0]
    monkeypatch.setattr("config.signing_in.refusals.time.monotonic", lambda: now[0])
    refusals.forget()
    yield now
    refusals.forget()


def test_who_mistypes_a_few_times_waits_for_nothing() -> None:
    assert {pause(wrong, 5) for wrong in range(5)} == {0}
    assert pause(0, 1) == 0


def test_the_wait_doubles_and_ends_at_an_hour() -> None:
    waits = [pause(wrong, 5) for wrong in range(5, 40)]
    assert waits[0] == FIRST and waits[1] == 2 * FIRST
    assert waits == sorted(waits) and set(waits[6:]) == {LONGEST}
    assert pause(10**9, 5) == LONGEST


def test_a_refusal_is_remembered_for_a_moment_and_counts_down(clock: list[float]) -> None:
    refusals.remember("192.0.2.7", "layla", 120)
    assert refusals.left("192.0.2.7", "layla") == 120
    clock[0] += 4
    assert refusals.left("192.0.2.7", "layla") == 116
    clock[0] += 2  # the database is asked again: an operator may have unlocked the name
    assert refusals.left("192.0.2.7", "layla") == 0


def test_the_owner_elsewhere_and_other_names_here_are_not_refused() -> None:
    refusals.remember("192.0.2.7", "layla", 120)
    assert refusals.left("198.51.100.1", "layla") == 0
    assert refusals.left("192.0.2.7", "ramin") == 0


def test_an_address_that_guessed_at_many_names_is_refused_with_any_name() -> None:
    refusals.remember("192.0.2.7", "", 60)
    assert refusals.left("192.0.2.7", "anybody") == 60
    assert refusals.left(None, "anybody") == 0


def test_a_wait_of_a_moment_is_told_as_a_second_and_then_over(clock: list[float]) -> None:
    refusals.remember("192.0.2.7", "layla", 1)
    clock[0] += 0.8
    assert refusals.left("192.0.2.7", "layla") == 1
    clock[0] += 0.3
    assert refusals.left("192.0.2.7", "layla") == 0


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MOST", 10)
    for number in range(25):
        refusals.remember(f"192.0.2.{number}", "", 60)
    assert len(refusals._told) <= 10
    assert refusals.left("192.0.2.24", "x") == 60

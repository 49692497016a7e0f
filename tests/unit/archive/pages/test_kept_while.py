"""A value is made once for each state of what it is made of, whoever asks."""

from __future__ import annotations

import threading
import time

import pytest

from archive.pages.kept_while import kept_while_same


def test_a_value_is_made_anew_only_when_its_revision_changes() -> None:
    made: list[int] = []

    @kept_while_same
    def labels(revision: int) -> list[str]:
        made.append(revision)
        return ["أذربيجان"]

    assert labels(1) is labels(1)
    assert labels(2) is labels(2)
    labels(1)
    assert made == [1, 2, 1]


def test_threads_that_ask_at_once_get_one_value() -> None:
    made: list[str] = []
    begin = threading.Barrier(4)
    given: list[object] = []

    @kept_while_same
    def names(revision: str) -> object:
        time.sleep(0.01)
        made.append(revision)
        return object()

    def ask() -> None:
        begin.wait()
        given.append(names("one"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["one"] and len(set(given)) == 1


def test_a_value_that_cannot_be_made_is_asked_for_again() -> None:
    answers = iter([ValueError("the database is away"), "made"])

    @kept_while_same
    def value(revision: int) -> str:
        answer = next(answers)
        if isinstance(answer, str):
            return answer
        raise answer

    with pytest.raises(ValueError, match="away"):
        value(1)
    assert value(1) == "made"

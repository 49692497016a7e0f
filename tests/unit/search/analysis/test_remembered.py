"""What was made of the last words is kept for two generations, and never more than that."""

from __future__ import annotations

import pytest

from search.analysis import analyze
from search.analysis.remembered import Remembered


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(Remembered, "most", 3)
    return []


def kept(made: list[str]) -> Remembered[str, str]:
    def make(word: str) -> str:
        made.append(word)
        return word[::-1]

    return Remembered(make)


def test_a_word_is_worked_out_once(made: list[str]) -> None:
    words = kept(made)
    assert [words["قطر"], words["قطر"]] == ["رطق", "رطق"]
    assert made == ["قطر"]


def test_what_is_asked_for_outlives_what_is_not(made: list[str]) -> None:
    words = kept(made)
    for word in "باكو":
        assert words["قطر"] == "رطق"
        words[word]
    assert words["قطر"] == "رطق"
    assert made.count("قطر") == 1


def test_no_more_than_two_generations_are_kept(made: list[str]) -> None:
    words = kept(made)
    for word in "ابتثجحخدذ":
        words[word]
        assert len(words) <= 3
    assert words["ا"] == "ا"
    assert made.count("ا") == 2


def test_a_text_longer_than_what_is_remembered_has_the_same_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "قال وزير الخارجية السيد خلف خلفوف في باكو إن بلاده وأذربيجان تتشاوران"
    expected = analyze(text, "ar")
    monkeypatch.setattr(Remembered, "most", 2)
    assert analyze(text, "ar") == expected


def test_a_generation_that_begins_while_a_word_is_looked_up_loses_nothing(made: list[str]) -> None:
    words = kept(made)

    class Hurried(dict[str, str]):
        """Another thread begins a generation between the look for a word and its taking."""

        def __contains__(self, word: object) -> bool:
            words.forget()
            return super().__contains__(word)

    words._older = Hurried({"قطر": "رطق"})
    assert words["قطر"] == "رطق"

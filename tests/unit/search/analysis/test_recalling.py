"""What one process made of a word another takes over, and it is what it would have made itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search.analysis import Token, analyze, name_terms, token_keys
from search.analysis.analyzer import known_spellings
from search.analysis.recalling import recall, recalling
from search.analysis.spellings import Spellings
from tests.oracle.articles import ODD, TEXTS

Read = list[tuple[Token, set[str]]]


@pytest.fixture
def forget() -> Callable[[], None]:
    """Forgets every word, as a new process knows none."""

    def forget() -> None:
        for lang in (None, "ar", "fa"):
            known_spellings(lang).forget()
        name_terms._arabic_terms.forget()

    return forget


def read(text: str, lang: str | None) -> Read:
    recall(text, lang)
    return [(token, set(token_keys(token, text))) for token in analyze(text, lang)]


def test_words_that_were_met_are_not_worked_out_again(
    tmp_path: Path, forget: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    with recalling(tmp_path):
        before = [read(text, lang) for text in TEXTS for lang in (None, "ar", "fa")]
    forget()
    for lang in (None, "ar", "fa"):
        monkeypatch.setattr(known_spellings(lang), "_make", None)
    with recalling(tmp_path):
        assert [read(text, lang) for text in TEXTS for lang in (None, "ar", "fa")] == before


def test_recalled_texts_are_read_as_ever(tmp_path: Path, forget: Callable[[], None]) -> None:
    forget()
    plain = [read(text, lang) for text in (*TEXTS, *ODD) for lang in (None, "ar", "fa")]
    for _time in range(2):
        forget()
        with recalling(tmp_path):
            assert [read(text, lang) for text in (*TEXTS, *ODD) for lang in (None, "ar", "fa")] == plain


def test_nothing_is_kept_of_texts_that_are_read_elsewhere(tmp_path: Path, forget: Callable[[], None]) -> None:
    forget()
    with recalling(tmp_path):
        pass
    read("خلفوف", "ar")
    assert Spellings(tmp_path).find(["خلفوف"], "ar") == {}


def test_words_are_kept_though_the_file_cannot_be_read(tmp_path: Path, forget: Callable[[], None]) -> None:
    forget()
    plain = read(TEXTS[0], "ar")
    Spellings(tmp_path).path.write_bytes(b"no table " * 200)
    forget()
    with recalling(tmp_path):
        assert read(TEXTS[0], "ar") == plain

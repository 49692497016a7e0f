"""What one process made of a word another takes over, and it is what it would have made itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from search.analysis import Token, analyze, name_terms, thin_passage, token_keys
from search.analysis.analyzer import known_spellings
from search.analysis.recalling import recall, recalling
from search.analysis.spellings import Spellings
from search.analysis.thin_passage import Sought, ThinPassage
from tests.oracle.articles import ODD, TEXTS

Read = list[tuple[Token, set[str]]]


@pytest.fixture
def forget() -> Callable[[], None]:
    """Forgets every word, as a new process knows none."""

    def forget() -> None:
        for lang in (None, "ar", "fa"):
            known_spellings(lang).forget()
        name_terms._arabic_terms.forget()
        for held in (thin_passage._flags, thin_passage._found_by, thin_passage._named_by):
            for known in held.values():
                known.forget()

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


def test_what_marks_a_text_takes_over_what_was_met(
    tmp_path: Path, forget: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    with recalling(tmp_path):
        read(TEXTS[0], "ar")
    asked = {token.norm for token in analyze(TEXTS[0], "ar")[:3]}
    plain = ThinPassage(TEXTS[0], "ar", Sought(asked)).tokens
    assert plain
    forget()
    monkeypatch.setattr(known_spellings("ar"), "_make", None)
    with recalling(tmp_path, keeps=False):
        assert ThinPassage(TEXTS[0], "ar", Sought(asked)).tokens == plain


def test_who_reads_a_page_keeps_nothing_and_does_not_wait_for_who_writes(
    tmp_path: Path, forget: Callable[[], None]
) -> None:
    forget()
    with recalling(tmp_path, keeps=False):
        plain = read(TEXTS[0], "ar")
    assert not list(tmp_path.iterdir())
    with recalling(tmp_path):
        read(TEXTS[0], "ar")
    writer = sqlite3.connect(Spellings(tmp_path).path)
    writer.execute("BEGIN EXCLUSIVE")
    forget()
    with recalling(tmp_path, keeps=False):
        assert read(TEXTS[0], "ar") == plain
    writer.close()

"""What was made of a spelling is kept for the next rebuild, and never trusted when it is not what was written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from search.analysis.spellings import AnalysedSpelling, Spellings
from search.documents import vocabulary
from search.documents.vocabulary import Vocabulary
from tests.oracle.articles import ODD, TEXTS, entry
from tests.oracle.written_out import assert_inverted_as_written_out

KHALAFOV = AnalysedSpelling(("arabic", "خلفوف", (), ("خلفوف",), "خلفوف"), 0, ("a:XLF+F",))


def test_what_is_kept_is_found_by_language(tmp_path: Path) -> None:
    Spellings(tmp_path).keep([("خلفوف", "ar", KHALAFOV)])
    assert Spellings(tmp_path).find(["خلفوف", "صلح"], "ar") == {"خلفوف": KHALAFOV}
    assert Spellings(tmp_path).find(["خلفوف"], "fa") == {}


def test_texts_have_the_same_terms_by_kept_spellings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [entry(text, number) for number, text in enumerate([*TEXTS, *ODD])]
    first = Vocabulary(Spellings(tmp_path))
    assert_inverted_as_written_out(texts, first)
    first.keep()
    monkeypatch.setattr(vocabulary, "learn_form", None)  # nothing is analysed again
    assert_inverted_as_written_out(texts, Vocabulary(Spellings(tmp_path)))


def test_a_damaged_row_is_not_believed(tmp_path: Path) -> None:
    spellings = Spellings(tmp_path)
    spellings.keep([("خلفوف", "ar", KHALAFOV)])
    spellings.close()
    with sqlite3.connect(spellings.path) as table:
        (row,) = table.execute("SELECT made FROM spelling").fetchone()
        table.execute("UPDATE spelling SET made = ?", (row[:-1] + bytes([row[-1] ^ 1]),))
    table.close()
    assert Spellings(tmp_path).find(["خلفوف"], "ar") == {}


def test_a_file_that_is_no_table_is_done_without_and_removed(tmp_path: Path) -> None:
    spellings = Spellings(tmp_path)
    spellings.path.write_bytes(b"not a table, and longer than the header of one" * 20)
    assert spellings.find(["خلفوف"], "ar") == {}
    spellings.keep([("خلفوف", "ar", KHALAFOV)])
    assert not spellings.path.exists()


def test_spellings_of_another_analyzer_are_removed(tmp_path: Path) -> None:
    other = tmp_path / "spellings-0123456789abcdef.sqlite3"
    other.touch()
    spellings = Spellings(tmp_path)
    spellings.keep([("خلفوف", "ar", KHALAFOV)])
    spellings.remove_others()
    assert not other.exists() and spellings.path.exists()

"""Words, numbers and gaps of texts as they are printed."""

from __future__ import annotations

import pytest

from search.analysis.tokenizer import iter_words, kind_of, split_pieces

CUT = [
    ("سوريا،الأردن", ["سوريا", "الأردن"]),
    ("الدولية.ولفت الوزير", ["الدولية", "ولفت", "الوزير"]),
    ("2020/01/05", ["2020", "01", "05"]),
    ("17،18", ["17", "18"]),
    ("۳٬۵۰۰ و 2.5", ["۳٬۵۰۰", "و", "2.5"]),
    ("12May 2020", ["12", "May", "2020"]),
    ("جذب714 ميليارد", ["جذب", "714", "ميليارد"]),
    ("می‌کند", ["می‌کند"]),
    ("علي\u00adاف، همکاری\u00acها", ["علي\u00adاف", "همکاری\u00acها"]),
    ("«ســلام»", ["ســلام"]),
    ("الـ 30", ["الـ", "30"]),
    ("\u200fوزير\u200f", ["وزير"]),
    ("Xələfov’s", ["Xələfov", "s"]),
    ("", []),
    ("… – —", []),
]


@pytest.mark.parametrize(("text", "words"), CUT)
def test_words_are_cut_as_a_reader_would(text: str, words: list[str]) -> None:
    assert [word for _start, _end, word in iter_words(text)] == words


def test_pieces_joined_again_are_the_text() -> None:
    text = "قال «الوزيـر»: ١٢ مايو، Baku."
    assert "".join(split_pieces(text)) == text


def test_offsets_point_into_the_text_as_given() -> None:
    text = "وقال الوزيـر، إن"
    assert [text[start:end] for start, end, _word in iter_words(text)] == ["وقال", "الوزيـر", "إن"]


def test_word_never_ends_in_a_control_and_never_begins_with_a_mark() -> None:
    assert list(iter_words("\u064bوزير\u200c\u200e ")) == [(1, 5, "وزير")]


@pytest.mark.parametrize(("word", "kind"), [("وزير", "arabic"), ("١٢", "number"), ("Baku", "latin"), ("Баку", "latin")])
def test_kind_follows_the_script(word: str, kind: str) -> None:
    assert kind_of(word) == kind

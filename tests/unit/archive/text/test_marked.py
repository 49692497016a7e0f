"""A text cut at what is named in it keeps every letter, and a window ends between words."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from archive.text.languages import reading_language
from archive.text.marked import paragraphs, pieces, window

BAKU = "وزير الخارجية الأذربيجاني جيهون بيراموف\n\nعقدت الجولة الثانية في باكو"


class Named(NamedTuple):
    start: int
    end: int


def at(words: str) -> Named:
    return Named(BAKU.index(words), BAKU.index(words) + len(words))


@pytest.mark.parametrize(
    "ranges",
    [
        [],
        [at("باكو")],
        [at("جيهون بيراموف"), at("الأذربيجاني")],
        [at("بيراموف"), at("جيهون بيراموف")],
        [Named(60, 9000)],
    ],
)
def test_the_pieces_of_a_text_are_the_whole_text(ranges: list[Named]) -> None:
    assert "".join(text for text, _range in pieces(BAKU, ranges)) == BAKU


def test_what_is_named_is_a_piece_with_its_range() -> None:
    assert [text for text, named in pieces(BAKU, [at("باكو"), at("وزير")]) if named] == ["وزير", "باكو"]


def test_of_two_names_that_overlap_the_longer_one_counts() -> None:
    assert [text for text, named in pieces(BAKU, [at("جيهون"), at("جيهون بيراموف")]) if named] == ["جيهون بيراموف"]


def test_a_range_of_an_earlier_wording_is_left_out() -> None:
    assert [named for _text, named in pieces("باكو", [Named(2, 40)])] == [None]


def test_paragraphs_stand_where_the_text_says() -> None:
    first, second = paragraphs(BAKU)
    assert BAKU[slice(*first)].endswith("بيراموف")
    assert BAKU[slice(*second)] == "عقدت الجولة الثانية في باكو"


def test_a_stretch_of_a_text_is_cut_like_the_text() -> None:
    _first, (start, end) = paragraphs(BAKU)
    assert [text for text, _named in pieces(BAKU, [at("وزير"), at("باكو")], start, end)] == [
        "عقدت الجولة الثانية في ",
        "باكو",
    ]


@pytest.mark.parametrize("around", range(45))
def test_a_window_holds_the_match_and_whole_words(around: int) -> None:
    match = at("جيهون")
    low, high = window(BAKU, match.start, match.end, around, around)
    assert low <= match.start <= match.end <= high
    assert (match.start - low <= around and high - match.end <= around) or (low, high) == (0, len(BAKU))
    assert low == 0 or BAKU[low - 1] == " " or around < len("الأذربيجاني ")


@pytest.mark.parametrize(("code", "read"), [("ar", "ar"), ("fa", "fa"), ("und", None), ("en", None), (None, None)])
def test_the_archive_reads_arabic_and_persian(code: str | None, read: str | None) -> None:
    assert reading_language(code) == read

"""What is one word to the reader although a space or a hyphen stands in it."""

from __future__ import annotations

import pytest

from search.analysis import analyze, fold
from search.analysis.joiner import glued_names, join_words

JOINED = [
    "می کند", "نمی رود", "کتاب ها", "دولت های", "بزرگ ترین", "رفته اند", "منطقه ای", "خلف اف", "حسن زاده", "تقی پور",
    "عبد الله", "وعبد العزيز", "فتح الله", "نور الدين", "أبو ظبي", "قره باغ", "گفت و گو", "جست وجو",
    "Amir-Abdollahian", "X-12",
]  # fmt: skip
APART = ["در صلح", "صلح و", "رفت ام", "كتب اي", "وزير الخارجية", "10 20", "X 12"]


@pytest.mark.parametrize("text", JOINED)
def test_joined_term_stands_at_the_first_word_and_ends_at_the_last(text: str) -> None:
    joined = [token for token in analyze(f"قال {text} هنا") if token.span > 1]
    assert [(token.norm, token.position, token.start, token.end) for token in joined] == [
        (fold(text.replace(" ", "").replace("-", "")), 1, 4, 4 + len(text))
    ]


@pytest.mark.parametrize("text", APART)
def test_ordinary_neighbours_are_not_joined(text: str) -> None:
    assert all(token.span == 1 for token in analyze(text))


@pytest.mark.parametrize("text", ["می، کند", "می\nکند", "عبد. الله", "خلف «اف»"])
def test_punctuation_and_the_line_break_keep_words_apart(text: str) -> None:
    assert all(token.span == 1 for token in analyze(text))


def test_no_break_space_joins_as_the_space_does() -> None:
    assert [token.norm for token in analyze("می\u00a0کند")] == ["مي", "ميكند", "كند"]


def test_ezafe_behind_a_space_is_dropped() -> None:
    assert join_words((fold("نامه"), fold("ی"))) == fold("نامه")


def test_longer_name_joins_three_words() -> None:
    assert fold("أبوعبدالله") in {token.norm for token in analyze("أبو عبد الله")}


def test_two_glued_names_give_the_second_as_a_part() -> None:
    assert glued_names("محمدعبدالله") == ("محمد", "عبدالله")
    assert glued_names("عبدالله") == ()


def test_tokens_are_ordered_by_start_and_span() -> None:
    tokens = analyze("زار أبو عبد الله قره باغ و گفت و گو کرد")
    assert tokens == sorted(tokens, key=lambda token: (token.start, token.span))


def test_sign_of_several_words_gives_each_its_position_and_one_span() -> None:
    tokens = analyze("\ufdfd قال")
    assert [(token.norm, token.position) for token in tokens if token.span == 1] == [
        ("بسم", 0), ("الله", 1), ("الرحمن", 2), ("الرحيم", 3), ("قال", 4),
    ]  # fmt: skip
    assert {(token.start, token.end) for token in tokens[:4]} == {(0, 1)}

"""Keywords in context: what stands before and behind a match, in reading order, and how such lines are sorted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ways.kwic import CONTEXT, ConcordanceLine, lines, sort_key

HEADLINE = "عقدت الجولة الأولى من المشاورات السياسية بين وزارتي الخارجية"


def line(text: str, match: str) -> ConcordanceLine:
    start = text.index(match)
    return next(lines(text, [(start, start + len(match))]))


def test_a_line_is_the_match_with_what_stands_before_and_behind_it_in_reading_order() -> None:
    found = line(HEADLINE, "المشاورات السياسية")
    assert (found.before, found.match, found.after) == (
        "عقدت الجولة الأولى من ",
        "المشاورات السياسية",
        " بين وزارتي الخارجية",
    )


def test_the_nearest_words_come_first_on_both_sides_and_are_folded() -> None:
    found = line(HEADLINE, "المشاورات")
    assert found.words_before == ("من", "الاولي", "الجوله")
    assert found.words_after == ("السياسيه", "بين", "وزارتي")


def test_a_match_inside_a_word_is_shown_as_the_whole_word() -> None:
    assert line("بين قطر وأذربيجان في باكو", "أذربيجان").match == "وأذربيجان"
    assert line("سفر به جمهوری‌آذربایجان", "آذربایجان").match == "جمهوری‌آذربایجان"


def test_the_context_ends_with_the_paragraph_and_says_where_the_text_goes_on() -> None:
    found = line("قال الوزير.\n\nوصل خلفوف إلى باكو\n\nثم عاد", "خلفوف")
    assert (found.before, found.after) == ("وصل ", " إلى باكو")
    assert not found.cut_before and not found.cut_after
    assert (found.words_before, found.words_after) == (("وصل",), ("الي", "باكو"))
    long = line("كلمة " * 40 + "خلفوف " + "كلمة " * 40, "خلفوف")
    assert long.cut_before and long.cut_after
    assert long.before.startswith("كلمة ") and long.after.endswith(" كلمة")


def test_lines_are_sorted_by_a_word_and_those_farther_off() -> None:
    texts = ["ب خلفوف ب ا", "ا خلفوف ا ب", "ا خلفوف ا ا"]
    held = [line(text, "خلفوف") for text in texts]
    assert [one.after for one in sorted(held, key=lambda one: sort_key(one, "after-1", "ar"))] == [
        " ا ا",
        " ا ب",
        " ب ا",
    ]
    assert [one.after for one in sorted(held, key=lambda one: sort_key(one, "after-2", "ar"))] == [
        " ب ا",
        " ا ا",
        " ا ب",
    ]
    assert sort_key(held[0], "", "ar") == (False, ())
    assert sort_key(line("خلفوف", "خلفوف"), "after-1", "fa") > sort_key(line("خلفوف یک", "خلفوف"), "after-1", "fa")


@pytest.mark.parametrize(
    ("first", "second"),
    [("بيت", "پول"), ("پول", "تنش"), ("جنگ", "چین"), ("چین", "حزب"), ("کار", "گاز"), ("گاز", "لاله"), ("وزیر", "هیئت")],
)
def test_persian_letters_have_their_place_in_the_alphabet(first: str, second: str) -> None:
    one, other = (sort_key(line(f"خلفوف {word}", "خلفوف"), "after-1", "fa") for word in (first, second))
    assert one < other


@given(
    st.lists(st.sampled_from(["خلفوف", "می‌کند", "Doha", "17", "،", "\n\n", "«قطر»", "و", "﷽", ""]), max_size=60),
    st.integers(0, 200),
    st.integers(1, 40),
)
def test_a_line_is_a_stretch_of_the_text_whatever_is_marked(pieces: list[str], start: int, length: int) -> None:
    text = " ".join(pieces)
    for found in lines(text, [(start, start + length)]):
        assert text[found.start : found.end] == found.match
        assert found.before + found.match + found.after in text
        assert max(len(found.before), len(found.after)) <= CONTEXT
        assert "\n" not in found.before + found.after

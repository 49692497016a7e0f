"""What a character typed into the search box can be: where words begin and end, and what joins two of them."""

from __future__ import annotations

import unicodedata

import pytest

from search.syntax.characters import (
    CLOSING_QUOTES,
    DIRECTION_MARKS,
    as_plain,
    as_written,
    cleaned,
    count_letters,
    count_pieces,
    end_of_word,
    joins,
    starts_word,
)

ZWNJ, SHADDA, RLM = "\u200c", "\u0651", "\u200f"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("خلفوف في الدوحة", "خلفوف"),
        ("مُحَمَّد!", "مُحَمَّد"),
        (f"می{ZWNJ}رود و", f"می{ZWNJ}رود"),
        ("العسكرية-السياسية", "العسكرية"),
        ("أذربيجان/قطر", "أذربيجان"),
        ("أذربيجان،قطر", "أذربيجان"),
        ("می¬رود", "می¬رود"),  # the half-space of old files
        ("X-12,", "X-12"),
        ("azvision.az.", "azvision.az"),
        ("Ma'mun's", "Ma'mun's"),
        ("1,234 صاروخ", "1,234"),
        ("۱٬۲۳۴ نفر", "۱٬۲۳۴"),
        ("23:23:50)", "23:23:50"),
        ("2019-10-26", "2019-10-26"),
        ("الـ30", "الـ30"),
        ("layla@example.org", "layla@example.org"),
        ("https://azvision.az/news/1?q=2#x).", "https://azvision.az/news/1?q=2#x"),
        ("localhost.az:8000/x", "localhost.az:8000/x"),
        ("title:قطر", "title"),
        ("text*", "text"),
    ],
)
def test_a_word_ends_where_its_readers_end_it(text: str, word: str) -> None:
    assert text[: end_of_word(text, 0)] == word


@pytest.mark.parametrize("letter", ["خ", "ی", "a", "é", "Ж", "٣", "۴", "7", "²", "\ufdfc", "中"])
def test_letters_and_numbers_of_any_script_begin_a_word(letter: str) -> None:
    assert starts_word(letter)


@pytest.mark.parametrize("sign", ["-", "«", " ", SHADDA, ZWNJ, RLM, "؟", "،", "\u06dd", "(", "*", "~"])
def test_marks_and_signs_begin_none(sign: str) -> None:
    assert not starts_word(sign)


@pytest.mark.parametrize(
    ("before", "joint", "after", "joined"),
    [
        ("A", "-", "1", True),
        ("ع", "-", "س", False),
        ("ع", "-", "1", True),
        ("1", ",", "2", True),
        ("a", ",", "b", False),
        ("1", ":", "2", True),
        ("ي", "¬", "ر", True),
        ("A", "-", " ", False),
        ("A", "~", "1", False),
    ],
)
def test_what_joins_two_characters_depends_on_their_script(before: str, joint: str, after: str, joined: bool) -> None:
    assert joins(before, joint, after) is joined


def test_marks_of_direction_go_and_every_letter_knows_where_it_was_typed() -> None:
    typed = f"{RLM}عنوان{RLM}:{RLM}قطر"
    text, origins = cleaned(typed)
    assert text == "عنوان:قطر"
    assert [typed[place] for place in origins] == list(text)


def test_a_vowel_mark_without_a_letter_goes_and_one_behind_a_letter_stays() -> None:
    assert cleaned(f"{SHADDA} قطّر{ZWNJ}")[0] == f" قطّر{ZWNJ}"
    assert cleaned(SHADDA + ZWNJ)[0] == ""


def test_a_word_is_kept_composed_and_without_half_spaces_at_its_end() -> None:
    assert as_written(unicodedata.normalize("NFD", "آذربایجان") + ZWNJ * 2) == "آذربایجان"
    assert as_written(f"می{ZWNJ}رود") == f"می{ZWNJ}رود"


def test_an_operator_that_is_meant_as_a_word_is_written_small() -> None:
    assert [as_plain(word) for word in ("AND", "OR", "NOT", "And", "قطر")] == ["and", "or", "not", "And", "قطر"]


def test_letters_are_counted_without_what_only_lengthens_or_vowels_a_word() -> None:
    assert count_letters("مُحَمَّد") == 4
    assert count_letters("قــــطر") == 3
    assert count_letters(f"می{ZWNJ}رود") == 5


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("X-12", 2),
        ("الـ30", 2),
        (f"کتاب{ZWNJ}ها", 1),
        ("F16", 1),
        ("https://azvision.az/news/1", 5),
        ("", 0),
        ("...", 0),
    ],
)
def test_a_long_address_costs_as_much_as_the_words_in_it(word: str, pieces: int) -> None:
    assert count_pieces(word) == pieces


def test_every_quotation_mark_that_closes_a_phrase_can_open_one() -> None:
    closers = {mark for marks in CLOSING_QUOTES.values() for mark in marks}
    assert closers == set(CLOSING_QUOTES)
    assert "»" in CLOSING_QUOTES["«"] and "«" in CLOSING_QUOTES["»"]
    assert DIRECTION_MARKS.isdisjoint(closers)

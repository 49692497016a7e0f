"""The endings and clitics of Arabic words: what is cut, and what only looks like an ending or a clitic."""

from __future__ import annotations

import pytest

from search.analysis.arabic_clitics import without_clitics
from search.analysis.arabic_endings import of_place, without_endings, without_pronoun
from search.analysis.lexicons import arabic
from search.analysis.normalizer import clean, fold

LEXICON = arabic()


def rest(word: str) -> list[str]:
    return without_endings(fold(word), clean(word), LEXICON)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("رئيسا", "رييس"),
        ("زيارات", "زياره"),
        ("طرفين", "طرف"),
        ("دولتان", "دوله"),
        ("مسؤولو", "مسوول"),
        ("جولتي", "جوله"),
        ("زيارتا", "زياره"),
        ("سفيران", "سفير"),
        ("جزءا", "جزء"),
        ("شيئا", "شيء"),
        ("شيئين", "شيء"),
        ("لاجئا", "لاجي"),
        ("سفيرها", "سفير"),
        ("دولتهما", "دوله"),
        ("زياراته", "زياره"),
        ("وزرائه", "وزراء"),
        ("لقائه", "لقاء"),
        ("لقاؤهما", "لقاء"),
        ("دولتنا", "دوله"),
        ("دولته", "دوله"),
    ],
)
def test_case_number_and_pronoun_come_off_a_known_word(word: str, stem: str) -> None:
    assert stem in rest(word)


@pytest.mark.parametrize("word", ["قانون", "طيران", "ذاتي", "جمهورية", "من", "الى"])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    assert rest(word) == []


def test_a_final_teh_marbuta_is_no_pronoun() -> None:
    assert list(without_pronoun("دوله", "دولة", LEXICON)) == []
    assert "دوله" in without_pronoun("دولتهم", "دولتهم", LEXICON)


@pytest.mark.parametrize(("word", "place"), [("قطرات", "قطر"), ("جدته", "جده"), ("كابلات", "كابل")])
def test_a_place_takes_no_ending(word: str, place: str) -> None:
    assert place in LEXICON.places and place not in rest(word)


@pytest.mark.parametrize("word", ["توجها", "تفاهما"])
def test_the_alef_of_a_case_comes_off(word: str) -> None:
    assert word[:-1] in rest(word)


def uncovered(word: str) -> str:
    return without_clitics(fold(word), clean(word), LEXICON)


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("الوزير", "وزير"),
        ("والوزير", "وزير"),
        ("للوزير", "وزير"),
        ("وللوزير", "وزير"),
        ("بالعاصمة", "عاصمه"),
        ("العراق", "عراق"),
        ("وبالعراق", "عراق"),
        ("لتركيا", "تركيا"),
        ("لدولة", "دوله"),
        ("للبنان", "لبنان"),
        ("وأكد", "اكد"),
    ],
)
def test_conjunction_preposition_and_article_come_off(word: str, bare: str) -> None:
    assert uncovered(word) == bare


@pytest.mark.parametrize(
    "word", ["ألمانيا", "وليد", "بالتيمور", "والده", "بالغة", "التزام", "وزير", "فريق", "وافق", "قال", "في", "كان"]
)
def test_the_first_letters_of_a_root_are_no_clitics(word: str) -> None:
    assert uncovered(word) == fold(word)


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("قطري", ["قطر"]),
        ("قطريات", ["قطر"]),
        ("تركيه", ["تركي", "تركيا"]),
        ("لاتفيه", ["لاتفي", "لاتفيا"]),
        ("سوري", ["سوريا"]),
        ("فرنسي", ["فرنسا"]),
        ("سعودي", ["سعوديه"]),
        ("رياضي", []),
        ("جيبوتي", []),
        ("في", []),
    ],
)
def test_a_nisba_tells_of_which_place_it_is(word: str, places: list[str]) -> None:
    assert of_place(word, word, False, LEXICON) == places


def test_a_given_name_is_of_no_place_until_it_has_the_article() -> None:
    assert of_place("تركي", "تركي", False, LEXICON) == []
    assert of_place("تركي", "تركي", True, LEXICON) == ["تركيا"]

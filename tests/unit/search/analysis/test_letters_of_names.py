"""Sounds of names in three scripts, spelling families, distances of misspelled words, and what the lexicons know."""

from __future__ import annotations

import pytest

from search.analysis.lexicons import arabic, persian, stop_words
from search.analysis.names import SURNAME, keys_of_word, listed_families
from search.analysis.normalizer import fold
from search.analysis.places import place_forms, place_ids
from search.analysis.resources import DATA, read_lines, read_rows
from search.analysis.romanization import arabic_skeletons, latin_skeletons, romanize_cyrillic
from search.analysis.spelling_distance import allowed_distance, is_near, spelling_distance
from search.analysis.variants import rewrite_variants, rewrite_written


@pytest.mark.parametrize(
    ("arabic_word", "latin_word"),
    [
        ("خلف", "khalaf"),
        ("خلف", "xalaf"),
        ("عظيم", "azim"),
        ("حيدر", "heydar"),
        ("بلينكن", "blinken"),
        ("جمال", "jamal"),
        ("جمال", "gamal"),
        ("تشاد", "chad"),
        ("مكسيم", "maxim"),
        ("شكري", "shoukry"),
        ("ذاكر", "zakir"),
        ("ثاني", "thani"),
    ],
)
def test_a_name_has_one_skeleton_in_two_scripts(arabic_word: str, latin_word: str) -> None:
    assert set(arabic_skeletons(arabic_word)) & set(latin_skeletons(latin_word))


@pytest.mark.parametrize(("one", "other"), [("خلف", "karim"), ("عظيم", "nazim"), ("قطر", "iran"), ("خلف", "خليل")])
def test_other_names_have_other_skeletons(one: str, other: str) -> None:
    second = arabic_skeletons(other) if other > "z" else latin_skeletons(other)
    assert not set(arabic_skeletons(one)) & set(second)


def test_cyrillic_is_read_by_its_letters_and_other_scripts_stay() -> None:
    assert romanize_cyrillic("халафов") == "xalafov"
    assert romanize_cyrillic("гурбанов") == "gurbanov"
    assert romanize_cyrillic("khalafov") == "khalafov" and romanize_cyrillic("خلف") == "خلف"


def test_the_article_of_a_name_may_be_heard_or_not() -> None:
    assert set(arabic_skeletons("سلام")) <= set(arabic_skeletons("السلام"))


def test_a_surname_answers_by_its_root_too() -> None:
    keys = keys_of_word("khalafov", "latin")
    assert any(key.endswith(SURNAME) for key in keys)
    assert set(keys) & set(keys_of_word("خلفوف", "arabic"))


def test_a_listed_name_has_its_family() -> None:
    families = listed_families()
    spellings = [form for form, names in families.items() if set(names) & set(families["محمد"])]
    assert {"محمد", "mohammad", "muhammad"} <= set(spellings)


@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("مسئول", "مسوول"),
        ("مسؤول", "مسوول"),
        ("هيئت", "هيات"),
        ("گفتوگو", "گفتگو"),
        ("اميركا", "امريكا"),
        ("شؤون", "شوون"),
        ("شئون", "شوون"),
        ("هيئه", "هيئه"),
    ],
)
def test_spellings_of_one_word_are_brought_together(written: str, family: str) -> None:
    assert rewrite_variants(written) == family


@pytest.mark.parametrize(
    ("written", "family"), [("هيأة", "هيئة"), ("المائة", "المئة"), ("هيأت", "هيأت"), ("دمائه", "دمائه")]
)
def test_what_folding_would_confuse_is_told_by_the_letters_as_written(written: str, family: str) -> None:
    assert rewrite_written(written) == family


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("الخارحيه", "الخارجيه", 0.5),  # a dot
        ("اذريجان", "اذربيجان", 1.0),  # a letter
        ("اذربيحان", "اذربيجان", 0.5),
        ("قطر", "قرط", 1.0),  # two that changed places
        ("سلام", "سلام", 0.0),
        ("شلام", "سلام", 0.5),
        ("كلام", "سلام", 1.0),
    ],
)
def test_a_wrong_dot_is_half_a_wrong_letter(one: str, other: str, distance: float) -> None:
    assert spelling_distance(one, other) == spelling_distance(other, one) == distance


def test_long_words_may_be_wrong_twice_and_short_ones_never() -> None:
    assert [allowed_distance("ا" * number) for number in (3, 4, 7, 8)] == [0, 1, 1, 2]
    assert is_near("اذريجان", "اذربيجان")
    assert not is_near("حرب", "حزب")
    assert not is_near("سلام", "سلامتكم")


def test_a_place_has_its_names_in_every_script() -> None:
    assert place_ids(("طهران",)) == place_ids(("تهران",)) != ()
    assert ("baku",) in place_forms((fold("باكو"),)) or (fold("bakı"),) in place_forms((fold("باكو"),))
    assert place_forms((fold("أذربيجان"),)) and (fold("أذربيجان"),) not in place_forms((fold("أذربيجان"),))
    assert place_ids(("مشاورات",)) == () == place_forms(("مشاورات",))


def test_the_lexicons_know_frequent_words_places_and_names() -> None:
    assert arabic().knows("وزير") and arabic().knows(fold("الدوحة")[2:])
    assert persian().knows(fold("وزیر")) and fold("تهران") in persian().places
    assert not arabic().knows("قزحطب")
    assert arabic().count("وزير") >= arabic().count_with_article("وزير") > 0
    assert arabic().count_with_article("قاء") == 0  # القاء is إلقاء
    assert arabic().is_protected(fold("قطر"))


def test_every_word_of_a_lexicon_is_folded() -> None:
    for lexicon in (arabic(), persian()):
        for words in (lexicon.places, lexicon.stop_words, lexicon.al_words, lexicon.countries):
            assert not [word for word in words if fold(word) != word]


def test_function_words_of_all_languages_are_those_of_each() -> None:
    each = [stop_words(lang) for lang in ("ar", "fa", "en")]
    assert stop_words() == frozenset().union(*each)
    assert "في" in each[0] and fold("از") in each[1] and "the" in each[2]


def test_data_files_are_read_without_remarks_and_empty_lines() -> None:
    for path in sorted(DATA.glob("*.t*")):
        lines = list(read_lines(path.name))
        assert lines, path.name
        assert not [line for line in lines if not line.strip() or line.startswith("#")], path.name
    widths = {len(row) for row in read_rows("places.tsv")}
    assert widths == {4}

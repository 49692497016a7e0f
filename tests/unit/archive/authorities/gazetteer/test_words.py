"""Words of a text as names are sought in them: particles, endings, spellings, and words that are no name."""

from __future__ import annotations

import pytest

from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.gazetteer.guards import Verdict, is_given_name, judge
from archive.authorities.gazetteer.inflection import inflect
from archive.authorities.gazetteer.types import RECOGNISED_KINDS
from archive.authorities.gazetteer.words import can_continue, cut_particles, split_words


def verdict(text: str, word: str, language: str = "ar") -> Verdict:
    words = split_words(text)
    place = [text[one.start : one.end] for one in words].index(word)
    countries = [m for m in Gazetteer.shipped().matches_at(words, place) if m.entry.form.record.kind == "country"]
    return judge(words, countries[0], language)


@pytest.mark.parametrize(
    ("word", "rest"), [("وبالهند", "هند"), ("للهند", "هند"), ("الهند", "هند"), ("ولبنان", "لبنان"), ("فقطر", "قطر")]
)
def test_particles_come_off_and_the_whole_word_stays_first(word: str, rest: str) -> None:
    rests = [one for one, _cut, _article in cut_particles(word)]
    assert rests[0] == word
    assert rest in rests


def test_the_ka_of_likeness_is_taken_off_long_names_only() -> None:
    assert "لاوس" not in [rest for rest, _cut, _article in cut_particles("كلاوس")]


def test_latin_words_have_no_particles() -> None:
    assert cut_particles("baku") == [("baku", 0, False)]


@pytest.mark.parametrize(
    ("text", "language", "use", "spelling"),
    [
        ("قطري", "ar", "demonym", "قطريون"),
        ("قطري", "ar", "demonym", "قطريه"),
        ("ایرانی", "fa", "demonym", "ايرانيان"),
        ("ایرانی", "fa", "demonym", "ايرانيها"),
        ("آمریکا", "fa", "name", "امريكاي"),
        ("Azerbaijani", "en", "demonym", "azerbaijanis"),
        ("كوري جنوبي", "ar", "demonym", "الكوريهالجنوبيه"),
    ],
)
def test_a_form_is_met_in_its_inflections(text: str, language: str, use: str, spelling: str) -> None:
    assert spelling in [one.key for one in inflect(text, language, use)]


def test_an_arabic_name_is_met_as_it_stands() -> None:
    assert [one.key for one in inflect("قطر", "ar", "name")] == ["قطر"]


def test_a_spelling_knows_where_it_may_be_cut() -> None:
    assert next(inflect("خلف‌اف", "fa", "surname")).breaks == {3}


def test_a_name_goes_on_over_a_space_and_not_over_a_stop() -> None:
    baku, tehran, riyadh = split_words("باكو طهران. الرياض")
    assert can_continue(tehran)
    assert not can_continue(riyadh)
    assert baku.gap == ""


@pytest.mark.parametrize(
    ("text", "word", "language", "expected"),
    [
        ("مياه المحيط الهندي", "الهندي", "ar", Verdict.REJECTED),
        ("وصل إلى ترکیه", "ترکیه", "fa", Verdict.SURE),
        ("تقرير مالي جديد", "مالي", "ar", Verdict.NEEDS_CONTEXT),
        ("محمد المصري", "المصري", "ar", Verdict.REJECTED),
        ("تحدث باللغة الإنجليزية", "الإنجليزية", "ar", Verdict.REJECTED),
    ],
)
def test_the_words_beside_a_name_say_what_it_is(text: str, word: str, language: str, expected: Verdict) -> None:
    assert verdict(text, word, language) is expected


def test_given_names_are_known_with_and_without_a_joined_and() -> None:
    assert is_given_name("محمد") and is_given_name("ومحمد")
    assert not is_given_name("باكو")


def test_sources_are_not_sought_in_texts() -> None:
    assert "source" not in RECOGNISED_KINDS

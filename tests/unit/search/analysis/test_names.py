"""One name in Arabic, Persian, Latin and Cyrillic script, and two names that only look alike."""

from __future__ import annotations

import pytest

from search.analysis import analyze, name_keys, place_forms, place_ids, token_keys
from search.analysis.name_terms import asking_keys, is_name_like

ONE_NAME = [
    ["Khalafov", "Xələfov", "Халафов", "خلفوف", "خلف‌اف", "خلفاف"],
    ["Aliyev", "Əliyev", "Алиев", "علييف", "علی‌اف"],
    ["Mammadov", "Məmmədov", "Мамедов", "محمدوف", "محمداف", "ممادوف"],
    ["Bayramov", "بيراموف", "بایرام‌اف", "Байрамов"],
    ["Huseynov", "Hüseynov", "Гусейнов", "حسينوف", "حسین‌اف"],
    ["Azimov", "Əzimov", "عظيموف", "عظیم‌اف"],
    ["Hajiyev", "Hacıyev", "Гаджиев", "حاجييف", "حاجی‌اف"],
    ["Rouhani", "Ruhani", "روحاني", "روحانی"],
    ["Stoltenberg", "ستولتنبرغ", "استولتنبرگ"],
    ["Putin", "Путин", "بوتين", "پوتین"],
    ["Macron", "ماكرون", "مکرون"],
    ["Ali", "Əli", "علي", "علی"],
    ["Sisi", "السيسي", "سیسی"],
    ["Abdullah", "Abdollah", "عبدالله"],
    ["Guterres", "غوتيريش", "گوترش"],
]
TWO_NAMES = [
    ("Huseynov", "حسنوف"), ("Hasanov", "حسينوف"), ("Mahmoud", "محمد"), ("Salim", "Sami"), ("Aliyev", "Ilham"),
    ("Khalafov", "Guliyev"), ("Putin", "بايدن"), ("Rouhani", "Araghchi"), ("Fidan", "فرحان"),
]  # fmt: skip
PAIRS = [(one, other) for names in ONE_NAME for one in names for other in names if one < other]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_name_meets_itself_in_another_script(one: str, other: str) -> None:
    assert name_keys(one) & name_keys(other)


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_different_names_share_no_key(one: str, other: str) -> None:
    assert not name_keys(one) & name_keys(other)


def test_names_written_apart_have_the_key_of_the_whole() -> None:
    assert name_keys("Abdul Rahman") & name_keys("عبدالرحمن")


@pytest.mark.parametrize("name", ["", "12", "…"])
def test_what_has_no_letters_has_no_key(name: str) -> None:
    assert name_keys(name) == frozenset()


def test_words_of_one_script_are_compared_by_their_vowels_too() -> None:
    (salam,) = analyze("سلام", "ar")
    (salim,) = analyze("سليم", "ar")
    assert asking_keys(salim.norm, "arabic").isdisjoint(token_keys(salam, "سلام"))


def test_latin_words_of_a_text_have_keys_only_when_capitalised() -> None:
    assert [bool(token_keys(token, "Minister of Baku")) for token in analyze("Minister of Baku")] == [True, False, True]


@pytest.mark.parametrize("word", ["في", "الي", "مورد", "دوله", "نشر", "يفهم", "رسايلهم", "كتابهاي"])
def test_ordinary_words_are_no_names(word: str) -> None:
    assert not is_name_like(word)


@pytest.mark.parametrize("word", ["والمستشفيات", "بسيارات", "التطرف", "وسيكون"])
def test_inflected_words_that_news_know_have_no_name_keys(word: str) -> None:
    (token,) = analyze(word, "ar")
    assert not token_keys(token, word)


@pytest.mark.parametrize(("written", "name"), [("وبوتين", "Putin"), ("لخلفوف", "Khalafov"), ("وقوربانوف", "Gurbanov")])
def test_names_behind_particles_have_their_keys(written: str, name: str) -> None:
    (token,) = analyze(written, "ar")
    (asked,) = analyze(name)
    assert not asking_keys(asked.norm, "latin").isdisjoint(token_keys(token, written))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("طهران",), ("تهران",)),
        (("اذربيجان",), ("اذربايجان",)),
        (("باكو",), ("baki",)),
        (("تركيا",), ("turkiye",)),
        (("اليونان",), ("يونان",)),
        (("القدس",), ("jerusalem",)),
        (("كوريا", "الشماليه"), ("كره", "شمالي")),
    ],
)
def test_place_has_its_names_in_the_other_languages(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert other in place_forms(one)
    assert one in place_forms(other)


def test_ordinary_words_name_no_place() -> None:
    assert place_ids(("وزير",)) == ()

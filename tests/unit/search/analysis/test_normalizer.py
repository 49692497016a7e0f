"""Spellings that readers of Arabic and Persian treat as one word, and those they do not."""

from __future__ import annotations

import pytest

from search.analysis import fold
from search.analysis.halfspace import split_parts
from search.analysis.normalizer import clean

ONE_WORD = [
    # alef with and without hamza, madda, wasla
    ("أكد", "اكد"), ("إعلان", "اعلان"), ("آفاق", "افاق"), ("ٱلسلام", "السلام"), ("ا\u0654كد", "أكد"),
    # teh marbuta, alef maksura, and what they are typed as
    ("هيئة", "هيئه"), ("كبرى", "كبري"), ("شاطىء", "شاطئ"), ("شىء", "شيء"), ("شئ", "شيء"),
    # marks, tatweel, controls
    ("سَلَامٌ", "سلام"), ("ســـلام", "سلام"),
    ("هٰؤلاء", "هؤلاء"), ("وي\u200d\u200d\u200dژه", "ويژه"), ("شكراً", "شكرا"),
    # presentation forms and ligatures
    ("ﺳﻼﻡ", "سلام"), ("ﷲ", "الله"), ("\ufdf4", "محمد"), ("ﻷﻥ", "لان"), ("﷼", "ریال"),
    # Persian letters and Arabic keys
    ("كابل", "کابل"), ("نامۀ", "نامه"), ("نامهٔ", "نامه"), ("نامه‌ی", "نامه"), ("ە", "ه"),
    ("ڨفصة", "قفصة"), ("ڤيينا", "فيينا"),
    # hamza seats
    ("شؤون", "شئون"), ("مسئول", "مسؤول"), ("مسئول", "مسوول"),
    ("رءوس", "رؤوس"), ("هیئت", "هیأت"), ("مسئله", "مسأله"),
    ("آمریکائی", "آمریکایی"), ("رئیس", "رییس"), ("مائة", "مئة"),
    # listed variants
    ("أميركا", "أمريكا"), ("گفت‌وگو", "گفتگو"), ("جست‌وجو", "جستجو"), ("داوود", "داود"),
    # half-spaces of every kind, and none
    ("می‌کند", "میکند"), ("علي\u00adاف", "علیاف"), ("کتاب\u200bها", "کتابها"), ("همکاری\u00acها", "همکاریها"),
    # digits and separators
    ("١٩٩١", "1991"), ("۳٬۵۰۰", "3500"), ("1,234,567", "1234567"), ("٢٫٥", "2.5"), ("۱۹9١", "1991"),
    # Latin
    ("Xələfov", "xelefov"), ("İlham", "ilham"), ("Türkiye", "Turkiye"), ("Çavuşoğlu", "cavusoglu"),
    ("ʿAllūsh", "Allush"),
]  # fmt: skip

TWO_WORDS = [
    ("می‌کند", "نمی‌کند"), ("سلام", "سليم"), ("پل", "بل"), ("گل", "كل"), ("سماء", "سما"), ("ماه", "مئة"),
    ("وزير", "وزيرا"),
    ("هيئة", "هیأت"), ("12,34", "1234"), ("علي", "على\u200cاف"), ("أمم", "أم"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE_WORD)
def test_two_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), TWO_WORDS)
def test_two_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("word", ["", "\u0640", "\u064b"])
def test_what_has_no_letter_folds_to_nothing(word: str) -> None:
    assert fold(word) == ""


def test_sign_of_several_words_gives_them_all() -> None:
    assert fold("\ufdfd") == "بسم الله الرحمن الرحيم"


def test_cleaning_keeps_the_letters_that_the_stemmer_needs() -> None:
    assert clean("الوَزِيرَةُ") == "الوزيرة"


@pytest.mark.parametrize(
    ("word", "parts"),
    [("می‌کند", ("می", "کند")), ("نامه‌ی", ("نامه",)), ("سلام", ("سلام",)), ("کتاب‌های‌شان", ("کتاب", "های", "شان"))],
)
def test_word_is_cut_at_its_half_spaces(word: str, parts: tuple[str, ...]) -> None:
    assert split_parts(word) == parts

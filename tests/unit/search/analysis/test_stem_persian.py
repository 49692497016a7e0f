"""The endings of Persian words: plural, degree, possessive and ezafe come off where the lexicon agrees."""

from __future__ import annotations

import pytest

from search.analysis.halfspace import split_parts
from search.analysis.normalizer import fold
from search.analysis.stem_persian import MOST_STEMS, stem_persian

ZWNJ = "\u200c"


def stems(word: str) -> tuple[str, ...]:
    parts = tuple(map(fold, split_parts(word)))
    return stem_persian(fold(word), parts if len(parts) > 1 else ())


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("سفیران", "سفیر"),
        (f"قرارداد{ZWNJ}های", "قرارداد"),
        ("قراردادها", "قرارداد"),
        ("منطقهای", "منطقه"),
        (f"کتاب{ZWNJ}ها", "کتاب"),
        (f"بزرگ{ZWNJ}ترین{ZWNJ}ها", "بزرگ"),
        ("مهمترین", "مهم"),
        ("بزرگتر", "بزرگ"),
        ("نمایندگان", "نماینده"),
        ("ایرانیان", "ایرانی"),
        ("تحقیقات", "تحقیق"),
        ("مبارزات", "مبارزه"),
        ("کارخانجات", "کارخانه"),
        ("کشورش", "کشور"),
        ("کشورمان", "کشور"),
        ("شورای", "شورا"),
        ("نیروی", "نیرو"),
        ("ایرانی", "ایران"),
        ("روسی", "روسیه"),
        ("فرانسوی", "فرانسه"),
        ("اعضاء", "اعضا"),
    ],
)
def test_an_ending_comes_off_and_the_word_stays_the_first_stem(word: str, stem: str) -> None:
    assert fold(stem) in stems(word)
    assert stems(word)[0] == fold(word)


@pytest.mark.parametrize(
    "word",
    [
        "تهران",
        "ارتش",
        "نان",
        "دفتر",
        "استان",
        "سازمان",
        "ادبیات",
        "ساختمان",
        "سیاسی",
        "قوی",
        "پهلوی",
        f"می{ZWNJ}کند",
        "با",
    ],
)
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    assert stems(word) == (fold(word),)


def test_a_word_has_no_more_than_five_stems() -> None:
    words = ["نمایندگانشان", "کارخانجاتی", "سفیرانشان", f"قرارداد{ZWNJ}هایشان", "آذربایجانی"]
    assert all(0 < len(stems(word)) <= MOST_STEMS for word in words)

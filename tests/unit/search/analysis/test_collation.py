"""The alphabet in three languages: word lists in the order in which readers look for them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.collation import collation_key

# Countries as Persian dictionaries order them: آ first, پ behind ب, چ behind ج, ژ behind ز, گ behind ک, و before ه.
PERSIAN = (
    "آلمان آمریکا اتریش اردن ایران بحرین پاکستان ترکیه جیبوتی چین دانمارک روسیه زیمبابوه ژاپن سوریه عراق فرانسه قطر"
    " کویت گرجستان لتونی مصر نروژ ونزوئلا هند یمن"
).split()
# Countries as the United Nations list them in Arabic: the article is passed over, hamza and madda go with their alef.
ARABIC = (
    "إثيوبيا أذربيجان الأردن أرمينيا إسبانيا أفغانستان ألمانيا الإمارات إندونيسيا إيران آيرلندا البحرين بلجيكا تركيا"
    " تونس الجزائر جورجيا روسيا السعودية سوريا العراق عمان غانا فرنسا قطر الكويت لاتفيا مصر المغرب النرويج هنغاريا"
    " هولندا اليابان اليمن"
).split()
ENGLISH = ["Abbas Araghchi", "Åland", "Ali Bagheri", "Élysée", "Xələfov", "Zarif"]
ORDERS = [("fa", PERSIAN), ("ar", ARABIC), ("en", ENGLISH)]


def ordered(words: list[str], language: str) -> list[str]:
    return sorted(words, key=lambda word: collation_key(word, language))


@pytest.mark.parametrize(("language", "words"), ORDERS)
def test_a_list_of_names_is_in_the_order_of_its_alphabet(language: str, words: list[str]) -> None:
    assert ordered(words[::-1], language) == words


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("fa", "گ", "ل"),
        ("fa", "ک", "گ"),
        ("fa", "و", "ه"),
        ("ar", "ه", "و"),
        ("fa", "آب", "ابر"),
        ("ar", "ابن", "آل ثاني"),
        ("ar", "پاكستان", "تشاد"),
        ("ar", "چاد", "حلب"),
        ("fa", "خلف خلف‌اف", "خلفوف"),
        ("ar", "فاطمة", "فاطمي"),
        ("ar", "آل ثاني", "البرادعي"),
        ("fa", "یمن", "Yemen"),
        ("en", "Yemen", "یمن"),
        ("en", "Ilham", "Zarif"),
    ],
)
def test_one_name_stands_before_another(language: str, first: str, second: str) -> None:
    assert ordered([second, first], language) == [first, second]


@pytest.mark.parametrize("spelling", ["كويت", "کویت", "کُویت", "کوی\u200cت"])
def test_other_forms_of_a_letter_marks_and_half_spaces_do_not_move_a_name(spelling: str) -> None:
    assert ordered(["گرجستان", spelling, "قطر"], "fa") == ["قطر", spelling, "گرجستان"]
    assert ordered(["لبنان", spelling, "قطر"], "ar") == ["قطر", spelling, "لبنان"]


@given(st.lists(st.text(max_size=12), max_size=8), st.sampled_from(["ar", "fa", "en"]))
@settings(max_examples=60)
def test_any_texts_have_one_order(words: list[str], language: str) -> None:
    once = ordered(words, language)
    assert once == ordered(words[::-1], language)
    assert sorted(once) == sorted(words)

"""Inflections that meet in a stem, and names and words that nothing is cut from."""

from __future__ import annotations

import pytest

from search.analysis import analyze


def stems(word: str, lang: str | None) -> set[str]:
    return {stem for token in analyze(word, lang) for stem in token.stems}


ARABIC_MEET = [
    "لتركيا تركيا", "بالعاصمة العاصمة", "وللوزير الوزير", "المباحثات مباحثات", "سفيرها السفير", "الطرفان الطرفين",
    "ولقطر قطر", "بإسبانيا إسبانيا", "للبنان لبنان", "وبالعراق العراق", "وقال قال", "وأضاف أضاف", "لدولة الدولة",
    "دولتهما الدولة", "علاقاتهما علاقة", "زياراته زيارة", "الزيارات زيارة", "وزرائها الوزير", "السفراء سفير",
    "دول دولة",
    "المسؤولون مسؤول", "الدولتين دولة", "جولتي جولة", "رئيسا الرئيس", "الإيرانيين إيراني", "التركية تركي", "قطرية قطر",
    "والتزاماتها التزام", "للجنة لجنة", "للجنة الجنة", "ونظافتها نظافة", "وبحضور حضور", "معاناتهم معاناة",
    "ألعابها ألعاب",
    "والمانيا ألمانيا", "والملك ملك", "وموسكو موسكو", "كوزير وزير", "فالوزير وزير",
]  # fmt: skip
ARABIC_APART = [
    "عثمان عثم", "ياسين ياس", "واشنطن اشنطن", "بلغاريا لغاريا", "جيبوتي جيب", "مالطا مال", "فلسطين فلسط", "اليابان ياب",
    "كتابة كتاب", "مدرسة مدرس", "وزير زير", "فريق ريق", "كانون كان", "قانون قان", "طيران طير", "بلال لال", "كمال مال",
    "وليد ليد", "والد الد", "وافق أفق", "لامس أمس", "سليمان سليم", "عمران عمر", "طالبان طالب", "فكرتها كرتها",
    "لجنته جنته",
    "ألبانيا بانيا", "ألمانيا مانيا", "الأهم إلا", "جمهورية جمهور", "السيسي سيس", "عليها علي", "بوتين بوت",
]  # fmt: skip
PERSIAN_MEET = [
    "سفیران سفیر", "قرارداد‌های قرارداد", "قراردادها قرارداد", "کتاب‌هایشان کتاب", "نمایندگان نماینده", "ایرانیان ایرانی",
    "دانشجویان دانشجو",
    "تحقیقات تحقیق", "مبارزات مبارزه", "کشورش کشور", "کشورمان کشور", "مهمترین مهم", "بزرگ‌تر بزرگ", "منطقه‌ای منطقه",
    "منطقهای منطقه", "وزرا وزیر", "اعضاء عضو", "قوانین قانون", "ایرانی ایران", "کرده‌اند کرده", "بزرگ‌ترین‌ها بزرگ",
]  # fmt: skip
PERSIAN_APART = [
    "تهران تهر", "گیلان گیل", "نان ن", "ارتش ارت", "قرآن قر", "سازمان سازم", "استان است", "خیابان خیاب", "زبان زب",
    "دفتر دف", "بستر بس", "قنات قن",
    "مجازات مجاز", "ساختمان ساخت", "درمان در", "گروگان گروه", "یگان یه", "تنها تن", "می‌کند نمی‌کند", "کتاب کاتب",
]  # fmt: skip


@pytest.mark.parametrize("pair", ARABIC_MEET)
def test_arabic_inflections_meet(pair: str) -> None:
    one, other = pair.split()
    assert stems(one, "ar") & stems(other, "ar")


@pytest.mark.parametrize("pair", ARABIC_APART)
def test_arabic_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert not stems(one, "ar") & stems(other, "ar")


@pytest.mark.parametrize("pair", PERSIAN_MEET)
def test_persian_inflections_meet(pair: str) -> None:
    one, other = pair.split()
    assert stems(one, "fa") & stems(other, "fa")


@pytest.mark.parametrize("pair", PERSIAN_APART)
def test_persian_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert not stems(one, "fa") & stems(other, "fa")


@pytest.mark.parametrize("pair", [*ARABIC_APART, *PERSIAN_APART])
def test_words_stay_apart_when_nobody_knows_their_language(pair: str) -> None:
    one, other = pair.split()
    assert not stems(one, None) & stems(other, None)


def test_word_with_a_persian_letter_is_persian_in_an_arabic_text() -> None:
    assert stems("نمایندگان", "ar") == stems("نمایندگان", "fa")


def test_teh_marbuta_is_a_letter_of_the_word_and_heh_may_be_a_pronoun() -> None:
    assert stems("سفيرة", "ar") == {"سفيره"}
    assert "سفير" in stems("سفيره", "ar")


def test_loose_stem_cuts_what_the_guarded_stem_does_not() -> None:
    (token,) = analyze("فلسطين", "ar")
    assert (token.stems, token.loose) == (("فلسطين",), "فلسط")


def test_words_have_one_to_ten_stems() -> None:
    text = "والتزاماتهما بعلاقاتهم كتاب‌هایشان بزرگ‌ترین‌های وزرائهما"
    assert all(1 <= len(token.stems) <= 10 for token in analyze(text))

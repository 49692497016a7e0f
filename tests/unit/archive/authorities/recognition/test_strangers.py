"""Persons beside a title whom no record names."""

from __future__ import annotations

import pytest

from archive.authorities.recognition.recognition import strangers

FOUND = [
    ("ar", "وشدد السفير أحمد بن حلي على أهمية الحوار", "أحمد بن حلي", "ambassador", ""),
    ("ar", "وكيل وزارة الخارجية الأوغندية جيمس موجومي، الذي", "جيمس موجومي", "deputy_foreign_minister", "ug"),
    ("ar", "كما صرح جان أسيلبورج وزير خارجية لكسمبورج قبيل المؤتمر", "جان أسيلبورج", "foreign_minister", "lu"),
    ("ar", "سفير خادم الحرمين الشريفين لدى الأردن الدكتور سامي الصالح والملحق", "سامي الصالح", "ambassador", "jo"),
    ("ar", "ووزير الدولة للشؤون الخارجية طارق فاطمي، و", "طارق فاطمي", "minister_of_state_for_foreign_affairs", ""),
    ("ar", "قال السفير وعلاء يوسف إن", "علاء يوسف", "ambassador", ""),
    ("fa", "در مراسم همچنین محمد رضا وصفی مدیرکل دفتر مجامع گفت", "محمد رضا وصفی", "director_general", ""),
]
NOBODY = [
    ("ar", "وشدد وزير الخارجية الإيراني على تقديم طهران لتنازلات"),  # على is "on"
    ("ar", "وكان في وداعه فايز الطراونة، ونائب رئيس الوزراء"),  # the title is another's
    ("ar", "قدرات الأمير سعود رحمه الله"),
    ("ar", "عقد لقاء محمد الناصر بوزير خارجية مصر"),
    ("ar", "بحث وزير الخارجية الأذربيجاني جيهون بيراموف"),  # is on file
    ("fa", "سخنگوی وزارت امور خارجه در نشست خبری گفت"),
    ("ar", ""),
]


@pytest.mark.parametrize(("language", "text", "form", "role", "state"), FOUND, ids=[one[2] for one in FOUND])
def test_a_name_is_found_with_its_post(language: str, text: str, form: str, role: str, state: str) -> None:
    [found] = strangers(text, language)
    assert text[found.start : found.end] == form
    assert (found.role, found.state) == (role, state)
    assert found.post in text


@pytest.mark.parametrize(("language", "text"), NOBODY, ids=[one[1][:30] for one in NOBODY])
def test_what_is_no_name_or_is_on_file_is_left(language: str, text: str) -> None:
    assert strangers(text, language) == []


@pytest.mark.parametrize("between", [" ", "\u200c", ""])
def test_an_honour_written_onto_a_forename_is_none_of_the_name(between: str) -> None:
    text = f"به گفته سفیر ایران حاج{between}قاسم بهرامی گفت"
    [found] = strangers(text, "fa")
    assert (text[found.start : found.end], found.key) == ("قاسم بهرامی", "قاسم بهرامي")


def test_spellings_that_fold_alike_are_one_name() -> None:
    keys = {strangers(f"قال السفير {form} إن", "ar")[0].key for form in ("أسامة نقلي", "اسامه نقلى", "أسامــة نقلي")}
    assert len(keys) == 1

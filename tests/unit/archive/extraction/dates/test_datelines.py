"""Lines that say when a page was published, and nothing else; of real pages in two languages and four calendars."""

from __future__ import annotations

import pytest

from archive.extraction.dates.datelines import LONGEST, is_clock, is_dateline, is_labelled, is_relative, wire_dateline

DATELINES = [
    "26 اكتوبر 2020",
    "الاثنين 26 أكتوبر 2020",
    "الإثنين، ٢٦ أكتوبر ٢٠٢٠ - ١٢:٤١",
    "2020/10/26",
    "26-10-2020 12:41",
    "9 ربيع الأول 1442 هـ الموافق 26 أكتوبر 2020 م",
    "تم النشر في 26 أكتوبر 2020",
    "آخر تحديث: 26/10/2020 - 10:45",
    "تاریخ انتشار: ۱۲ مهر ۱۴۰۲ - ۲۳:۲۳ - 04October 2023",
    "دوشنبه ۵ آبان ۱۳۹۹ - ۱۲:۴۱",
    "۵ آبان ۱۳۹۹",
    "Published on 26 October 2020",
    "Mon, 26 Oct 2020 12:41 GMT",
    "26 ت1 2020",
    "منذ 3 ساعات",
    "۲ ساعت پیش",
]


@pytest.mark.parametrize("line", DATELINES)
def test_a_line_that_says_when_is_a_dateline(line: str) -> None:
    assert is_dateline(line)


NONE = [
    "في 1 ديسمبر 2019 ، عقدت الجولة الأولى من المشاورات السياسية",
    "وصل الوزير في 26 أكتوبر 2020.",
    "هل تجري الانتخابات في 3 نوفمبر 2020؟",
    "2020",
    "12:41",
    "26",
    "أكتوبر",
    "قرأ 604",
    "المشاورات السياسية",
    "26 أكتوبر 2020 " * 20,
]


@pytest.mark.parametrize("line", NONE)
def test_a_sentence_a_year_and_an_hour_are_none(line: str) -> None:
    assert not is_dateline(line)


def test_a_place_or_an_agency_may_stand_beside_the_title_alone() -> None:
    line = "جدة 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس"
    assert is_dateline(line, may_name_place=True) and not is_dateline(line)
    assert not is_dateline("اجتمع وزراء خارجية دول الخليج 11 أغسطس 2015", may_name_place=True)


def test_a_dateline_has_a_length() -> None:
    assert len(DATELINES[0]) < LONGEST and not is_dateline("26 اكتوبر 2020" + " " * LONGEST)


@pytest.mark.parametrize(
    ("line", "labelled"),
    [
        ("تاريخ النشر: 26 أكتوبر 2020", True),
        ("نُشر في 26 أكتوبر 2020", True),
        ("تاریخ انتشار: ۵ آبان ۱۳۹۹", True),
        ("Published on 26 October 2020", True),
        ("26 أكتوبر 2020", False),
        ("تاريخ", False),
    ],
)
def test_a_dateline_may_say_that_it_is_one(line: str, labelled: bool) -> None:
    assert is_labelled(line) is labelled


@pytest.mark.parametrize("line", ["منذ ساعة", "قبل يومين", "منذ 5 دقائق", "۳ روز پیش", "2 hours ago", "1 day ago"])
def test_an_age_was_true_when_the_page_was_captured(line: str) -> None:
    assert is_relative(line)


@pytest.mark.parametrize("line", ["منذ سنوات طويلة", "قبل الاجتماع", "روز پیش", "hours ago"])
def test_an_age_without_a_number_or_unit_is_none(line: str) -> None:
    assert not is_relative(line)


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        ("12:41 ت م", True),
        ("23:23", True),
        ("10:45:30 am", True),
        ("12:41 ب.ظ", True),
        ("12:41 وصل", False),
        ("12", False),
    ],
)
def test_the_hour_of_transmission_stands_alone(line: str, clock: bool) -> None:
    assert is_clock(line) is clock


@pytest.mark.parametrize(
    ("paragraph", "opening"),
    [
        ("باكو، 26 أكتوبر 2020 (أذرتاج) - عقدت الجولة", "باكو، 26 أكتوبر 2020"),
        ("الدوحة 19 أكتوبر /قنا/ عقدت وزارتا الخارجية", "الدوحة 19 أكتوبر"),
        ("في 1 ديسمبر 2019 - عقدت الجولة الأولى", ""),
        ("26 أكتوبر 2020 - عقدت الجولة", ""),
        ("الساعة 10 مساء 26 أكتوبر - مباراة", ""),
        ("باكو - رويترز: عقدت", ""),
        ("عقدت الجولة الأولى", ""),
    ],
)
def test_a_report_of_an_agency_opens_with_place_and_day(paragraph: str, opening: str) -> None:
    assert wire_dateline(paragraph) == opening

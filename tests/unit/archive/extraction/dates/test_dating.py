"""When an article was published: stated, inferred from its lead, or honestly unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

import tests
from archive.extraction.dates.dating import date_article, date_hints

CAPTURES = sorted((tests.CAPTURES).iterdir())


@dataclass(frozen=True)
class Line:
    text: str
    start: int | None = 0
    rule: str = "dateline"


def page(number: int) -> str:
    return CAPTURES[number].read_text("utf-8")


def lines_with(text: str, *words: str) -> list[Line]:
    return [Line(line, text.index(line)) for line in text.split("\n") if any(word in line for word in words)]


def test_doha_round_is_dated_by_its_lead_and_says_that_it_is_inferred() -> None:
    text = page(0)
    dated = date_article([], text, "ar")
    assert dated is not None
    assert (dated.value, dated.precision, dated.certainty, dated.field) == (
        date(2019, 12, 1),
        "day",
        "inferred",
        "body",
    )
    assert text[dated.start : dated.end] == dated.as_printed == "1 ديسمبر 2019"
    assert dated.instant is None


def test_latvian_talks_are_dated_by_the_dateline_and_keep_their_hints() -> None:
    text = page(1)
    dated = date_article(lines_with(text, "قرأ"), text, "ar")
    assert dated is not None
    assert (dated.value, dated.certainty, dated.field, dated.agrees) == (
        date(2020, 10, 26),
        "stated",
        "dateline",
        None,
    )
    assert text[dated.start : dated.end] == "26 اكتوبر 2020"
    assert [(hint.day, hint.month) for hint in dated.hints] == [(26, 10), (12, 7), (16, 7), (27, 9), (27, 9)]


def test_ambassador_interview_has_no_date_but_hints() -> None:
    assert date_article([], page(2), "ar") is None
    assert [hint.text for hint in date_hints(page(2), "ar")] == [
        "7 سبتمبر من هذا العام",
        "18 أكتوبر",
        "22 فبراير",
        "2 مارس",
    ]


def test_tehran_meeting_has_an_instant_and_two_calendars_that_agree() -> None:
    text = page(3)
    dated = date_article(lines_with(text, "تاریخ انتشار", "کد خبر"), text, "fa")
    assert dated is not None
    assert dated.instant is not None
    assert dated.instant.astimezone(UTC) == datetime(2023, 10, 4, 19, 53, tzinfo=UTC)
    assert (dated.value, dated.precision, dated.agrees) == (date(2023, 10, 4), "minute", True)
    assert dated.other_calendars == ("gregorian",)
    assert text[dated.start : dated.end] == "۱۲ مهر ۱۴۰۲ - ۲۳:۲۳ - 04October 2023"


def test_nato_story_has_no_date_and_no_hint() -> None:
    assert date_article([], page(4), "ar") is None
    assert date_hints(page(4), "ar") == ()


def test_bare_year_never_dates_an_article() -> None:
    assert date_article([Line("© 2023 جميع الحقوق"), Line("عام 2021")], "وقعت الاتفاقية عام 2017.", "ar") is None


def test_meta_value_with_an_offset_is_an_instant() -> None:
    dated = date_article([Line("2023-10-04T23:23:00+03:30", None, "meta-published")], "متن خبر", "fa")
    assert dated is not None
    assert dated.instant is not None
    assert dated.instant.astimezone(UTC) == datetime(2023, 10, 4, 19, 53, tzinfo=UTC)


def test_meta_value_confirms_the_solar_dateline() -> None:
    dated = date_article(
        [Line("۱۲ مهر ۱۴۰۲"), Line("2023-10-04T23:23:00+03:30", None, "meta-published")], "متن خبر", "fa"
    )
    assert dated is not None
    assert (dated.precision, dated.as_printed, dated.agrees) == ("minute", "۱۲ مهر ۱۴۰۲", True)
    assert (dated.calendar, dated.other_calendars) == ("solar_hijri", ("gregorian",))
    assert dated.instant == datetime(2023, 10, 4, 19, 53, tzinfo=UTC)


def test_summer_time_of_tehran_before_2022_is_kept() -> None:
    dated = date_article([Line("تاریخ انتشار: ۱۲ تیر ۱۴۰۰ - ۱۰:۳۰")], "متن", "fa")
    assert dated is not None
    assert dated.instant is not None
    assert dated.instant.astimezone(UTC) == datetime(2021, 7, 3, 6, 0, tzinfo=UTC)


def test_afghan_dateline_is_not_given_the_time_of_tehran() -> None:
    dated = date_article([Line("۲۰ سرطان ۱۴۰۱ - ۱۰:۳۰")], "متن", "fa")
    assert dated is not None
    assert dated.precision == "minute"
    assert dated.instant is None


def test_arabic_time_without_a_zone_stays_local_unless_the_outlet_is_known() -> None:
    line = [Line("26 أكتوبر 2020 - 14:35")]
    unknown, known = date_article(line, "نص", "ar"), date_article(line, "نص", "ar", zone="Asia/Qatar")
    assert unknown is not None
    assert known is not None
    assert unknown.instant is None
    assert known.instant is not None
    assert known.instant.astimezone(UTC) == datetime(2020, 10, 26, 11, 35, tzinfo=UTC)


def test_publication_comes_before_the_last_change() -> None:
    lines = [Line("آخر تحديث: 28 أكتوبر 2020"), Line("نشر في 26 أكتوبر 2020")]
    dated = date_article(lines, "نص", "ar")
    assert dated is not None
    assert dated.value == date(2020, 10, 26)


@pytest.mark.parametrize(
    "lead",
    [
        "منذ 1 يناير 1990 تتعاون الدولتان في مجالات الطاقة.",
        "رحب الوزير بالاتفاق الموقع في 5 مارس 2019 بين البلدين.",
        "زار الوزير باكو في 3 مايو 2020 ثم الدوحة في 7 مايو 2020.",
        "عقدت المشاورات في 3 مايو.",
        "تجري المشاورات من 3 إلى 5 مايو 2020.",
    ],
)
def test_lead_that_only_mentions_a_day_dates_nothing(lead: str) -> None:
    assert date_article([], lead, "ar") is None


def test_day_in_a_later_sentence_dates_nothing() -> None:
    body = "استقبل الوزير نظيره في الدوحة. وكان البلدان قد وقعا اتفاقا في 3 مايو 2015."
    assert date_article([], body, "ar") is None


def test_persian_lead_dates_its_event() -> None:
    dated = date_article([], "به گزارش خبرنگار، روز یکشنبه ۱۲ تیر ۱۴۰۱ دور سوم رایزنی‌های سیاسی برگزار شد.", "fa")
    assert dated is not None
    assert (dated.value, dated.certainty, dated.calendar) == (date(2022, 7, 3), "inferred", "solar_hijri")

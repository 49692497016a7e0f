"""The parts of reading a date, each at its token: numbers, times, ranges, relative days, years that are not printed."""

from __future__ import annotations

from datetime import date, time

import pytest

from archive.calendars.calendars import GREGORIAN, SOLAR_HIJRI
from archive.extraction.dates.expressions import read_dated
from archive.extraction.dates.finding import find_dates
from archive.extraction.dates.grammar import read_date
from archive.extraction.dates.guards import is_name
from archive.extraction.dates.hits import instant
from archive.extraction.dates.names import PARTS_OF_MONTH, UNITS
from archive.extraction.dates.numeric import read_numeric
from archive.extraction.dates.parts import DateReading, calendar_of_year, read_day, read_era, read_year
from archive.extraction.dates.relative import read_relative
from archive.extraction.dates.resolve import agree, rank, span_of, with_year
from archive.extraction.dates.series import read_expressions
from archive.extraction.dates.times import Clock, read_iso_time, read_time
from archive.extraction.dates.tokens import Tokens, tokenize

PUBLISHED = date(2021, 5, 20)  # a Thursday


def arabic(text: str) -> Tokens:
    return tokenize(text, "ar")


def persian(text: str) -> Tokens:
    return tokenize(text, "fa")


@pytest.mark.parametrize(
    ("text", "day"), [("15 مايو", 15), ("الـ15", 15), ("الخامس عشر", 15), ("31", 31), ("32", None), ("2.5", 2)]
)
def test_a_day_is_a_number_of_a_month_or_an_ordinal(text: str, day: int | None) -> None:
    found = read_day(arabic(text), 0)
    assert (found[0] if found else None) == day


@pytest.mark.parametrize(
    ("text", "year"), [("عام 2020م", 2020), ("2020 شخص", None), ("1436هـ", 1436), ("2020.5", None)]
)
def test_a_year_is_no_count(text: str, year: int | None) -> None:
    found = read_year(arabic(text), 0)
    assert (found[0].value if found else None) == year


def test_an_era_in_brackets_is_read_with_them() -> None:
    assert read_era(arabic("(هـ) ثم"), 0) == ("hijri", 3)


@pytest.mark.parametrize(
    ("year", "era", "language", "calendar"),
    [
        (2020, None, "ar", GREGORIAN),
        (1402, None, "fa", SOLAR_HIJRI),
        (1402, None, "ar", "lunar_hijri"),
        (1402, None, None, None),
        (900, None, "ar", None),
        (1100, "gregorian", "ar", GREGORIAN),
    ],
)
def test_the_size_of_a_year_tells_its_calendar(
    year: int, era: str | None, language: str | None, calendar: str | None
) -> None:
    assert calendar_of_year(year, era, language, None) == calendar


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2019/04/09", (2019, 4, 9)),
        ("26.10.2020", (2020, 10, 26)),
        ("10/26/2020", (2020, 10, 26)),
        ("1.2.3", None),
        ("99/13/40", None),
    ],
)
def test_dates_in_numbers(text: str, read: tuple[int, int, int] | None) -> None:
    found = read_numeric(arabic(text), 0)
    assert ((found[0].year, found[0].month, found[0].day) if found else None) == read


def test_a_date_where_day_and_month_may_be_swapped_is_doubtful() -> None:
    found = read_numeric(arabic("10/26/2020"), 0)
    assert found is not None and found[0].certainty == "low"


def test_the_longest_date_at_a_token_is_read() -> None:
    found = read_date(arabic("26 من شهر أكتوبر/تشرين الأول عام 2020م ثم"), 0)
    assert found is not None and (found[0].day, found[0].month, found[0].year) == (26, 10, 2020)


@pytest.mark.parametrize("text", ["السبت 5 مارس 2022", "السبت، الموافق 5 مارس 2022", "5 مارس 2022 (السبت)"])
def test_a_weekday_stands_before_or_behind_its_date(text: str) -> None:
    found = read_dated(arabic(text), 0)
    assert found is not None and (found[0].weekday, found[0].day) == (5, 5)


@pytest.mark.parametrize(
    ("text", "count"),
    [("12 و16 يوليو 2020", 2), ("من 3 إلى 5 مايو 2021", 1), ("عامي 2015 و2016", 2), ("في المدينة", 0)],
)
def test_days_of_one_month_are_several_expressions_and_a_range_is_one(text: str, count: int) -> None:
    found = read_expressions(arabic(text), 0)
    assert len(found[0] if found else ()) == count


@pytest.mark.parametrize(
    ("text", "at"),
    [("23:23", time(23, 23)), ("الساعة 3 مساءً", time(15)), ("ساعت ۱۰:۳۰ صبح", time(10, 30)), ("24:30", None)],
)
def test_a_time_of_day(text: str, at: time | None) -> None:
    found = read_time(persian(text), 0)
    assert (found[0].at if found else None) == at


def test_an_iso_time_is_glued_to_its_date() -> None:
    tokens = arabic("2023-10-04T23:23:00+03:30")
    found = read_iso_time(tokens, 5)
    assert found is not None and found[0] == Clock(time(23, 23), "+03:30")


def test_an_instant_needs_a_zone() -> None:
    assert instant(PUBLISHED, Clock(time(12)), None) is None
    aware = instant(PUBLISHED, Clock(time(12), "Asia/Baku"), None)
    assert aware is not None and aware.isoformat() == "2021-05-20T12:00:00+04:00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("أمس", date(2021, 5, 19)),
        ("الاثنين الماضي", date(2021, 5, 17)),
        ("اليوم الجمعة", None),
        ("غدا", date(2021, 5, 21)),
    ],
)
def test_a_relative_day_must_agree_with_its_weekday(text: str, day: date | None) -> None:
    found = read_relative(arabic(text), 0, PUBLISHED)
    assert (found.day if found else None) == day


def test_the_nearest_year_is_meant_unless_an_adjective_says_another() -> None:
    years = [
        with_year(DateReading(GREGORIAN, month=12, day=3, which=which), PUBLISHED, "ar")
        for which in (None, "last", "next")
    ]
    assert [one.year for one in years if one] == [2020, 2020, 2021]


def test_a_day_that_does_not_exist_has_no_span() -> None:
    assert span_of(DateReading(SOLAR_HIJRI, 1402, 12, 30)) is None
    assert not DateReading(GREGORIAN, month=6, day=31).exists


def test_two_calendars_agree_on_one_day_and_the_gregorian_one_is_worth_more() -> None:
    gregorian, solar = DateReading(GREGORIAN, 2023, 10, 4), DateReading(SOLAR_HIJRI, 1402, 7, 12)
    assert agree(gregorian, solar)
    assert not agree(gregorian, DateReading(SOLAR_HIJRI, 1402, 7, 13))
    assert rank((solar, gregorian)) == [gregorian, solar]


@pytest.mark.parametrize(("text", "named"), [("قوى 14 آذار", True), ("في 14 آذار", False)])
def test_a_day_behind_the_name_of_a_bloc_is_a_name(text: str, named: bool) -> None:
    found = read_date(arabic(text), 1)
    assert found is not None and is_name(arabic(text), 1, found[0]) is named


@pytest.mark.parametrize("text", ["الأسبوع الأول من رجب 1442", "قتل 12 شخصا", "2-صفر"])
def test_parts_of_months_counts_and_scores_are_no_dates(text: str) -> None:
    assert not [hit for hit in find_dates(text, "ar", PUBLISHED) if hit.precision == "day"]


def test_words_that_count_are_no_parts_of_a_month() -> None:
    assert not UNITS & PARTS_OF_MONTH

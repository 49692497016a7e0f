"""Three calendars: where years begin, which are long, and back again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.calendars.calendars import (
    CALENDARS,
    from_gregorian,
    is_day,
    month_length,
    month_span,
    to_gregorian,
    year_span,
)
from archive.calendars.words import format_date, month_name

DAYS = st.dates(date(1925, 1, 1), date(2076, 12, 31))


@pytest.mark.parametrize(
    ("solar_year", "nowruz"),
    [
        (1357, date(1978, 3, 21)), (1375, date(1996, 3, 20)), (1399, date(2020, 3, 20)),
        (1400, date(2021, 3, 21)), (1403, date(2024, 3, 20)), (1404, date(2025, 3, 21)),
        (1408, date(2029, 3, 20)),
    ],
)  # fmt: skip
def test_nowruz_begins_the_solar_year(solar_year: int, nowruz: date) -> None:
    assert to_gregorian("solar_hijri", solar_year, 1, 1) == nowruz
    assert from_gregorian("solar_hijri", nowruz) == (solar_year, 1, 1)


@pytest.mark.parametrize(("year", "days"), [(1398, 29), (1399, 30), (1400, 29), (1403, 30), (1404, 29), (1408, 30)])
def test_esfand_has_thirty_days_in_leap_years(year: int, days: int) -> None:
    assert month_length("solar_hijri", year, 12) == days
    assert is_day("solar_hijri", year, 12, 30) is (days == 30)


def test_last_day_of_1399_is_the_eve_of_nowruz() -> None:
    assert to_gregorian("solar_hijri", 1399, 12, 30) == date(2021, 3, 20)


def test_ramadan_begins_as_in_the_umm_al_qura_calendar() -> None:
    assert to_gregorian("lunar_hijri", 1444, 9, 1) == date(2023, 3, 23)
    assert from_gregorian("lunar_hijri", date(2015, 8, 11)) == (1436, 10, 26)


@pytest.mark.parametrize("year", [1342, 1501, 61])
def test_lunar_years_outside_the_tables_are_an_error_that_says_so(year: int) -> None:
    with pytest.raises(ValueError, match="outside the Umm al-Qura tables, 1343-1500"):
        to_gregorian("lunar_hijri", year, 1, 1)


def test_gregorian_days_outside_the_lunar_tables_are_an_error_that_says_so() -> None:
    with pytest.raises(ValueError, match="outside the Umm al-Qura tables"):
        from_gregorian("lunar_hijri", date(1900, 1, 1))


def test_unknown_calendar_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="gregorian, solar_hijri, lunar_hijri"):
        to_gregorian("julian", 2020, 1, 1)


@pytest.mark.parametrize("day", [(1402, 12, 30), (1402, 13, 1), (1402, 7, 31), (0, 1, 1)])
def test_impossible_solar_days_are_an_error(day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (several messages, from the library and from us)
        to_gregorian("solar_hijri", *day)


@given(DAYS, st.sampled_from(CALENDARS))
def test_there_and_back_is_the_same_day(day: date, calendar: str) -> None:
    assert to_gregorian(calendar, *from_gregorian(calendar, day)) == day


@given(DAYS, st.sampled_from(CALENDARS))
def test_day_lies_in_its_month_and_its_year(day: date, calendar: str) -> None:
    year, month, day_of_month = from_gregorian(calendar, day)
    first, last = month_span(calendar, year, month)
    assert first <= day <= last
    assert (last - first).days + 1 == month_length(calendar, year, month) >= day_of_month
    assert year_span(calendar, year)[0] <= day <= year_span(calendar, year)[1]


@pytest.mark.parametrize(
    ("calendar", "lang", "written"),
    [
        ("gregorian", "ar", "4 أكتوبر 2023"),
        ("gregorian", "fa", "۴ اکتبر ۲۰۲۳"),
        ("gregorian", "en", "4 October 2023"),
        ("solar_hijri", "fa", "۱۲ مهر ۱۴۰۲"),
        ("solar_hijri", "ar", "12 مهر 1402"),
        ("solar_hijri", "en", "12 Mehr 1402"),
        ("lunar_hijri", "ar", "19 ربيع الأول 1445"),
        ("lunar_hijri", "fa", "۱۹ ربیع‌الاول ۱۴۴۵"),
    ],
)
def test_date_is_written_as_the_reader_expects(calendar: str, lang: str, written: str) -> None:
    assert format_date(date(2023, 10, 4), calendar, lang) == written


def test_every_calendar_has_twelve_different_names_in_each_language() -> None:
    for calendar in CALENDARS:
        for lang in ("ar", "fa", "en"):
            assert len({month_name(calendar, month, lang) for month in range(1, 13)}) == 12


@pytest.mark.parametrize("month", [0, 13])
def test_there_is_no_thirteenth_month(month: int) -> None:
    with pytest.raises(ValueError, match="outside 1-12"):
        month_name("gregorian", month, "ar")
    with pytest.raises(ValueError, match="outside 1-12"):
        month_length("gregorian", 2020, month)

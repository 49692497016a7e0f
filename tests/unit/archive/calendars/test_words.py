"""Dates in words, with the digits of the language, and what is written where a calendar's tables end."""

from __future__ import annotations

from datetime import date

import pytest

from archive.calendars.digits import in_digits_of
from archive.calendars.words import date_or_blank, date_or_gregorian, format_date, usual_calendar

MEETING = date(2023, 10, 4)


@pytest.mark.parametrize(
    ("calendar", "language", "precision", "written"),
    [
        ("gregorian", "ar", "day", "4 أكتوبر 2023"),
        ("solar_hijri", "fa", "day", "۱۲ مهر ۱۴۰۲"),
        ("solar_hijri", "fa", "month", "مهر ۱۴۰۲"),
        ("solar_hijri", "fa", "year", "۱۴۰۲"),
        ("lunar_hijri", "ar", "month", "ربيع الأول 1445"),
        ("gregorian", "en", "year", "2023"),
    ],
)
def test_a_date_is_written_to_its_precision(calendar: str, language: str, precision: str, written: str) -> None:
    assert format_date(MEETING, calendar, language, precision) == written


def test_digits_are_persian_in_persian_alone() -> None:
    assert [in_digits_of(language, "کد 620924") for language in ("fa", "ar", "en")] == [
        "کد ۶۲۰۹۲۴",
        "کد 620924",
        "کد 620924",
    ]


def test_a_day_before_the_tables_is_blank_or_gregorian() -> None:
    before_1343 = date(1900, 1, 1)
    assert date_or_blank(before_1343, "lunar_hijri", "ar") == ""
    assert date_or_gregorian(before_1343, "lunar_hijri", "ar") == "1 يناير 1900"
    assert date_or_blank(None, "gregorian", "ar") == ""


def test_persian_readers_count_in_solar_years() -> None:
    assert [usual_calendar(language) for language in ("fa", "ar", "en")] == ["solar_hijri", "gregorian", "gregorian"]

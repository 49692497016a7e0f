"""The addresses of years, months and days in three calendars, and the days of the five reports."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import resolve

from archive.articles.models import Article
from search.browse.days import address, days, in_calendars, named, path_to
from search.dates.buckets import UNITS, bucket_of

PEACE = date(2023, 10, 4)  # ۱۲ مهر ۱۴۰۲, the day of the Persian report


def test_mehr_1402_is_named_by_its_address() -> None:
    mehr = named("solar", 1402, 7)
    assert (mehr.unit, mehr.first, mehr.last) == ("month", date(2023, 9, 23), date(2023, 10, 22))
    assert address(mehr) == "/dates/solar/1402/7/"


@pytest.mark.parametrize("calendar", ["solar_hijri", "lunar_hijri", "gregorian"])
@pytest.mark.parametrize("unit", UNITS)
def test_the_address_of_a_period_names_the_same_period(calendar: str, unit: str) -> None:
    bucket = bucket_of(calendar, unit, PEACE)  # type: ignore[arg-type]
    parts = resolve(address(bucket)).kwargs
    assert named(**parts) == bucket


@pytest.mark.parametrize("parts", [("julian", 1402), ("solar", 1402, 13), ("gregorian", 2023, 2, 30)])
def test_a_period_that_no_calendar_has_is_refused(parts: tuple[str, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"."):
        named(*parts)


def test_a_day_lies_in_its_month_and_its_year_the_widest_first() -> None:
    day = bucket_of("solar_hijri", "day", PEACE)
    assert [link.url for link in path_to(day, "fa")] == ["/dates/solar/1402/", "/dates/solar/1402/7/"]
    assert path_to(bucket_of("gregorian", "year", PEACE), "en") == []


def test_a_day_is_found_in_every_calendar_whose_tables_reach_it() -> None:
    links = in_calendars(PEACE, "day", "lunar_hijri")
    assert {link.url.partition("?")[0] for link in links} == {
        "/dates/gregorian/2023/10/4/",
        "/dates/solar/1402/7/12/",
        "/dates/lunar/1445/3/19/",
    }
    assert len(in_calendars(date(600, 1, 1), "day", "gregorian")) < len(links)


def test_every_public_report_has_its_day_and_the_undated_have_none(five: dict[str, Article]) -> None:
    assert days() == {
        0: 2,
        date(2019, 12, 1).toordinal(): 1,
        date(2020, 10, 26).toordinal(): 1,
        PEACE.toordinal(): 1,
    }
    Article.objects.filter(pk=five["003"].pk).update(status="withdrawn")
    assert PEACE.toordinal() not in days()

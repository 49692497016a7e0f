"""Counts of days in the years, months and days of three calendars: nothing is lost, and every bucket is exact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.calendars.calendars import CALENDARS, from_gregorian
from search.dates.buckets import ONE_DAY, UNITS, DateBucket, Unit, bucket_of, buckets, exactly, outside

# The days of the five reports: 26 October 2020, 4 October 2023, 1 December 2019; two are undated.
FIVE = {0: 2, date(2019, 12, 1).toordinal(): 1, date(2020, 10, 26).toordinal(): 1, date(2023, 10, 4).toordinal(): 1}
DAYS = st.dates(date(1926, 1, 1), date(2076, 12, 31))
COUNTED = st.dictionaries(DAYS.map(date.toordinal), st.integers(1, 9), max_size=12)
calendars, units = st.sampled_from(CALENDARS), st.sampled_from(UNITS)


@pytest.mark.parametrize(
    ("calendar", "unit", "day", "first", "last"),
    [
        ("solar_hijri", "month", date(2023, 10, 4), date(2023, 9, 23), date(2023, 10, 22)),
        ("solar_hijri", "year", date(2025, 3, 21), date(2025, 3, 21), date(2026, 3, 20)),
        ("solar_hijri", "year", date(2025, 3, 20), date(2024, 3, 20), date(2025, 3, 20)),
        ("lunar_hijri", "month", date(2023, 3, 23), date(2023, 3, 23), date(2023, 4, 20)),
        ("gregorian", "year", date(2020, 2, 29), date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_a_bucket_has_the_exact_gregorian_days(calendar: str, unit: Unit, day: date, first: date, last: date) -> None:
    bucket = bucket_of(calendar, unit, day)
    assert (bucket.first, bucket.last) == (first, last)
    assert exactly(calendar, first, last) == bucket


def test_the_years_of_the_five_reports_with_the_empty_ones_between() -> None:
    assert {b.year: b.count for b in buckets(FIVE, "gregorian", "year")} == {
        2019: 1,
        2020: 1,
        2021: 0,
        2022: 0,
        2023: 1,
    }
    assert {b.year: b.count for b in buckets(FIVE, "solar_hijri", "year")} == {
        1398: 1,
        1399: 1,
        1400: 0,
        1401: 0,
        1402: 1,
    }


def test_a_year_is_taken_apart_into_its_months_and_a_month_into_its_days() -> None:
    year = bucket_of("solar_hijri", "year", date(2023, 10, 4))
    months = buckets(FIVE, "solar_hijri", "month", year.first, year.last)
    assert [b.month for b in months] == list(range(1, 13))
    (mehr,) = [b for b in months if b.count]
    days = buckets(FIVE, "solar_hijri", "day", mehr.first, mehr.last)
    assert [b.day for b in days if b.count] == [12] and len(days) == 30


@given(COUNTED, calendars, st.sampled_from(("year", "month")))
def test_every_dated_article_is_in_exactly_one_bucket(days: Mapping[int, int], calendar: str, unit: Unit) -> None:
    found = buckets(days, calendar, unit)
    assert sum(bucket.count for bucket in found) == sum(days.values())
    assert all(one.last + ONE_DAY == other.first for one, other in pairwise(found))
    assert all(from_gregorian(calendar, bucket.first)[0] == bucket.year for bucket in found)


@given(COUNTED, calendars, units, DAYS, st.integers(0, 400))
def test_a_range_counts_its_own_days_and_no_others(
    days: Mapping[int, int], calendar: str, unit: Unit, first: date, length: int
) -> None:
    last = first + length * ONE_DAY
    found = buckets(days, calendar, unit, first, last)
    inside = sum(count for day, count in days.items() if first.toordinal() <= day <= last.toordinal())
    assert sum(bucket.count for bucket in found) == inside
    assert found[0].first <= first and last <= found[-1].last


@given(calendars, units, DAYS)
def test_the_next_of_the_previous_is_the_bucket_itself(calendar: str, unit: Unit, day: date) -> None:
    bucket = bucket_of(calendar, unit, day)
    assert isinstance(bucket.previous, DateBucket) and bucket.previous.next == bucket


def test_days_beyond_the_lunar_tables_are_counted_apart() -> None:
    days = {**FIVE, date(1905, 8, 5).toordinal(): 4}
    assert sum(bucket.count for bucket in buckets(days, "lunar_hijri", "year")) == 3
    assert (outside(days, "lunar_hijri"), outside(days, "solar_hijri")) == (4, 0)


def test_without_any_day_there_is_no_bucket_and_the_ends_of_calendars_have_no_neighbour() -> None:
    assert buckets({0: 2}, "gregorian", "year") == ()
    assert buckets(FIVE, "gregorian", "year", date(2021, 1, 1), date(2020, 1, 1)) == ()
    assert bucket_of("gregorian", "year", date.max).next is None
    assert bucket_of("lunar_hijri", "month", date(1924, 8, 1)).previous is None

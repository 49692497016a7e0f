"""Bars of days: as fine as their span leaves room, each with its count and where it leads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from search.browse.charts import calendars, finest, in_bucket
from search.browse.days import address
from search.dates.buckets import bucket_of
from search.request import SearchRequest

BAKU = date(2020, 10, 26)


@pytest.mark.parametrize(("span", "unit"), [(0, "day"), (6, "day"), (200, "month"), (20_000, "year")])
def test_the_unit_is_as_fine_as_the_span_leaves_room(span: int, unit: str) -> None:
    reported = {BAKU.toordinal(): 2, (BAKU + timedelta(span)).toordinal(): 1, 0: 4}
    histogram = finest(reported, address)
    assert histogram.unit == unit
    assert sum(row.count for row in histogram.rows) == sum(n for day, n in reported.items() if day)


def test_reports_without_a_day_are_no_bar() -> None:
    assert finest({0: 2}, address).rows == ()


def test_a_bar_leads_where_it_is_told() -> None:
    (row,) = finest({BAKU.toordinal(): 3}, address).rows
    assert (row.count, row.url) == (3, "/dates/gregorian/2020/10/26/")


def test_a_question_is_narrowed_to_the_days_of_a_month() -> None:
    asked = in_bucket(SearchRequest(q="خلفوف"), bucket_of("gregorian", "month", BAKU))
    assert (asked.q, asked.since, asked.until) == ("خلفوف", "2020-10-01", "2020-10-31")


def test_one_calendar_is_the_readers_and_every_one_can_be_chosen() -> None:
    links = calendars("/dates/")
    assert {link.url for link in links} == {"/dates/?cal=gregorian", "/dates/?cal=solar", "/dates/?cal=lunar"}
    assert len([link for link in links if link.current]) == 1

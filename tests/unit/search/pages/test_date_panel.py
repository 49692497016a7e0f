"""The panel of dates: what it shows of the days found, in the calendar that the reader chose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from django.utils.translation import override

from archive.pages.interface import calendar_chosen
from search.pages.date_panel import DatePanel, date_panel
from search.request import UNDATED, SearchRequest
from search.results import ResultPage


def panel(request: SearchRequest, days: Mapping[int, int], undated: int = 0, language: str = "en") -> DatePanel:
    page = ResultPage(request, sum(days.values()), 9, (), (), 20, days=days, undated=undated)
    with override(language):
        return date_panel(page)


def found_on(*days: date) -> dict[int, int]:
    return {day.toordinal(): 1 for day in days}


OCTOBER = found_on(date(2023, 10, 4), date(2023, 10, 20))
DECADE = found_on(date(2013, 1, 1), date(2023, 10, 4))


@pytest.mark.parametrize(
    ("days", "unit"), [(OCTOBER, "day"), (found_on(date(2021, 1, 1), date(2023, 1, 1)), "month"), (DECADE, "year")]
)
def test_days_are_shown_in_as_fine_a_unit_as_leaves_room(days: dict[int, int], unit: str) -> None:
    assert panel(SearchRequest("x"), days).unit == unit


def test_a_year_is_walked_by_its_months_and_a_month_by_its_days() -> None:
    year = panel(SearchRequest("x", since="2023", until="2023"), OCTOBER)
    assert [row.label for row in year.rows][9] == "October 2023" and year.rows[9].count == 2
    assert [step.label for step in year.path] == ["All dates", "2023"]
    month = panel(SearchRequest("x", since="2023-10", until="2023-10"), OCTOBER)
    assert len(month.rows) == 31 and [step.label for step in month.path] == ["All dates", "2023", "October"]
    assert month.previous is not None and month.previous.label == "September 2023"
    assert [step.current for step in month.path] == [False, False, True]


def test_a_single_day_stands_among_those_of_its_month() -> None:
    day = panel(SearchRequest("x", since="2023-10-04", until="2023-10-04"), OCTOBER)
    assert len(day.rows) == 31 and [row.count for row in day.rows if row.chosen] == [1]


def test_the_solar_calendar_has_its_own_months() -> None:
    with calendar_chosen("solar"):
        shown = panel(SearchRequest("x", since="2023-09-23", until="2023-10-22"), OCTOBER, language="fa")
    assert len(shown.rows) == 30 and shown.rows[0].label == "۱ مهر ۱۴۰۲"
    assert shown.rows[0].value == "2023-09-23..2023-09-23"
    assert [link.current for link in shown.calendars] == [False, True, False]


def test_the_undated_are_counted_beside_and_left_out_by_a_range() -> None:
    alone = panel(SearchRequest("x"), OCTOBER, undated=4)
    assert (alone.undated.count, alone.undated.url, alone.undated_left_out) == (4, "/search/?q=x&year=undated", False)
    ranged = panel(SearchRequest("x", since="2023"), OCTOBER, undated=4)
    assert ranged.undated_left_out and not ranged.undated.chosen
    chosen = panel(SearchRequest("x", filters=(("year", (UNDATED,)),)), {}, undated=4)
    assert chosen.undated.chosen and chosen.undated.url == "/search/?q=x"


def test_an_end_that_is_no_date_is_shown_as_typed() -> None:
    shown = panel(SearchRequest("x", since="yesterday", until="2023-10-04"), OCTOBER)
    assert (shown.since.shown, shown.since.unreadable) == ("yesterday", True)
    assert not shown.until.unreadable


def test_a_day_from_a_link_is_named_in_the_chosen_calendar() -> None:
    with calendar_chosen("solar"):
        shown = panel(SearchRequest("x", since="2023-10-04"), OCTOBER, language="fa")
    assert shown.since.shown == "۱۲ مهر ۱۴۰۲"


def test_days_that_a_calendar_has_no_name_for_are_counted() -> None:
    with calendar_chosen("lunar"):
        assert panel(SearchRequest("x"), found_on(date(1900, 1, 1), date(2023, 10, 4))).beyond == 1

"""A facet: its values in order, what is chosen and excluded, and where each leads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override

from archive.authorities.directory import Directory, Office
from search.answer.facets import chosen_dates, facet, listing
from search.request import SearchRequest
from search.results import Facet

LABELS = {
    ("country", "az"): {"en": "Azerbaijan", "ar": "أذربيجان"},
    ("country", "am"): {"en": "Armenia", "ar": "أرمينيا"},
    ("country", "qa"): {"en": "Qatar", "ar": "قطر"},
}
MINISTER = Office("foreign_minister", {"en": "Foreign Minister"}, "country", "az", "2004", "2020", "")
DEPUTY = Office("deputy", {"en": "Deputy"}, "country", "az", "1998", "2004", "")
NAMES = Directory(LABELS, (), {}, {}, {"khalaf-khalafov": (DEPUTY, MINISTER)})
COUNTS = {"am": 2, "az": 5, "qa": 2}
ARCHIVE = {"am": 8, "az": 9, "qa": 2}


def countries(request: SearchRequest, most: int = 0) -> Facet:
    with override("en"):
        return facet(request, "country", COUNTS, ARCHIVE, NAMES, SearchRequest.to_query, most)


def values(shown: Facet) -> list[str]:
    return [value.value for value in shown.values]


def test_frequent_values_come_first_and_equals_by_the_alphabet() -> None:
    shown = countries(SearchRequest("x"))
    assert [(value.label, value.count, value.total) for value in shown.values] == [
        ("Azerbaijan", 5, 9),
        ("Armenia", 2, 8),
        ("Qatar", 2, 2),
    ]


def test_a_value_leads_to_the_question_with_it_and_to_that_without_it() -> None:
    first = countries(SearchRequest("x", page=3)).values[0]
    assert (first.url, first.exclude_url) == ("q=x&country=az", "q=x&not-country=az")


def test_a_chosen_value_leads_away_from_itself() -> None:
    chosen = countries(SearchRequest("x", filters=(("country", ("az",)),)))
    assert [value.value for value in chosen.chosen] == ["az"]
    assert (chosen.values[0].url, chosen.values[0].told) == ("q=x", "Azerbaijan")
    excluded = countries(SearchRequest("x", excluded=(("country", ("az",)),)))
    assert excluded.values[0].excluded and excluded.values[0].url == "q=x"
    with override("en"):
        assert excluded.values[0].told == "not Azerbaijan"


def test_what_is_chosen_is_there_even_at_zero_and_beyond_the_room() -> None:
    request = SearchRequest("x", filters=(("country", ("om",)),))
    assert values(countries(request, most=1)) == ["az", "om"]
    assert countries(request, most=1).size == 4


@pytest.mark.parametrize(("name", "is_listed"), [("country", True), ("year", False)])
def test_facets_of_time_have_no_page_of_their_values(name: str, is_listed: bool) -> None:
    shown = facet(SearchRequest("x"), name, {"2020": 1}, {}, NAMES)
    assert bool(shown.url) is is_listed


def test_time_runs_from_the_newest_to_the_undated() -> None:
    shown = facet(SearchRequest(), "year", {"2019": 9, "undated": 3, "2023": 1}, {}, NAMES)
    assert values(shown) == ["2023", "2019", "undated"]


def test_an_official_is_told_by_the_latest_post() -> None:
    with override("en"):
        shown = facet(SearchRequest(), "official", {"khalaf-khalafov": 2, "nobody": 1}, {}, NAMES)
    assert [value.note for value in shown.values] == ["Foreign Minister, Azerbaijan", ""]


def test_the_page_of_all_values_knows_the_question_but_not_its_view() -> None:
    request = replace(SearchRequest("x"), view="timeline", options=(("by", "day"),))
    assert listing(request, "country", [("find", "ق")]) == "/search/facet/country/?q=x&find=%D9%82"
    assert listing(SearchRequest(), "country") == "/search/facet/country/"


def test_a_range_of_days_is_one_chosen_value() -> None:
    with override("en"):
        ((chosen,), none) = (chosen_dates(SearchRequest("x", since="2023-10"), 4), chosen_dates(SearchRequest("x"), 4))
    assert none == ()
    (value,) = chosen.values
    assert (chosen.name, value.value, value.count, value.chosen) == ("date", "2023-10-01..", 4, True)
    assert (value.label, value.url) == ("from 1 October 2023 on", "/search/?q=x")

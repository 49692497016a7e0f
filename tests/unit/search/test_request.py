"""A search request: every state of the results page is an address, and nothing in an address is an error."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from search.question.address import MAX_PAGE, clean_query, last_page, read_request
from search.request import SearchRequest

pytestmark = pytest.mark.django_db  # which record an identifier stands for now


def read(query: str) -> SearchRequest:
    return read_request(QueryDict(query))


@pytest.mark.parametrize(
    "query",
    [
        "q=%D9%82%D8%B7%D8%B1",
        "country=az&country=qa",
        "year=undated&lang=fa&sort=oldest",
        "q=x&names=0&page=3",
        "q=x&size=50&sort=source",
    ],
)
def test_an_address_and_its_request_say_the_same(query: str) -> None:
    assert read(read(query).to_query()) == read(query)
    assert read(query).to_query() != ""


def test_choosing_a_value_twice_takes_it_away() -> None:
    asked = read("country=az").toggled("country", "qa")
    assert asked.chosen("country") == ("az", "qa")
    assert asked.toggled("country", "az").chosen("country") == ("qa",)
    assert asked.toggled("country", "az").toggled("country", "qa") == SearchRequest()


def test_a_changed_question_begins_at_its_first_page() -> None:
    third = read("q=x&page=3")
    for changed in (third.toggled("country", "qa"), third.sorted_by("oldest"), third.between("2020", "")):
        assert changed.page == 1


def test_the_natural_order_is_relevance_for_words_and_time_without() -> None:
    assert read("q=x").order == "relevance"
    assert read("q=+").order == "newest"
    assert read("q=x&sort=oldest").order == "oldest"


@pytest.mark.parametrize(
    ("query", "page"),
    [("page=2", 2), ("page=0", 1), ("page=-3", 1), ("page=x", 1), ("page=1e9", 1), ("page=99999", MAX_PAGE)],
)
def test_pages_that_make_no_sense_are_the_nearest_that_do(query: str, page: int) -> None:
    assert read(query).page == page


@pytest.mark.parametrize("size", ["", "0", "7", "1e2", "٥٠", "1000000", "-10"])
def test_a_page_has_one_of_four_sizes_or_the_usual_one(size: str) -> None:
    assert read(f"size={size}").size == 0
    assert read("size=100&page=3").sized(10) == read("size=10")


@pytest.mark.parametrize(("size", "last"), [(10, 50), (20, 50), (50, 20), (100, 10), (5000, 1)])
def test_large_pages_are_walked_as_deep_as_usual_ones(size: int, last: int) -> None:
    assert last_page(size) == last


@pytest.mark.parametrize("value", ["<script>", "AZ/../..", "a b", "é", "%00", "x" * 81])
def test_values_that_are_no_identifiers_are_left_out(value: str) -> None:
    parameters = QueryDict(mutable=True)
    parameters.setlist("country", [value, "AZ"])
    assert read_request(parameters).chosen("country") == ("az",)


def test_a_query_is_composed_and_without_controls_and_keeps_its_half_spaces() -> None:
    assert clean_query("  خلف\u200cاف\x00\n") == "خلف\u200cاف"
    assert clean_query("ا\u0653") == "آ"
    assert clean_query("a\ud800b") == "a b"


@pytest.mark.parametrize("query", ["not-country=am", "country=az&not-country=am&not-lang=fa&q=x", "not-year=undated"])
def test_what_is_left_out_is_part_of_the_address(query: str) -> None:
    assert read(read(query).to_query()) == read(query)
    assert read(query).is_narrowed and not read(query).without_filters().is_narrowed


def test_a_value_is_chosen_or_left_out_and_never_both() -> None:
    asked = read("country=am")
    left_out = asked.excluding("country", "am")
    assert (left_out.chosen("country"), left_out.left_out("country")) == ((), ("am",))
    assert left_out.excluding("country", "am") == left_out.toggled("country", "am") == SearchRequest()
    both = read("country=am&country=az&not-country=AM")
    assert (both.chosen("country"), both.left_out("country")) == (("az",), ("am",))


def test_a_choice_of_dates_has_the_same_question_about_the_undated() -> None:
    assert read("q=x&year=2020&month=10").undated_alone() == read("q=x&year=undated")
    assert read("q=x&year=2020&year=undated").undated_alone() is None
    assert read("q=x&country=az").undated_alone() is None


def test_choices_beyond_what_one_question_may_have_are_counted() -> None:
    asked = read("&".join(f"country=c{number}" for number in range(45)))
    assert (len(asked.chosen("country")), asked.unread) == (40, 5)
    assert read(asked.to_query()).unread == 0

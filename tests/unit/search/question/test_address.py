"""Numbers and neighbours of a question in addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.question import address
from search.request import SearchRequest

ASKED = SearchRequest("خلفوف", filters=(("country", ("az",)),), sort="oldest", page=3, names=False)
WORD = "%D8%AE%D9%84%D9%81%D9%88%D9%81"


@pytest.mark.parametrize(
    ("text", "read"), [("7", 7), ("0", 1), ("", 1), ("x", 1), ("-2", 1), ("٣", 1), ("60", 50), ("1234567", 1)]
)
def test_a_number_that_makes_no_sense_is_the_nearest_that_does(text: str, read: int) -> None:
    assert address.number(text, 50) == read


def test_neighbouring_questions_keep_what_they_do_not_change() -> None:
    assert address.with_names_url(ASKED) == f"/search/?q={WORD}&country=az&sort=oldest"
    assert address.without_words_url(ASKED) == "/search/?country=az&names=0"
    assert address.without_filters_url(ASKED) == f"/search/?q={WORD}&sort=oldest&names=0"
    assert address.state_query(ASKED) == f"q={WORD}&country=az&sort=oldest&names=0"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ('"political consultations"', "political+consultations"),
        ("«وزير قطر»~3", "%D9%88%D8%B2%D9%8A%D8%B1+%D9%82%D8%B7%D8%B1"),
        ("„a b“ -c", "a+b+-c"),
    ],
)
def test_words_are_asked_for_without_their_quotation_marks(asked: str, words: str) -> None:
    assert address.without_quotes_url(SearchRequest(asked)) == f"/search/?q={words}"


def test_without_quotation_marks_there_is_nothing_to_leave_out() -> None:
    assert address.without_quotes_url(ASKED) == address.without_quotes_url(SearchRequest('""')) == ""


@pytest.mark.parametrize("asked", ['قطر -"وزير الخارجية"', 'NOT "a b"', 'title:"a b"', '-"قطر"', 'x -(y "a b")'])
def test_what_is_left_out_or_of_a_field_stays_together(asked: str) -> None:
    assert address.without_quotes_url(SearchRequest(asked)) == ""


def test_an_article_is_opened_with_the_question_that_found_it() -> None:
    assert address.carried(SearchRequest("x")) == "?q=x"
    assert address.carried(SearchRequest()) == address.carried(None) == ""


def test_a_form_asks_in_the_view_that_it_stands_in() -> None:
    assert address.view_path(replace(ASKED, view="timeline")) == "/search/timeline/"
    assert address.view_path(ASKED) == address.view_path("") == "/search/"

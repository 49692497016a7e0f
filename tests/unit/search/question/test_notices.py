"""What a reader is told of a request that was read otherwise than it was given."""

from __future__ import annotations

from html import unescape

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from search.question.notices import noticed, read_as, sentences
from search.request import SearchRequest
from search.syntax import parse


def told(request: SearchRequest, language: str = "en") -> list[str]:
    with override(language):
        shown = sentences(request, parse(request.q))
        return [unescape(strip_tags(one)).replace("\u2068", "").replace("\u2069", "") for one in shown]


def test_nothing_is_told_of_what_was_read_as_given() -> None:
    assert told(SearchRequest("مشاورات سياسية", since="2023-10", until="2023-11")) == []


def test_a_part_of_the_query_that_is_no_operator_is_named() -> None:
    (sentence,) = told(SearchRequest("colour:قطر"))
    assert sentence == "“colour” is not the name of a field; it was searched as a plain word."


def test_what_was_typed_is_text_in_the_sentence() -> None:
    request = SearchRequest("a<b>:قطر")
    with override("en"):
        assert "<b>" not in "".join(sentences(request, parse(request.q)))


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_a_limit_is_told_in_the_digits_of_the_language(language: str) -> None:
    (sentence,) = told(SearchRequest("خ*"), language)
    assert {"en": "2", "ar": "2", "fa": "۲"}[language] in sentence


@pytest.mark.parametrize(
    ("since", "until", "beginning"),
    [
        ("yesterday", "", "“yesterday” was not read as a date."),
        ("2023", "2021", "The first day was later than the last one"),
        ("3/9/2021", "", "“3/9/2021” was read as 3 September 2021"),
        ("1402", "", "“1402” was read as Solar Hijri: 21 March 2023 – 19 March 2024."),
    ],
)
def test_an_end_of_a_range_is_told_of_where_it_may_mean_something_else(since: str, until: str, beginning: str) -> None:
    assert told(SearchRequest(since=since, until=until))[0].startswith(beginning)


def test_a_doubtful_date_has_a_link_to_its_other_reading() -> None:
    with override("en"):
        (sentence,) = sentences(SearchRequest("x", since="3/9/2021"), parse("x"))
    assert '<a href="/search/?q=x&amp;from=2021-03-09"' in sentence


def test_choices_beyond_the_limit_are_counted() -> None:
    assert told(SearchRequest(unread=3)) == [
        "3 further choices were left aside: no more than 40 of one list can be asked for at once."
    ]


def test_the_part_that_a_notice_speaks_of_is_marked() -> None:
    marked = noticed(parse("قطر colour:x"))
    assert marked is not None and [text for text, is_match in marked.pieces if is_match] == ["colour"]
    assert noticed(parse("-قطر")) is None  # the notice speaks of all of it


def test_the_query_as_it_was_read_can_be_asked() -> None:
    found = read_as(SearchRequest("«قطر", page=2), parse("«قطر"))
    assert found is not None and (found.text, found.url) == ("قطر", "/search/?q=%D9%82%D8%B7%D8%B1")
    assert read_as(SearchRequest("x" * 300), parse("x" * 300)) is None

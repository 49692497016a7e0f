"""From one result to the next: the order of the list, whatever it is, and the page that leads back."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings

from archive.articles.models import Article
from search import SearchRequest, search
from search.answer.neighbours import neighbours


def walked(asked: SearchRequest, first: str, way: str) -> list[str]:
    """The addresses that a reader comes by who goes on and on."""
    came, here = [], first
    while there := neighbours(asked, here).get(way):
        came.append(there)
        here = urlsplit(there).path.split("/")[2]
    return came


@pytest.mark.parametrize("fold", [True, False])
@pytest.mark.parametrize("sort", ["", "newest"])
def test_who_goes_on_from_the_first_result_sees_the_whole_list_and_comes_back_the_same_way(
    five: dict[str, Article], *, sort: str, fold: bool
) -> None:
    asked = SearchRequest("أذربيجان", sort=sort, fold=fold)
    listed = [hit.article.identifier for hit in search(asked).hits]
    on, back = walked(asked, listed[0], "next"), walked(asked, listed[-1], "previous")
    assert len(listed) > 2
    assert [urlsplit(one).path for one in on] == [f"/articles/{one}/" for one in listed[1:]]
    assert [urlsplit(one).path for one in back] == [f"/articles/{one}/" for one in reversed(listed[:-1])]
    assert {parse_qs(urlsplit(one).query)["q"][0] for one in on + back} == {"أذربيجان"}


def test_the_next_result_knows_its_page_of_the_list(five: dict[str, Article], settings: LazySettings) -> None:
    settings.SEARCH_PAGE_SIZE = 2
    asked = SearchRequest("أذربيجان", fold=False)
    first = search(asked).hits[0].article.identifier
    pages = [parse_qs(urlsplit(one).query).get("page", ["1"]) for one in walked(asked, first, "next")]
    assert pages[:3] == [["1"], ["2"], ["2"]]
    larger = walked(replace(asked, size=3), first, "next")
    assert [parse_qs(urlsplit(one).query).get("page", ["1"]) for one in larger][:3] == [["1"], ["1"], ["2"]]


def test_a_withdrawn_report_is_no_neighbour_and_one_that_was_not_found_has_none(five: dict[str, Article]) -> None:
    asked = SearchRequest("أذربيجان", fold=False)
    first, second = (hit.article.identifier for hit in search(asked).hits[:2])
    Article.objects.filter(identifier=second).update(status="withdrawn")
    assert "next" not in neighbours(asked, first)
    assert neighbours(SearchRequest("لاتفيا", fold=False), "000000000000") == {}

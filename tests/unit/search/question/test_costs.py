"""How much work a query is, by its form alone: what costs much waits for its turn."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from search.question.costs import ORDINARY, is_costly, is_costly_query


@pytest.mark.parametrize(
    "query",
    [
        "",
        "قطر",
        "خلفوف في الدوحة",
        "«المشاورات السياسية بين أذربيجان وقطر»",
        "country:قطر date:2020 -إيران",
        "مشاور* قطر",
        "خلفوف~ خلف~",
        " ".join(["قطر"] * ORDINARY),
    ],
)
def test_what_readers_ask_is_ordinary(query: str) -> None:
    assert not is_costly_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "مشاور* سياس* قط*",
        "خلف~ خلفوف~2 قطر~",
        "مشاور* خلف~ قطر إيران تركيا",
        " ".join(["قطر"] * (ORDINARY + 1)),
        "«" + "وزير " * ORDINARY + "خارجية»",
        "«وزير خارجية»~5 «وزير قطر»~5 قطر",
        "-(مشاور* سياس* قط*)",
        "title:(مشاور* OR سياس* OR قط*)",
    ],
)
def test_many_beginnings_of_words_are_heavy_wherever_they_hide(query: str) -> None:
    assert is_costly_query(query)


def test_nearness_costs_more_than_neighbourhood() -> None:
    near = "«وزير خارجية»~{0} «وزير قطر»~{0} قطر"
    assert is_costly_query(near.format(1)) and not is_costly_query(near.format(0))


def test_an_address_is_judged_by_its_query_alone() -> None:
    asked = RequestFactory().get("/search/", {"q": "مشاور* سياس* قط*"})
    assert is_costly(asked)
    assert not is_costly(RequestFactory().get("/search/", {"country": ["az"] * 30, "page": "9"}))
    assert not is_costly(RequestFactory().get("/search/"))

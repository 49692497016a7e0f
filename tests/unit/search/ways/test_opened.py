"""The page of an article that is opened from a page of results knows from which view, and in which order of lines."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from search.ways.opened import _query


@pytest.mark.parametrize(
    ("address", "view", "options"),
    [
        ("q=قطر", "", ()),
        ("q=قطر&in=concordance", "concordance", ()),
        ("q=قطر&in=concordance&by=before-1", "concordance", (("by", "before-1"),)),
        ("q=قطر&in=concordance&by=price", "concordance", ()),
        ("q=قطر&in=timeline&by=before-1", "", ()),
    ],
)
def test_the_way_back_leads_to_the_view_that_the_article_was_opened_from(
    address: str, view: str, options: tuple[tuple[str, str], ...]
) -> None:
    asked = _query(QueryDict(address))
    assert (asked.q, asked.view, asked.options) == ("قطر", view, options)


def test_the_page_of_results_is_kept() -> None:
    assert _query(QueryDict("q=قطر&in=concordance&page=3")).page == 3


def test_an_address_without_a_question_marks_nothing() -> None:
    assert _query(QueryDict("ui=fa&utm_source=x")).to_query() == ""

"""What callers outside of the search's rooms use."""

from __future__ import annotations

import pytest

import search
from search.answer.service import results_page
from search.engine.protocol import SearchUnavailable
from search.request import SearchRequest
from search.results import ResultPage


def test_the_facade_has_the_search_its_question_its_answer_and_its_failure() -> None:
    given = {name: getattr(search, name) for name in search.__all__}
    assert given == {
        "ResultPage": ResultPage,
        "SearchRequest": SearchRequest,
        "SearchUnavailable": SearchUnavailable,
        "search": results_page,
    }
    assert dir(search) == search.__all__


def test_nothing_else_can_be_taken_from_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Whoosh'"):
        _ = search.Whoosh

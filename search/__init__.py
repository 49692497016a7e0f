"""Search of the published articles: what callers outside of these rooms use.

    page: ResultPage = search(SearchRequest(q="خلفوف"))

`search` gives one page of results, or raises SearchUnavailable when the index cannot answer. Names are loaded when they
are first used, for Django imports this package before its models are ready.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.answer.service import results_page as search
    from search.engine.protocol import SearchUnavailable
    from search.request import SearchRequest
    from search.results import ResultPage

__all__ = ["ResultPage", "SearchRequest", "SearchUnavailable", "search"]

_PLACES = {
    "ResultPage": ("search.results", "ResultPage"),
    "SearchRequest": ("search.request", "SearchRequest"),
    "SearchUnavailable": ("search.engine.protocol", "SearchUnavailable"),
    "search": ("search.answer.service", "results_page"),
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _PLACES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)

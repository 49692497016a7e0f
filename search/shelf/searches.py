"""Saved searches as the shelf shows them: in words, with what they find now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from archive.pages.bounds import OutOfTime
from search.engine.protocol import SearchUnavailable
from search.export.result_set import QueryRefused, found
from search.export.views import in_words
from search.pages.views import feed_links
from search.question.address import read_request, url
from search.question.costs import is_costly_query
from search.request import SearchRequest
from search.shelf.contents import SavedSearch


@dataclass(frozen=True, slots=True)
class ShownSearch:
    """`total` is None while the search cannot answer, and for a costly query, which is not asked beside others.

    `new` is what came since the reader last looked.
    """

    saved: SavedSearch
    words: str
    url: str
    feeds: dict[str, str]
    total: int | None

    @property
    def is_counted(self) -> bool:
        return not is_costly_query(read_request(QueryDict(self.saved.query)).q)

    @property
    def new(self) -> int:
        return max(0, (self.total or 0) - self.saved.seen)


def shown(searches: Iterable[SavedSearch]) -> list[ShownSearch]:
    """One question to the index for each search, none to the database."""
    return [_shown(saved) for saved in searches]


def _shown(saved: SavedSearch) -> ShownSearch:
    asked = read_request(QueryDict(saved.query))
    return ShownSearch(
        saved, in_words(asked), url(asked) if saved.query else reverse("search"), feed_links(asked), total(asked)
    )


def total(asked: SearchRequest) -> int | None:
    """How many articles a search finds now; None where it is not to be had."""
    if is_costly_query(asked.q):
        return None
    try:
        return found(asked, 1).total
    except (SearchUnavailable, QueryRefused, OutOfTime):
        return None

"""Saved searches as the shelf shows them: in words, with what they find now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from search.engine.protocol import SearchUnavailable
from search.export.result_set import QueryRefused, found
from search.export.views import in_words
from search.pages.views import feed_links
from search.question.address import read_request, url
from search.request import SearchRequest
from search.shelf.contents import SavedSearch


@dataclass(frozen=True, slots=True)
class ShownSearch:
    """`total` is None while the search cannot answer; `new` is what came since the reader last looked."""

    saved: SavedSearch
    words: str
    url: str
    feeds: dict[str, str]
    total: int | None

    @property
    def new(self) -> int:
        return max(0, (self.total or 0) - self.saved.seen)


def shown(searches: Iterable[SavedSearch]) -> list[ShownSearch]:
    """One question to the index for each search, none to the database."""
    return [_shown(saved) for saved in searches]


def _shown(saved: SavedSearch) -> ShownSearch:
    asked = read_request(QueryDict(saved.query))
    return ShownSearch(
        saved, in_words(asked), url(asked) if saved.query else reverse("search"), feed_links(asked), _total(asked)
    )


def _total(asked: SearchRequest) -> int | None:
    try:
        return found(asked, 1).total
    except (SearchUnavailable, QueryRefused):
        return None

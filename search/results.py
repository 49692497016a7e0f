"""What a search gives back: plain values that a template, a feed or an export renders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.request import SearchRequest

if TYPE_CHECKING:
    from archive.articles.models import Article


@dataclass(frozen=True, slots=True)
class Highlighted:
    """A piece of stored text and the ranges in it that matched; offsets are code points into `text`."""

    text: str
    ranges: tuple[tuple[int, int], ...] = ()
    cut_before: bool = False
    cut_after: bool = False

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """`(text, is a match)` from the first to the last letter; the template escapes and marks."""
        position = 0
        for start, end in self.ranges:
            if start > position:
                yield self.text[position:start], False
            yield self.text[start:end], True
            position = end
        if position < len(self.text):
            yield self.text[position:], False


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found, with its title and the best fragment of its text.

    `weak`: a name that was asked stands there in a spelling that only sounds like it, and no record tells whose it is.
    """

    article: Article
    title: Highlighted
    fragment: Highlighted
    score: float
    weak: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """An identifier with its exact count under the question without this facet's own choices."""

    value: str
    count: int
    chosen: bool
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """`name` is the URL parameter; `values` in the order they are shown."""

    name: str
    title: str
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        return tuple(value for value in self.values if value.chosen)


@dataclass(frozen=True, slots=True)
class Expansion:
    """What was searched for besides the words typed: `typed` is the reader's span, `forms` what it reached.

    `kind` is that of a record (`country`, `official`, `body`), or `post` (`foreign_minister.az`), or `term`.
    """

    typed: str
    kind: str
    slug: str
    label: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, which finds more: `shown` marks what differs from the one asked, `url` asks it."""

    shown: Highlighted
    url: str

    @property
    def text(self) -> str:
        return self.shown.text


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of results with the facets of the whole result set.

    `notices` say what of the query was not read as typed, `noticed` marks where, `read_as` is how it was read instead.
    `relaxed`: no article has all the words, and these have some of them. `second`: behind few that have all, some
    that do not; they are not counted.
    """

    request: SearchRequest
    total: int
    archive_total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    page_size: int
    expansions: tuple[Expansion, ...] = ()
    notices: tuple[str, ...] = ()
    refused: bool = False
    noticed: Highlighted | None = None
    read_as: Suggestion | None = None
    did_you_mean: Suggestion | None = None
    relaxed: bool = False
    second: tuple[Hit, ...] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.page_size))

    @property
    def chosen(self) -> tuple[tuple[Facet, FacetValue], ...]:
        """The chosen facet values, for the chips; each links to the question without it."""
        return tuple((facet, value) for facet in self.facets for value in facet.chosen)

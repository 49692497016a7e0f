"""What a search gives back: plain values that a template, a feed or an export renders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from search.labels import without
from search.request import SearchRequest

if TYPE_CHECKING:
    from archive.articles.models import Article

SHOWN, MORE = 8, 8  # values of a facet in the panel


class Mark(IntEnum):
    """What a piece of text is marked as: alone is a word that was asked with others and stands without them."""

    NONE = 0
    MATCH = 1
    ALONE = 2


@dataclass(frozen=True, slots=True)
class Highlighted:
    """A piece of stored text and the ranges in it that matched; offsets are code points into `text`.

    The piece begins at `start` of its text. `alone` are those of the ranges whose word stands beside the others that
    were asked elsewhere in the article.
    """

    text: str
    ranges: tuple[tuple[int, int], ...] = ()
    cut_before: bool = False
    cut_after: bool = False
    start: int = 0
    alone: frozenset[tuple[int, int]] = frozenset()

    @property
    def pieces(self) -> Iterator[tuple[str, Mark]]:
        """The text from the first to the last letter and what each piece is; the template escapes and marks."""
        position = 0
        for start, end in self.ranges:
            if start > position:
                yield self.text[position:start], Mark.NONE
            yield self.text[start:end], Mark.ALONE if (start, end) in self.alone else Mark.MATCH
            position = end
        if position < len(self.text):
            yield self.text[position:], Mark.NONE


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, overlapping ones as one.

    >>> merged([(5, 9), (0, 3), (7, 12)])
    [(0, 3), (5, 12)]
    """
    done: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if done and start < done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return done


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found, with its title and the best fragment of its text.

    `weak`: a name that was asked stands there in a spelling that only sounds like it, and no record tells whose it is.
    `story`: the other found reports of the same story, which are folded into this one.
    """

    article: Article
    title: Highlighted
    fragment: Highlighted
    score: float
    weak: bool = False
    story: FoldedStory | None = None


@dataclass(frozen=True, slots=True)
class FoldedStory:
    """The reports behind a result: `articles` the first of them, `counts` how many there are in each language."""

    articles: tuple[Article, ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _language, count in self.counts)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """An identifier with its exact count under the question without this facet's own choices, and in the archive.

    `url` chooses the value, or takes it away when it is chosen or excluded; `exclude_url` leaves its articles out.
    `note` tells a value from another: the post of an official.
    """

    value: str
    count: int
    label: str
    total: int = 0
    url: str = ""
    exclude_url: str = ""
    chosen: bool = False
    excluded: bool = False
    note: str = ""

    @property
    def told(self) -> str:
        """The choice in words: «Armenia», «not Armenia»."""
        return without(self.label) if self.excluded else self.label


@dataclass(frozen=True, slots=True)
class Facet:
    """`name` is the URL parameter; `values` in the order they are shown, of `size`; `url` is the page of all values.

    `groups` stand for several values each: the regions, of the countries.
    """

    name: str
    title: str
    values: tuple[FacetValue, ...]
    size: int
    url: str = ""
    groups: tuple[FacetValue, ...] = ()

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """What is chosen or excluded."""
        return tuple(value for value in (*self.groups, *self.values) if value.chosen or value.excluded)

    @property
    def more_groups(self) -> tuple[FacetValue, ...]:
        """The groups that may still be chosen; the others stand among the first values."""
        return tuple(value for value in self.groups if not (value.chosen or value.excluded))

    @property
    def first(self) -> tuple[FacetValue, ...]:
        """What the panel shows at once: the first values, and everything that is chosen or excluded."""
        held = tuple(value for value in self.groups if value.chosen or value.excluded)
        return held + tuple(
            value for place, value in enumerate(self.values) if place < SHOWN or value.chosen or value.excluded
        )

    @property
    def more(self) -> tuple[FacetValue, ...]:
        """What the panel unfolds; the rest of a long facet is on its page."""
        return tuple(value for value in self.values[SHOWN:] if not (value.chosen or value.excluded))[:MORE]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What was searched for besides the words typed: `typed` is the reader's span, `forms` what it reached.

    `kind` is that of a record (`country`, `official`, `body`), or `post` (`foreign_minister.az`), or `term`. Of a post,
    so many officials are `undated`: without dates on file they are not searched for.
    """

    typed: str
    kind: str
    slug: str
    label: str
    forms: tuple[str, ...]
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, which finds more: `shown` marks what differs from the one asked, `url` asks it."""

    shown: Highlighted
    url: str

    @property
    def text(self) -> str:
        return self.shown.text


@dataclass(frozen=True, slots=True)
class Undated:
    """Articles that only a choice of dates leaves out, for they have no date; `url` shows them."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of results with the facets of the whole result set.

    `notices` say what of the query was not read as typed, `noticed` marks where, `read_as` is how it was read instead.
    `not_shown`: what a choice of dates leaves out only because it has no date. `relaxed`: no article has all the words,
    and these have some of them. `second`: behind few that have all, some that do not; they are not counted. `days`
    counts the found articles by ordinal, for a single day also those of the days around it; `undated` counts those
    without a date, also where a range of days leaves them out. `total`
    counts articles, `entries` what the list has of them when the reports of one story are folded into one entry.
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
    not_shown: Undated | None = None
    days: Mapping[int, int] = field(default_factory=dict)
    undated: int = 0
    entries: int = 0

    @property
    def pages(self) -> int:
        return max(1, -(-(self.entries or self.total) // self.page_size))

    @property
    def also_searched(self) -> tuple[Expansion, ...]:
        """What was searched for besides the words typed, as far as there is something to say of it."""
        return tuple(one for one in self.expansions if one.forms or one.undated)

    @property
    def is_folded(self) -> bool:
        """Whether some articles of the result stand behind others."""
        return 0 < self.entries < self.total

    @property
    def in_words(self) -> str:
        """The question as its readers say it: «خلفوف · Azerbaijan»; "" for the whole archive."""
        return " · ".join(
            filter(None, (" ".join(self.request.q.split()), *(value.told for _facet, value in self.chosen)))
        )

    @property
    def chosen(self) -> tuple[tuple[Facet, FacetValue], ...]:
        """The chosen and excluded facet values, for the chips; each links to the question without it."""
        return tuple((facet, value) for facet in self.facets for value in facet.chosen)

"""What the search asks of an engine, and what an engine answers: the seam between Diwan and its engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from search.request import Filters
from search.tree import All, Node


class SearchUnavailable(Exception):
    """The index cannot answer: it is missing, damaged or made by another version. `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Question:
    """A tree, the conditions that narrow it, the order and the slice that is wanted.

    `filters` are the chosen facet values (OR within a facet, AND across); articles with any of the `excluded` values
    are left out. `since` and `until` are the first and the last day, either may be open; a range leaves out the
    undated. `names` lets a word be answered by other names of a place and by names that sound like it. `by_day` asks
    for the number of found articles of every day.
    """

    tree: Node = field(default_factory=All)
    filters: Filters = ()
    order: str = "relevance"
    start: int = 0
    size: int = 20
    names: bool = True
    by_day: bool = False
    excluded: Filters = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`found` holds `(article identifier, score)` of the slice, best first.

    `counts` gives for every facet the exact number of articles of each value, counted under the question without that
    facet's own choices, for `year` and `month` also without the range of days, so that `undated` is counted beside a
    range; an excluded value is counted without the exclusions of its facet, every other one with them.
    `archive_total` counts every public article. `days` gives the number of found articles of every day that has any,
    in order, as proleptic Gregorian ordinals, 0 for the undated; empty when not asked for.
    """

    total: int
    archive_total: int
    found: tuple[tuple[str, float], ...]
    counts: Mapping[str, Mapping[str, int]]
    generation: str
    days: Mapping[int, int] = field(default_factory=dict)

    @property
    def months(self) -> dict[tuple[int, int], int]:
        """`days` summed by Gregorian year and month, in order; the undated are left out."""
        sums: Counter[tuple[int, int]] = Counter()
        for day, count in self.days.items():
            if day:
                dated = date.fromordinal(day)
                sums[dated.year, dated.month] += count
        return dict(sums)

    @property
    def years(self) -> dict[int, int]:
        """`days` summed by Gregorian year, in order; the undated are left out."""
        sums: Counter[int] = Counter()
        for (year, _month), count in self.months.items():
            sums[year] += count
        return dict(sums)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facet values, each with its facet, in `count` articles that have both.

    `first` and `last` are the days of these articles as proleptic Gregorian ordinals, 0 where all are undated.
    """

    one: tuple[str, str]
    other: tuple[str, str]
    count: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Together:
    """The most frequent pairs of a result set, exactly counted; `total` is the number of all different pairs."""

    pairs: tuple[Pair, ...]
    total: int
    generation: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What the articles of a question have on every day, by proleptic Gregorian ordinals, 0 for the undated.

    `articles` are counted, `places` are where its words stand, `words` are all words of these articles, nearly.
    """

    articles: Mapping[int, int]
    places: Mapping[int, int]
    words: Mapping[int, int]

"""What the search asks of an engine, and what an engine answers: the seam between Diwan and its engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.query import All, Node
from search.request import Filters


class SearchUnavailable(Exception):
    """The index cannot answer: it is missing, damaged or made by another version. `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Question:
    """A tree, the chosen facet values (OR within a facet, AND across), the order and the slice that is wanted.

    `names` lets a word be answered by other names of a place and by names that sound like it. `by_day` asks for the
    number of found articles of every day.
    """

    tree: Node = field(default_factory=All)
    filters: Filters = ()
    order: str = "relevance"
    start: int = 0
    size: int = 20
    names: bool = True
    by_day: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`found` holds `(article identifier, score)` of the slice, best first.

    `counts` gives for every facet the exact number of articles of each value, counted under the question with that
    facet's own choices left out; `archive_total` counts every public article. `days` gives the number of found articles
    of every day that has any, in order, as proleptic Gregorian ordinals, 0 for the undated; empty when not asked for.
    """

    total: int
    archive_total: int
    found: tuple[tuple[str, float], ...]
    counts: Mapping[str, Mapping[str, int]]
    generation: str
    days: Mapping[int, int] = field(default_factory=dict)

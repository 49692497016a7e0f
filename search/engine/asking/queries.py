"""Queries of the terms of an index: small frozen values that the compiler makes and every engine translates.

A score is said in words alone: what a term is worth by its rarity and the length of its text is the engine's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TermQuery:
    """Texts that have a term in a field, worth `weight` times what the engine gives for it."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class BeginningQuery:
    """Texts that have a term of the field that begins with `text`; every such term counts for itself."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class NearQuery:
    """`left`, and behind its end, after 1 to `slop` positions, `right`; both are terms or words near one another.

    All terms are of one text, perhaps of different layers of it. ConstantQuery what its terms are together.
    """

    left: IndexQuery
    right: IndexQuery
    slop: int


@dataclass(frozen=True, slots=True)
class EveryPart:
    """What answers all parts, worth all of them; there is one that is no `Unwanted`."""

    parts: tuple[IndexQuery, ...]


@dataclass(frozen=True, slots=True)
class AnyPart:
    """What answers any part, worth all that it answers."""

    parts: tuple[IndexQuery, ...]


@dataclass(frozen=True, slots=True)
class BestPart:
    """What answers any part, worth the best that it answers."""

    parts: tuple[IndexQuery, ...]


@dataclass(frozen=True, slots=True)
class RankedQuery:
    """What answers `whole`, worth more where it also answers `welcome`."""

    whole: IndexQuery
    welcome: IndexQuery


@dataclass(frozen=True, slots=True)
class Unwanted:
    """All but what answers the query."""

    query: IndexQuery


@dataclass(frozen=True, slots=True)
class ConstantQuery:
    """What answers the query, worth the same everywhere."""

    query: IndexQuery
    score: float


@dataclass(frozen=True, slots=True)
class DaysQuery:
    """Articles of the days `low` to `high`, proleptic Gregorian ordinals; the undated are none of them."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class EveryQuery:
    """All of the index."""


@dataclass(frozen=True, slots=True)
class NoQuery:
    """Nothing."""


IndexQuery = (
    TermQuery
    | BeginningQuery
    | NearQuery
    | EveryPart
    | AnyPart
    | BestPart
    | RankedQuery
    | Unwanted
    | ConstantQuery
    | DaysQuery
    | EveryQuery
    | NoQuery
)
EVERYTHING = EveryQuery()
NOTHING = NoQuery()


def terms_near(query: IndexQuery) -> Iterator[TermQuery]:
    """The terms of words near one another, in their order."""
    match query:
        case TermQuery():
            yield query
        case NearQuery(left, right):
            yield from terms_near(left)
            yield from terms_near(right)

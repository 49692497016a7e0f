"""What an engine counts in a result set beyond its facets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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

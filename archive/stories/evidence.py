"""Whether two reports are one story, and by what: copies of one text, or reports of the same event.

A fold that is wrong hides a report, so every doubt parts: the thresholds are those at which the judged samples of
docs/stories.md hold nearly no wrong pair. Pure: no Django.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from archive.stories.copies import share
from archive.stories.traits import Traits

COPY: Final = 0.5  # share of common trigrams
COPY_DAYS: Final = 3  # days between two copies; a bulletin of the next week is written with the same words
EVENT_DAYS: Final = 2
ALIKE: Final = 0.55  # cosine of the clues, within one language
ALIKE_HEAD: Final = 0.50  # of those of title and lead
ACROSS: Final = 0.28  # across languages, where nothing else is known
ACROSS_HEAD: Final = 0.30
LIKELY: Final = 0.14  # across languages, of two reports that resemble each other more than any other
LIKELY_HEAD: Final = 0.05
MARGIN: Final = 1.1  # by how much more
FEWEST: Final = 2  # named things in common, one of them a record
RECORDS: Final = ("official:", "body:", "country:")
Key = TypeVar("Key")
NAMING: Final = (*RECORDS, "day:", "round:", "number:", "name:")


@dataclass(frozen=True, slots=True)
class Tie:
    """Two reports are one story: `kind` is `copy` or `event`, `strength` 0 to 1, `shared` the weightiest clues."""

    kind: str
    strength: float
    shared: tuple[str, ...] = ()


def tie(one: Traits, other: Traits) -> Tie | None:
    """What ties two reports, None where they are not surely one story. Symmetric.

    An event is known by its day, so an undated report is a copy or nothing.
    """
    apart = days_apart(one, other)
    alike = share(one.signature, other.signature)
    if alike >= COPY and (apart is None or apart <= COPY_DAYS):
        return Tie("copy", round(alike, 3))
    if apart is None or apart > EVENT_DAYS:
        return None
    within = one.language == other.language
    whole = cosine(one, other)
    if whole < (ALIKE if within else ACROSS) or contradict(one, other):
        return None
    if cosine(one, other, head=True) < (ALIKE_HEAD if within else ACROSS_HEAD):
        return None
    shared = sorted(
        one.clues.keys() & other.clues.keys(), key=lambda clue: (-one.clues[clue] * other.clues[clue], clue)
    )
    if sum(clue.startswith(NAMING) for clue in shared) < FEWEST:
        return None
    if within and not any(clue.startswith(RECORDS) for clue in shared):
        return None
    return Tie("event", round(whole, 3), tuple(shared[:12]))


def nearest(mine: Traits, others: Mapping[Key, Traits]) -> Key | None:
    """The report in another language that resembles this one most, and by a margin; None where none stands out.

    Where each is the nearest of the other, the two tell one event: see `mutual`.
    """
    across = {key: cosine(mine, other) for key, other in others.items() if other.language != mine.language}
    ranked = sorted(across, key=lambda key: -across[key])[:2]
    if not ranked or across[ranked[0]] < max(LIKELY, *(MARGIN * across[key] for key in ranked[1:]), 0.0):
        return None
    best = ranked[0]
    other, apart = others[best], days_apart(mine, others[best])
    if apart is None or apart > EVENT_DAYS or contradict(mine, other) or cosine(mine, other, head=True) < LIKELY_HEAD:
        return None
    named = sum(clue.startswith(NAMING) for clue in mine.clues.keys() & other.clues.keys())
    return best if named >= FEWEST else None


def mutual(one: Traits, other: Traits) -> Tie:
    """The tie of two reports in two languages of which each is the nearest of the other."""
    shared = sorted(
        one.clues.keys() & other.clues.keys(), key=lambda clue: (-one.clues[clue] * other.clues[clue], clue)
    )
    return Tie("event", round(cosine(one, other), 3), tuple(shared[:12]))


def days_apart(one: Traits, other: Traits) -> int | None:
    """Days between the dates of two reports; None where one has none."""
    return abs((one.day - other.day).days) if one.day and other.day else None


def contradict(one: Traits, other: Traits) -> bool:
    """Whether two reports say that they are of two events: other rounds, or titles that name other records."""
    told = (one.rounds, other.rounds), (one.parties, other.parties)
    return any(mine and theirs and not mine & theirs for mine, theirs in told)


def cosine(one: Traits, other: Traits, *, head: bool = False) -> float:
    """The cosine of the clues of two reports, or of those at their heads: 0 to 1."""
    mine, theirs = (one.heads, other.heads) if head else (one.clues, other.clues)
    product = sum([weight * theirs[clue] for clue, weight in mine.items() if clue in theirs])
    norms = one.squares[head] * other.squares[head]
    return product / math.sqrt(norms) if norms else 0.0

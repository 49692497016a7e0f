"""Whether two reports are one story, and by what: copies of one text, or reports of the same event.

A fold that is wrong hides a report, so every doubt parts: the thresholds are those at which the judged samples of
docs/stories.md hold nearly no wrong pair. Pure: no Django.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from archive.stories.copies import share
from archive.stories.traits import Traits

COPY: Final = 0.5  # share of common trigrams
COPY_DAYS: Final = 3  # days between two copies; a bulletin of the next week is written with the same words
EVENT_DAYS: Final = 2
ALIKE: Final = 0.55  # cosine of the clues, within one language
ALIKE_HEAD: Final = 0.50  # of those of title and lead
ACROSS: Final = 0.16  # across languages
ACROSS_HEAD: Final = 0.20
FEWEST: Final = 2  # named things in common, one of them a record
RECORDS: Final = ("official:", "body:", "country:")
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
    if apart is None or apart > EVENT_DAYS or contradict(one, other):
        return None
    within = one.language == other.language
    whole, head = cosine(one, other), cosine(one, other, head=True)
    if whole < (ALIKE if within else ACROSS) or head < (ALIKE_HEAD if within else ACROSS_HEAD):
        return None
    shared = sorted(
        one.clues.keys() & other.clues.keys(), key=lambda clue: (-one.clues[clue] * other.clues[clue], clue)
    )
    if sum(clue.startswith(NAMING) for clue in shared) < FEWEST or not any(clue.startswith(RECORDS) for clue in shared):
        return None
    return Tie("event", round(whole, 3), tuple(shared[:12]))


def days_apart(one: Traits, other: Traits) -> int | None:
    """Days between the dates of two reports; None where one has none."""
    return abs((one.day - other.day).days) if one.day and other.day else None


def contradict(one: Traits, other: Traits) -> bool:
    """Whether two reports say that they are of two events: other rounds, or titles that name other records."""
    rounds = one.of_kind("round"), other.of_kind("round")
    titled = [{c for c in traits.titled if c.startswith(("country:", "official:"))} for traits in (one, other)]
    return any(mine and theirs and not mine & theirs for mine, theirs in (rounds, titled))


def cosine(one: Traits, other: Traits, *, head: bool = False) -> float:
    """The cosine of the clues of two reports, or of those at their heads: 0 to 1."""
    mine, theirs = (
        {clue: weight for clue, weight in traits.clues.items() if not head or clue in traits.head}
        for traits in (one, other)
    )
    product = sum(weight * theirs[clue] for clue, weight in mine.items() if clue in theirs)
    norms = sum(w * w for w in mine.values()) * sum(w * w for w in theirs.values())
    return product / math.sqrt(norms) if norms else 0.0

"""From ties of two to stories of many, the surest first, without joining what is apart. Pure: no Django."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

SPAN: Final = 3  # days from the first to the last report of an event; else day by day one event grows into the next
Pair = tuple[int, int]


class ArticleTie(NamedTuple):
    """A tie between two articles by their keys; `kind` is `copy` or `event`."""

    one: int
    other: int
    kind: str
    strength: float


class Decided(NamedTuple):
    """What curators decided of pairs, the lower key first."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


UNDECIDED: Final = Decided()


def stories(
    days: Mapping[int, datetime.date | None], edges: Iterable[ArticleTie], decided: Decided = UNDECIDED
) -> list[list[int]]:
    """The stories of two and more of these articles, given with their days; each in order, the lowest first.

    The same ties give the same stories in whatever order they come: curators' joins first, then copies, then events,
    each the strongest first. Articles that a curator parted are never in one story, whatever lies between them.
    """
    member = {article: [article] for article in days}
    joins = [ArticleTie(one, other, "", 1.0) for one, other in sorted(decided.together)]
    for edge in [*joins, *sorted(edges, key=lambda edge: (edge.kind, -edge.strength, edge.one, edge.other))]:
        mine, theirs = member.get(edge.one), member.get(edge.other)
        if mine is None or theirs is None or mine is theirs:
            continue
        if _may_join(mine, theirs, decided.apart) and (edge.kind != "event" or _is_short([*mine, *theirs], days)):
            mine += theirs
            member.update(dict.fromkeys(theirs, mine))
    found = {id(group): sorted(group) for group in member.values() if len(group) > 1}
    return sorted(found.values())


def _may_join(mine: Sequence[int], theirs: Sequence[int], apart: frozenset[Pair]) -> bool:
    return not apart or not any((min(one, other), max(one, other)) in apart for one in mine for other in theirs)


def _is_short(articles: Iterable[int], days: Mapping[int, datetime.date | None]) -> bool:
    dated = [day for day in (days[article] for article in articles) if day]
    return not dated or (max(dated) - min(dated)).days <= SPAN

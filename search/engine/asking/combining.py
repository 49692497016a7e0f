"""How the parts of a question are put together as queries of the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from search.engine.asking.queries import NOTHING, AnyPart, BestPart, IndexQuery, NearQuery, RankedQuery


def ranked(whole: IndexQuery, welcome: Sequence[IndexQuery]) -> IndexQuery:
    """What answers `whole`, worth more where it also answers what is welcome."""
    also = summed(welcome)
    return whole if NOTHING in (whole, also) else RankedQuery(whole, also)


def summed(ways: Iterable[IndexQuery]) -> IndexQuery:
    """Any of the queries, worth all that a text answers."""
    some = tuple(way for way in ways if way != NOTHING)
    return AnyPart(some) if len(some) > 1 else (some[0] if some else NOTHING)


def best(ways: Iterable[IndexQuery]) -> IndexQuery:
    """Any of the queries, worth the best that a text answers."""
    some = tuple(way for way in ways if way != NOTHING)
    return BestPart(some) if len(some) > 1 else (some[0] if some else NOTHING)


def chain(parts: Sequence[IndexQuery], slop: int) -> IndexQuery:
    """The parts in their order, at most `slop` words between two of them; nothing where one of them is nowhere."""
    if not parts or NOTHING in parts:
        return NOTHING
    return reduce(lambda left, right: NearQuery(left, right, slop + 1), parts)

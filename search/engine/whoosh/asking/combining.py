"""How the parts of a question are put together as Whoosh queries: data here, whose meaning `evaluating` works out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from whoosh import query
from whoosh.query import Query
from whoosh.query.spans import SpanNear


def ranked(whole: Query, welcome: Sequence[Query]) -> Query:
    """What answers `whole`, worth more where it also answers what is welcome."""
    also = summed(welcome)
    return whole if query.NullQuery in (whole, also) else query.AndMaybe(whole, also)


def summed(ways: Iterable[Query]) -> Query:
    """Any of the queries, worth all that a text answers."""
    some = [way for way in ways if way != query.NullQuery]
    return query.Or(some) if len(some) > 1 else (some[0] if some else query.NullQuery)


def best(ways: Iterable[Query]) -> Query:
    """Any of the queries, worth the best that a text answers."""
    some = [way for way in ways if way != query.NullQuery]
    return query.DisjunctionMax(some) if len(some) > 1 else (some[0] if some else query.NullQuery)


def chain(parts: Sequence[Query], slop: int) -> Query:
    """The parts in their order, at most `slop` words between two of them; nothing where one of them is nowhere."""
    if not parts or query.NullQuery in parts:
        return query.NullQuery
    return reduce(lambda left, right: SpanNear(left, right, slop=slop + 1), parts)

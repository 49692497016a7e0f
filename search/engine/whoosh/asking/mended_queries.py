"""Whoosh's queries where its own go astray among others, and how the parts of a question are put together of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from whoosh import query
from whoosh.matching import DisjunctionMaxMatcher, Matcher, WrappingMatcher
from whoosh.query import Query
from whoosh.query.spans import SpanNear
from whoosh.query.wrappers import WrappingQuery
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher


class EachInTurn(WrappingQuery):
    """The same answers, each still at hand when its score is asked for: Whoosh's matchers run ahead of their scores."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        return _InTurnMatcher(self.child.matcher(searcher, context))


class _InTurnMatcher(WrappingMatcher):
    def all_ids(self) -> Iterator[int]:
        while self.is_active():
            yield self.id()
            self.next()


class AnyOf(query.Or):
    """Any of the queries; Whoosh's choice for small indexes fills an array for each, which costs more than it saves."""

    matcher_type = query.Or.DEFAULT_MATCHER


class BestOf(query.DisjunctionMax):
    """Any of the queries, worth the best that a text answers; Whoosh's own mixes in the scores of other texts."""

    def _matcher(self, subs: Sequence[Query], searcher: Searcher, context: SearchContext) -> Matcher:
        reader = searcher.reader()
        return self._tree_matcher(subs, _BestMatcher, searcher, context, lambda sub: sub.estimate_size(reader))


class _BestMatcher(DisjunctionMaxMatcher):
    def score(self) -> float:
        left, right = self.a, self.b
        if not left.is_active() or (right.is_active() and right.id() < left.id()):
            return float(right.score())
        if not right.is_active() or left.id() < right.id():
            return float(left.score())
        return float(max(left.score(), right.score()))


class Begins(query.Prefix):
    """Terms that begin so, each worth what it is alone; Whoosh's own forgets the boost where there is only one."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        terms = [query.Term(self.fieldname, term, boost=self.boost) for term in self._btexts(searcher.reader())]
        return summed(terms).matcher(searcher, context)


class Near(SpanNear):
    """Whoosh's own, which cannot tell its size where it stands beside other queries."""

    def estimate_size(self, ixreader: IndexReader) -> int:
        return int(min(self.a.estimate_size(ixreader), self.b.estimate_size(ixreader)))

    def estimate_min_size(self, ixreader: IndexReader) -> int:
        return 0


def ranked(whole: Query, welcome: Sequence[Query]) -> Query:
    also = summed(welcome)
    return whole if query.NullQuery in (whole, also) else query.AndMaybe(whole, also)


def summed(ways: Iterable[Query]) -> Query:
    """Any of the queries, worth all that a text answers."""
    found = [way for way in ways if way != query.NullQuery]
    return AnyOf(found) if len(found) > 1 else (found[0] if found else query.NullQuery)


def best(ways: Iterable[Query]) -> Query:
    """Any of the queries, worth the best that a text answers."""
    found = [way for way in ways if way != query.NullQuery]
    return BestOf(found) if len(found) > 1 else (found[0] if found else query.NullQuery)


def chain(parts: Sequence[Query], slop: int) -> Query:
    """The parts in their order, at most `slop` words between two of them; nothing where one of them is nowhere."""
    if not parts or query.NullQuery in parts:
        return query.NullQuery
    return reduce(lambda left, right: Near(left, right, slop=slop + 1), parts)

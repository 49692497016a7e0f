"""What Whoosh's own searcher finds and scores, as the judge of our evaluation.

A few of Whoosh's matchers go astray where they stand within others. What is asked of the judge is therefore the same
query with matchers that do what each says by itself; its terms, postings, scores and all other matchers are Whoosh's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh import query as q
from whoosh.collectors import Collector
from whoosh.matching import DisjunctionMaxMatcher, Matcher, WrappingMatcher
from whoosh.matching.binary import AndMaybeMatcher
from whoosh.query import Query
from whoosh.query.spans import SpanNear
from whoosh.query.wrappers import WrappingQuery
from whoosh.searching import SearchContext, Searcher

from search.engine.whoosh.snapshot import Snapshot


def scores(snapshot: Snapshot, query: Query) -> dict[int, float]:
    """Every matching document by its number in the index, but deleted ones, which `Not` lets through after a match."""
    collector = ScoreCollector()
    snapshot.searcher.search_with_collector(_EachInTurn(mended(query)), collector)
    return {n: score for n, score in collector.scores.items() if not snapshot.searcher.reader().is_deleted(n)}


def mended(query: Query) -> Query:
    """The same query of kinds whose matchers may stand within others."""
    match query:
        case q.Or():
            return _AnyOf([mended(part) for part in query.subqueries], boost=query.boost)
        case q.DisjunctionMax():
            return _BestOf([mended(part) for part in query.subqueries], boost=query.boost)
        case q.And():
            return q.And([mended(part) for part in query.subqueries], boost=query.boost)
        case q.AndMaybe():
            return _AndMaybe(mended(query.a), mended(query.b))
        case q.Not():
            return q.Not(mended(query.query))
        case q.ConstantScoreQuery():
            return q.ConstantScoreQuery(mended(query.child), query.score)
        case q.Prefix():
            return _Begins(query.fieldname, query.text, boost=query.boost)
        case SpanNear():
            return _Near(mended(query.a), mended(query.b), slop=query.slop)
    return query


class ScoreCollector(Collector):
    """Keep the score of every match; Whoosh's own collectors keep the best ones."""

    def prepare(self, top_searcher: Searcher, query: Query, context: SearchContext) -> None:
        super().prepare(top_searcher, query, context.set(needs_current=False))
        self.scores: dict[int, float] = {}

    def matches(self) -> Iterator[int]:
        """Step by step, so that the matcher still stands where its score is asked for."""
        return iter(self._step_through_matches())

    def collect(self, sub_docnum: int) -> None:
        self.scores[self.offset + sub_docnum] = self.matcher.score()


class _EachInTurn(WrappingQuery):
    """Each answer still at hand when its score is asked for: Whoosh's matchers run ahead of their scores."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        return _InTurnMatcher(self.child.matcher(searcher, context))


class _InTurnMatcher(WrappingMatcher):
    def all_ids(self) -> Iterator[int]:
        while self.is_active():
            yield self.id()
            self.next()


class _AnyOf(q.Or):
    """By its matcher, also in small indexes, for which Whoosh fills an array."""

    matcher_type = q.Or.DEFAULT_MATCHER


class _BestOf(q.DisjunctionMax):
    """Without the scores of following documents, which Whoosh's mixes in."""

    def _matcher(self, subs: Any, searcher: Searcher, context: SearchContext) -> Matcher:
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


class _FollowingMatcher(AndMaybeMatcher):
    def skip_to(self, number: int) -> None:
        self.a.skip_to(number)
        if self.a.is_active() and self.b.is_active():
            self.b.skip_to(self.a.id())


class _AndMaybe(q.AndMaybe):
    """Whose second part follows to where the first one skips."""

    matcherclass = _FollowingMatcher


class _Begins(q.Prefix):
    """Terms that begin so, each worth what it is alone; Whoosh's own forgets the boost where there is only one."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        terms = [q.Term(self.fieldname, term, boost=self.boost) for term in self._btexts(searcher.reader())]
        return (_AnyOf(terms) if terms else q.NullQuery).matcher(searcher, context)


class _Near(SpanNear):
    """Which can tell its size where it stands beside other queries."""

    def estimate_size(self, ixreader: Any) -> int:
        return int(min(self.a.estimate_size(ixreader), self.b.estimate_size(ixreader)))

    def estimate_min_size(self, ixreader: Any) -> int:
        return 0

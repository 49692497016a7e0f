"""Whoosh's queries evaluated with arrays: the same documents and scores as Whoosh's matchers, one segment at a time.

What a kind of query means is what Whoosh 2.7.4 does, also where that surprises: a constant score of 0 counts 1, `Not`
beside other queries adds 1, a plain `DisjunctionMax` mixes in the scores of following documents. A query that is not
known here, also in the midst of known ones, is answered by Whoosh's own matcher; the log says so, once for every kind.
docs/engine.md lists the kinds and their costs.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from whoosh import query as q
from whoosh.query import Query
from whoosh.query.spans import SpanNear, SpanNear2
from whoosh.query.wrappers import WrappingQuery

from archive.bounds import check_time
from search.backends.mended_queries import Begins, BestOf, EachInTurn
from search.backends.postings import Positions
from search.backends.vectors_matches import NOTHING, Matches, best, common, enriched, member, mixed_best, summed
from search.backends.vectors_scoring import Scoring
from search.backends.vectors_segment import Segment
from search.backends.vectors_spans import Spans, near, ranges, united

logger = logging.getLogger("search")

# Whoosh sums up to so many alternatives without an array of all documents, and keeps their scores.
_MANY_ALTERNATIVES = 1024
_SMALL_SEGMENT = 5000

# What a subclass may not change without being a kind of its own.
_MEANING = frozenset(("matcher", "_matcher", "_btexts", "_compile_query"))

_reported: set[str] = set()


class NotVectorized(Exception):
    """A query of a kind that is not known here."""


class Evaluator:
    """Answers queries in one segment; weights come from the statistics of the whole index."""

    def __init__(self, segment: Segment, scoring: Scoring) -> None:
        self.segment = segment
        self.scoring = scoring
        self.schema = segment.reader.schema
        self.documents = segment.documents
        self._known: dict[tuple[type[Query], str, str | bytes, float], Matches] = {}
        self._positions: dict[tuple[str, bytes], Positions] = {}

    def matches(self, query: Query) -> Matches:
        """The documents of a query with their scores, as Whoosh's searcher would give them; OutOfTime."""
        check_time()
        try:
            return _kind(query)(self, query) if self.scoring.is_known else self._by_whoosh(query)
        except NotVectorized:
            return self._by_whoosh(query)

    # Terms

    def _term(self, query: q.Term) -> Matches:
        """Remembered as long as a question is answered: the readings of a phrase ask the same words again and again."""
        key = q.Term, query.fieldname, query.text, query.boost
        if key not in self._known:
            term = self._bytes(query.fieldname, query.text)
            self._known[key] = NOTHING if term is None else self._terms(query.fieldname, [term], [query.boost])
        return self._known[key]

    def _bytes(self, field: str, text: str | bytes) -> bytes | None:
        if field not in self.schema:
            return None
        try:
            return bytes(self.schema[field].to_bytes(text))
        except ValueError:
            return None

    def _terms(self, field: str, terms: Sequence[bytes], boosts: Sequence[float]) -> Matches:
        """The postings of terms one after the other, scored; a document of several terms stands there several times."""
        held = [self.segment.postings(field, term) for term in terms]
        factors = [self.scoring.rarity(field, term) * boost for term, boost in zip(terms, boosts, strict=True)]
        if len(terms) == 1:
            return self._scored(field, held[0].ids, held[0].weights, factors[0])
        lengths = [len(one.ids) for one in held]
        weights = [np.broadcast_to(one.weights, length) for one, length in zip(held, lengths, strict=True)]
        ids = np.concatenate([one.ids for one in held])
        return self._scored(field, ids, np.concatenate(weights), np.repeat(factors, lengths))

    def _scored(self, field: str, ids: Any, weights: Any, factors: Any) -> Matches:
        """Living documents with their scores; `weights` and `factors` are one for all, or one for each."""
        ids, worth = ids.astype(np.intp), weights.astype(np.float64)
        if self.scoring.is_scorable(field):
            worth = self.scoring.saturation(field, worth, self.segment.columns.lengths(field)[ids])
        scores = worth * factors
        found = Matches(ids, scores if len(scores) == len(ids) else np.full(len(ids), scores))
        return found if self.segment.living is None else found.where(self.segment.living[ids])

    # Alternatives and conditions

    def _or(self, query: q.Or) -> Matches:
        if query.scale:
            raise NotVectorized("Or with a scale")
        if len(query.subqueries) < 2:
            return self._compound(query, summed)
        return summed(self._parts(query.subqueries), self.documents).times(query.boost)

    def _parts(self, queries: Sequence[Query]) -> list[Matches]:
        """The matches of the queries; terms of one field are scored together."""
        terms: defaultdict[str, list[tuple[bytes, float]]] = defaultdict(list)
        parts = []
        for query in queries:
            if type(query) is not q.Term:
                parts.append(self.matches(query))
            elif (term := self._bytes(query.fieldname, query.text)) is not None:
                terms[query.fieldname].append((term, query.boost))
        scored = [self._terms(field, [t for t, _b in row], [b for _t, b in row]) for field, row in terms.items()]
        return scored + parts

    def _compound(self, query: Any, combine: Callable[[list[Matches], int], Matches]) -> Matches:
        """Whoosh leaves the boost of a query that has a single part out of account."""
        parts = [self.matches(part) for part in query.subqueries]
        if len(parts) < 2:
            return parts[0] if parts else NOTHING
        return combine(parts, self.documents).times(query.boost)

    def _and(self, query: q.And) -> Matches:
        wanted = [part for part in query.subqueries if type(part) is not q.Not]
        if len(query.subqueries) < 2 or not wanted:
            return self._compound(query, common)
        found = self.matches(wanted[0])
        parts = [found, *(self.matches(part) for part in wanted[1:])] if len(found.ids) else [NOTHING]
        found = common(parts, self.documents)
        for part in query.subqueries:
            if type(part) is q.Not:
                found = self._without(found, part.query)
                found = Matches(found.ids, found.scores + 1.0)
        return found.times(query.boost)

    def _and_not(self, query: q.AndNot) -> Matches:
        return self._without(self.matches(query.a), query.b)

    def _without(self, found: Matches, query: Query) -> Matches:
        return found.where(~member(found.ids, self.matches(query).ids, self.documents))

    def _not(self, query: q.Not) -> Matches:
        return self._without(self._all(1.0), query.query)

    def _every(self, query: q.Every) -> Matches:
        everything = self._all(query.boost or 1.0)
        if query.fieldname is None:
            return everything
        if not self.segment.columns.has_lengths(query.fieldname):
            raise NotVectorized("Every of a field without lengths")
        return everything.where(self.segment.columns.lengths(query.fieldname)[everything.ids] > 0)

    def _all(self, score: float) -> Matches:
        return Matches(self.segment.everything, np.full(len(self.segment.everything), score))

    # Queries that stand for several terms

    def _range(self, query: q.NumericRange) -> Matches:
        if not query.boost:
            raise NotVectorized("a range of no weight")  # of which Whoosh finds some, depending on its size
        column = {"day": self.segment.columns.days, "arrival": self.segment.columns.arrivals}.get(query.fieldname)
        if column is None or not query.constantscore or None in (query.start, query.end):
            return self.matches(query._compile_query(self.segment.reader))
        low, high = query.start + bool(query.startexcl), query.end - bool(query.endexcl)
        everything = self._all(query.boost)
        return everything.where((column[everything.ids] >= low) & (column[everything.ids] <= high))

    def _beginning(self, query: Begins) -> Matches:
        """Remembered as terms are."""
        key = Begins, query.fieldname, query.text, query.boost
        if key not in self._known:
            self._known[key] = self._alike(query)
        return self._known[key]

    def _alike(self, query: Begins) -> Matches:
        """Terms that begin alike: one stretch of the posting lists where the segment has them."""
        field, prefix = query.fieldname, query.text.encode()
        lists = self.segment.lists and self.segment.lists.fields.get(field)
        if lists:
            low, high = lists.terms.range(prefix)
            held = self.scoring.reader.frequencies(self.segment, lists, low, high)
            factors = np.repeat(self.scoring.rarities(held) * query.boost, lists.frequencies(low, high))
            stretch = lists.stretch(low, high)
            return summed([self._scored(field, stretch.ids, stretch.weights, factors)], self.documents)
        terms = list(self.segment.terms(field, prefix))
        return summed([self._terms(field, terms, [query.boost] * len(terms))], self.documents) if terms else NOTHING

    def _pattern(self, query: Any) -> Matches:
        if query.text == ("" if isinstance(query, q.Prefix) else "*"):
            return self.matches(q.Every(query.fieldname, boost=query.boost))
        return self._expanded(query)

    def _expanded(self, query: Any) -> Matches:
        """Terms that Whoosh's own expansion names. A single one is scored as it is; more than two in a small segment,
        or very many, count the same each when the query wants a constant score."""
        with self.segment.reading:
            texts = [self._bytes(query.field(), text) for text in query._btexts(self.segment.reader) if text]
        terms = [term for term in texts if term is not None]
        if not terms:
            return NOTHING
        found = summed([self._terms(query.field(), terms, [1.0] * len(terms))], self.documents)
        if len(terms) == 1:
            return found
        small = len(terms) > 2 and self.documents <= _SMALL_SEGMENT
        if query.constantscore and (small or len(terms) >= _MANY_ALTERNATIVES):
            return found.worth(1.0)
        return found.times(query.boost)

    # Words near one another

    def _near(self, queries: Sequence[Query], query: SpanNear | SpanNear2) -> tuple[Matches, Spans]:
        if query.mindist < 1:
            raise NotVectorized("spans that may overlap")
        held = [self._spanned(one) for one in queries]
        found = common([matches for matches, _spans in held], self.documents)
        if not len(found.ids):
            return NOTHING, united([])
        rows = [spans(found.ids) for _matches, spans in held]
        joined = reduce(lambda left, right: self._pairs(left, right, query), rows)
        return found.where(member(found.ids, joined.docs, self.documents)), joined

    def _pairs(self, left: Spans, right: Spans, query: SpanNear | SpanNear2) -> Spans:
        return near(left, right, slop=query.slop, least=query.mindist, ordered=query.ordered)

    def _phrase(self, query: q.Phrase) -> tuple[Matches, Spans]:
        terms = [q.Term(query.fieldname, word) for word in query.words]
        found, spans = self._near(terms, SpanNear2(terms, slop=query.slop))
        return found.times(query.boost), spans

    def _spanned(self, query: Query) -> tuple[Matches, Callable[[Any], Spans]]:
        """The matches of a query, and how to get its spans in some of its documents."""
        match query:
            case q.Term():
                return self.matches(query), lambda ids: self._term_spans(query, ids)
            case SpanNear() | SpanNear2() | q.Phrase():
                return self._joined(query)
            case q.Or() | q.DisjunctionMax() if not getattr(query, "scale", None):
                rows = [self._spanned(one)[1] for one in query.subqueries]
                return self.matches(query), lambda ids: united([row(ids) for row in rows])
        raise NotVectorized(f"spans of {type(query).__name__}")

    def _joined(self, query: Any) -> tuple[Matches, Callable[[Any], Spans]]:
        if isinstance(query, q.Phrase):
            found, spans = self._phrase(query)
        else:
            found, spans = self._near(query.qs if isinstance(query, SpanNear2) else [query.a, query.b], query)
        return found, lambda ids: spans.where(member(spans.docs, ids, self.documents))

    def _term_spans(self, query: q.Term, ids: Any) -> Spans:
        """The places of a term in these documents, those without it left out. O(its places there)."""
        term = self._bytes(query.fieldname, query.text)
        held = self.segment.postings(query.fieldname, term or b"").ids.astype(np.intp)
        shared = np.flatnonzero(member(held, ids, self.documents))
        if term is None or not len(shared):
            return united([])
        if (query.fieldname, term) not in self._positions:
            self._positions[query.fieldname, term] = self.segment.positions(query.fieldname, term)
        starts, places = self._positions[query.fieldname, term]
        which, place = ranges(starts[shared].astype(np.intp), starts[shared + 1].astype(np.intp))
        found = places[place].astype(np.int64)
        return Spans(held[shared][which], found, found)

    # What is not known here

    def _by_whoosh(self, query: Query) -> Matches:
        kind = type(query).__name__
        if kind not in _reported:
            _reported.add(kind)
            logger.warning("the query %s is answered by Whoosh's matcher, which takes longer", kind)
        with self.segment.reading:
            matcher = query.matcher(self.segment.searcher, self.segment.searcher.context())
            ids, scores = [], []
            while matcher.is_active():
                ids.append(matcher.id())
                scores.append(matcher.score())
                matcher.next()
        return Matches(np.array(ids, np.intp), np.array(scores, np.float64))


# What each kind of query means: of the class and not of an evaluator, which would hold itself and all it decoded until
# garbage is collected.
KINDS: dict[type, Callable[[Evaluator, Any], Matches]] = {
    q.Term: Evaluator._term,
    q.And: Evaluator._and,
    q.Or: Evaluator._or,
    q.DisjunctionMax: lambda own, query: own._compound(query, mixed_best),
    BestOf: lambda own, query: own._compound(query, best),
    q.Not: Evaluator._not,
    q.AndNot: Evaluator._and_not,
    q.AndMaybe: lambda own, query: enriched(own.matches(query.a), own.matches(query.b), own.documents),
    q.ConstantScoreQuery: lambda own, query: own.matches(query.child).worth(query.score or 1.0),
    EachInTurn: lambda own, query: own.matches(query.child),
    WrappingQuery: lambda own, query: own.matches(query.child),
    q.Every: Evaluator._every,
    type(q.NullQuery): lambda _own, _query: NOTHING,
    q.NumericRange: Evaluator._range,
    q.Prefix: Evaluator._pattern,
    Begins: Evaluator._beginning,
    q.Wildcard: Evaluator._pattern,
    q.FuzzyTerm: Evaluator._expanded,
    q.TermRange: Evaluator._expanded,
    SpanNear: lambda own, query: own._near([query.a, query.b], query)[0],
    SpanNear2: lambda own, query: own._near(query.qs, query)[0],
    q.Phrase: lambda own, query: own._phrase(query)[0],
}


def _kind(query: Query) -> Callable[[Evaluator, Any], Matches]:
    for kind in type(query).__mro__:
        if kind in KINDS:
            return KINDS[kind]
        if _MEANING & vars(kind).keys():
            break
    raise NotVectorized(type(query).__name__)

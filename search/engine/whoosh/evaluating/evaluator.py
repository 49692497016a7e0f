"""Compiled queries evaluated with arrays, one segment at a time: which documents answer, and with what score.

The kinds are those that the compiler makes, and the scores those of Whoosh's searcher, which tests/oracle asks beside;
docs/engine.md lists the kinds and their costs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from whoosh import query as q
from whoosh.query import Query
from whoosh.query.spans import SpanNear

from archive.pages.bounds import check_time
from search.engine.whoosh.evaluating.matches import NOTHING, Matches, Numbers, best, common, enriched, member, summed
from search.engine.whoosh.evaluating.scoring import Scoring
from search.engine.whoosh.evaluating.segment import Segment
from search.engine.whoosh.evaluating.spans import Spans, near, ranges, united
from search.engine.whoosh.files.postings import Positions


class Evaluator:
    """Answers queries in one segment; weights come from the statistics of the whole index."""

    def __init__(self, segment: Segment, scoring: Scoring) -> None:
        self.segment = segment
        self.scoring = scoring
        self.documents = segment.documents
        self._known: dict[tuple[type[Query], str, str | bytes, float], Matches] = {}
        self._positions: dict[tuple[str, bytes], Positions] = {}

    def matches(self, query: Query) -> Matches:
        """The documents of a query with their scores; OutOfTime; TypeError for a kind that no compiler makes."""
        check_time()
        match query:
            case q.Term():
                return self._term(query)
            case q.Or():
                return summed(self._parts(query.subqueries), self.documents)
            case q.DisjunctionMax():
                return best([self.matches(part) for part in query.subqueries], self.documents)
            case q.And():
                return self._and(query)
            case q.AndMaybe():
                return enriched(self.matches(query.a), self.matches(query.b), self.documents)
            case SpanNear():
                return self.near(query)[0]
            case q.Prefix():
                return self._beginning(query)
            case q.ConstantScoreQuery():
                return self.matches(query.child).worth(query.score)
            case q.NumericRange():
                return self._days(query.start, query.end)
            case q.Not():
                return self._without(self._all(), query.query)
            case q.Every():
                return self._all()
            case q.NullQuery:
                return NOTHING
        raise TypeError(f"{type(query).__name__} is no kind of query that the compiler makes")

    # Terms

    def _term(self, query: q.Term) -> Matches:
        """Remembered as long as a question is answered: the readings of a phrase ask the same words again and again."""
        key = q.Term, query.fieldname, query.text, query.boost
        if key not in self._known:
            self._known[key] = self._terms(query.fieldname, [query.text.encode()], [query.boost])
        return self._known[key]

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

    def _beginning(self, query: q.Prefix) -> Matches:
        """Remembered as terms are."""
        key = q.Prefix, query.fieldname, query.text, query.boost
        if key not in self._known:
            self._known[key] = self._alike(query)
        return self._known[key]

    def _alike(self, query: q.Prefix) -> Matches:
        """Terms that begin alike: one stretch of the posting lists where the segment has them."""
        field, prefix = query.fieldname, query.text.encode()
        lists = self.segment.lists and self.segment.lists.fields.get(field)
        if lists:
            low, high = lists.terms.range(prefix)
            held = self.scoring.reader.frequencies(self.segment, lists, low, high)
            factors = np.repeat(self.scoring.rarities(held) * query.boost, lists.frequencies(low, high))
            stretch = lists.stretch(low, high)
            return summed([self._scored(field, stretch.ids, stretch.weights, factors)], self.documents)
        terms = self.segment.terms(field, prefix)
        return summed([self._terms(field, terms, [query.boost] * len(terms))], self.documents) if terms else NOTHING

    # Alternatives and conditions

    def _parts(self, queries: Sequence[Query]) -> list[Matches]:
        """The matches of the queries; terms of one field are scored together."""
        terms: defaultdict[str, list[q.Term]] = defaultdict(list)
        parts = []
        for query in queries:
            if isinstance(query, q.Term):
                terms[query.fieldname].append(query)
            else:
                parts.append(self.matches(query))
        scored = [
            self._terms(field, [term.text.encode() for term in row], [term.boost for term in row])
            for field, row in terms.items()
        ]
        return scored + parts

    def _and(self, query: q.And) -> Matches:
        """What all parts have; what one is not to be adds 1 to the score."""
        wanted = [part for part in query.subqueries if not isinstance(part, q.Not)]
        found = self.matches(wanted[0])
        if len(found.ids):
            found = common([found, *(self.matches(part) for part in wanted[1:])], self.documents)
        for part in query.subqueries:
            if isinstance(part, q.Not):
                found = self._without(found, part.query)
                found = Matches(found.ids, found.scores + 1.0)
        return found

    def _without(self, found: Matches, query: Query) -> Matches:
        return found.where(~member(found.ids, self.matches(query).ids, self.documents))

    def _all(self) -> Matches:
        return Matches(self.segment.everything, np.ones(len(self.segment.everything)))

    def _days(self, low: int, high: int) -> Matches:
        everything, days = self._all(), self.segment.columns.days
        return everything.where((days[everything.ids] >= low) & (days[everything.ids] <= high))

    # Words near one another

    def near(self, query: SpanNear) -> tuple[Matches, Spans]:
        """Words in their order, near one another: the documents with their scores, and where it is."""
        matches, spans = zip(*map(self._spanned, (query.a, query.b)), strict=True)
        found = common(matches, self.documents)
        if not len(found.ids):
            return NOTHING, united([])
        left, right = (of(found.ids) for of in spans)
        joined = near(left, right, query.slop)
        return found.where(member(found.ids, joined.docs, self.documents)), joined

    def _spanned(self, query: Query) -> tuple[Matches, Callable[[Numbers], Spans]]:
        """The matches of a term or of words near one another, and how to get its spans in some of its documents."""
        if isinstance(query, q.Term):
            return self.matches(query), lambda ids: self.places(query, ids)
        found, spans = self.near(query)
        return found, lambda ids: spans.where(member(spans.docs, ids, self.documents))

    def places(self, query: q.Term, ids: Numbers) -> Spans:
        """The places of a term in these documents, those without it left out. O(its places there)."""
        field, term = query.fieldname, query.text.encode()
        held = self.segment.postings(field, term).ids.astype(np.intp)
        shared = np.flatnonzero(member(held, ids, self.documents))
        if not len(shared):
            return united([])
        if (field, term) not in self._positions:
            self._positions[field, term] = self.segment.positions(field, term)
        starts, places = self._positions[field, term]
        which, place = ranges(starts[shared].astype(np.intp), starts[shared + 1].astype(np.intp))
        found = places[place].astype(np.int64)
        return Spans(held[shared][which], found, found)

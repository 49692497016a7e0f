"""How often what is asked stands in the articles of every day: articles, places of the words, words in all.

Places are counted where postings have positions: words in all their spellings and stems, phrases, names by their sound.
What an article is found by without words, a link to a record or a concept, is an article and no place. Places that
touch are one, as in a concordance. Words are the lengths that Whoosh keeps, which are exact to about a fifteenth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from whoosh import query as q
from whoosh.query import Query
from whoosh.query.spans import SpanNear

from archive.pages.bounds import check_time
from search.engine.asking.terms import FIELDS
from search.engine.protocol import Question, Usage
from search.engine.whoosh.asking.translation import compile_tree
from search.engine.whoosh.counting.counts import matching
from search.engine.whoosh.evaluating.evaluator import Evaluator
from search.engine.whoosh.evaluating.matches import Numbers, member
from search.engine.whoosh.evaluating.spans import Spans, united
from search.engine.whoosh.files.columns import LENGTHS
from search.engine.whoosh.snapshot import Snapshot

Floats = NDArray[np.float64]


def usage(snapshot: Snapshot, question: Question) -> Usage:
    """The tallies of every day of a question's articles. O(postings and places of its terms + its articles)."""
    query = compile_tree(question.tree, snapshot.reader, names=question.names)
    articles, places, words = Counter[int](), Counter[int](), Counter[int]()
    for segment, ids in zip(snapshot.segments, matching(snapshot, question), strict=True):
        days = np.asarray(segment.columns.days)[ids]
        _add(articles, days, np.ones(len(ids)))
        _add(places, days, _Places(segment, snapshot.scoring).counts(query, ids))
        lengths = np.asarray(sum(LENGTHS[segment.columns.lengths(f"{name}_norm")] for name in FIELDS))
        _add(words, days, lengths[ids])
    return Usage(dict(articles), dict(places), dict(words))


def _add(tally: Counter[int], days: NDArray[np.int64], numbers: Floats) -> None:
    ordinals, place = np.unique(days, return_inverse=True)
    sums = np.bincount(place, numbers, len(ordinals))
    tally.update(dict(zip(ordinals.tolist(), np.rint(sums).astype(int).tolist(), strict=True)))


class _Places(Evaluator):
    """Where the words of a query stand, in documents that answer it."""

    def counts(self, query: Query, ids: Numbers) -> Floats:
        """How many places each of these documents has."""
        counts = np.zeros(self.documents)
        held = list(self._places(query, ids))
        for name in FIELDS:
            spans = united([spans for text, spans in held if text == name])
            counts += np.bincount(spans.docs[_begins(spans)], minlength=self.documents)
        return counts[ids]

    def _places(self, query: Query, ids: Numbers) -> Iterator[tuple[str, Spans]]:
        """The spans of what is wanted, each with its text; what only ranks or is unwanted has none. OutOfTime."""
        check_time()
        match query:
            case q.Term():
                text = query.fieldname.partition("_")[0]
                if text in FIELDS and text != query.fieldname:
                    yield text, self.places(query, ids)
            case q.Prefix():
                for term in self.segment.terms(query.fieldname, query.text.encode()):
                    yield from self._places(q.Term(query.fieldname, term.decode()), ids)
            case SpanNear():
                spans = self.near(query)[1]
                yield _text(query), spans.where(member(spans.docs, ids, self.documents))
            case q.AndMaybe():
                yield from self._places(query.a, ids)
            case q.ConstantScoreQuery():
                yield from self._places(query.child, ids)
            case q.And():
                ids = ids[member(ids, self.matches(query).ids, self.documents)]
                for part in query.subqueries:
                    yield from self._places(part, ids)
            case q.Or() | q.DisjunctionMax():
                for part in query.subqueries:
                    yield from self._places(part, ids)


def _text(query: Query) -> str:
    """The text that the words of a query stand in: `title` or `text`."""
    while not isinstance(query, q.Term):
        query = query.a
    return str(query.fieldname).partition("_")[0]


def _begins(spans: Spans) -> NDArray[np.bool_]:
    """Which spans begin a place: those that do not touch an earlier one of their document."""
    if not len(spans.docs):
        return np.empty(0, np.bool_)
    width = int(spans.last.max()) + 3
    begin, end = spans.docs * width + spans.first, spans.docs * width + spans.last
    reached = np.maximum.accumulate(end)
    return np.append(True, begin[1:] > reached[:-1] + 1)

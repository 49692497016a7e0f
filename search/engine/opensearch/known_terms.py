"""What is known of the terms of the present state, and a question compiled by it.

The compiler asks how many articles have a term; a cluster is not to be asked term by term. So a question is compiled
with what is known, what it asked for beside that is asked in one request, and it is compiled again, until nothing is
missing. What was learnt is kept as long as the state is served.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz.distance import OSA

from search.engine.asking.compiler import compiled
from search.engine.asking.queries import IndexQuery
from search.engine.asking.terms import IndexTerms
from search.engine.opensearch.index import OpenSearchIndex, SeenState, StatedAnswer
from search.engine.protocol import SearchUnavailable
from search.tree import Node

PASSES: Final = 8
MOST_KEPT: Final = 200_000
SPELLED_ALIKE: Final = {  # all that may be alike: with less, OpenSearch leaves out frequent words
    "analyzer": "keyword",
    "suggest_mode": "always",
    "min_word_length": 1,
    "size": 2_000,
    "shard_size": 2_000,
    "max_inspections": 100_000,
    "accuracy": 0,
    "max_term_freq": 1_000_000_000,
}
Alike = tuple[str, str, int]  # field, word, edits


@dataclass(slots=True)
class LearntTerms:
    """In one state: how many articles have a term, and which terms are spelled alike, with their edits."""

    state: SeenState
    held: dict[tuple[str, str], int] = field(default_factory=dict)
    near: dict[Alike, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass(slots=True)
class NotedTerms(IndexTerms):
    """Terms as they are known; what is not known is noted, and taken for held by one article."""

    known: LearntTerms
    terms: dict[tuple[str, str], None] = field(default_factory=dict)
    alike: dict[Alike, None] = field(default_factory=dict)
    was_asked: bool = False

    @property
    def documents(self) -> int:
        return max(self.known.state.articles, 1)

    def held(self, field: str, term: str) -> int:
        self.was_asked = True
        count = self.known.held.get((field, term))
        if count is None:
            self.terms[field, term] = None
            return 1
        return count

    def near(self, field: str, word: str, distance: int) -> list[tuple[str, int]]:
        self.was_asked = True
        found = self.known.near.get((field, word, distance))
        if found is None:
            self.alike[field, word, distance] = None
            return []
        return [(term, edits) for term, edits in found if edits or self.held(field, term)]

    def correction(self, field: str, term: str) -> float:
        return 1.0  # the rarity of OpenSearch is that of BM25


class TermsInUse:
    """What this process knows of the terms of an index; safe for threads."""

    def __init__(self, index: OpenSearchIndex) -> None:
        self.index = index
        self._known: LearntTerms | None = None

    def compiled(self, trees: Sequence[Node], names: bool) -> tuple[SeenState | None, list[IndexQuery]]:
        """The queries of trees, and the state by whose terms they were made; None where they have none."""
        for _pass in range(PASSES):
            noted = NotedTerms(self._known or self._learn((), ()))
            queries = [compiled(tree, noted, names=names) for tree in trees]
            if not (noted.terms or noted.alike):
                return (noted.known.state if noted.was_asked else None), queries
            self._learn(tuple(noted.terms), tuple(noted.alike))
        raise SearchUnavailable("the index changes faster than a question can be understood")

    def held(self, terms: Sequence[tuple[str, str]]) -> list[int]:
        """How many articles have each of some terms, in the present state."""
        known = self._learn(tuple(terms), ())
        return [known.held[term] for term in terms]

    def forget(self) -> None:
        """Learn anew: an answer came from another state."""
        self._known = None

    def _learn(self, terms: Sequence[tuple[str, str]], alike: Sequence[Alike]) -> LearntTerms:
        counted = {str(n): {"term": {field: text}} for n, (field, text) in enumerate(terms)}
        aggregations = {"terms": {"filters": {"filters": counted}}} if counted else {}
        suggest = {
            str(n): {"text": word, "term": {"field": field, "max_edits": edits, "prefix_length": 1, **SPELLED_ALIKE}}
            for n, (field, word, edits) in enumerate(alike)
            if word
        }
        answer = self.index.search({"size": 0, "aggs": aggregations, **({"suggest": suggest} if suggest else {})})
        known = self._known
        if known is None or known.state != answer.state or len(known.held) > MOST_KEPT:
            known = LearntTerms(answer.state)
        buckets = answer.aggregations["terms"]["buckets"] if counted else {}
        known.held.update((term, int(buckets[str(n)]["doc_count"])) for n, term in enumerate(terms))
        known.near.update((one, _alike(answer, str(n), one)) for n, one in enumerate(alike))
        self._known = known
        return known


def _alike(answer: StatedAnswer, name: str, asked: Alike) -> list[tuple[str, int]]:
    """The terms that OpenSearch thinks alike, judged by our own distance; the word itself is asked as a term."""
    _field, word, most = asked
    found = suggested(answer, name)
    edits = [(term, int(OSA.distance(word, term, score_cutoff=most))) for term in found]
    return [(term, distance) for term, distance in [(word, 0), *edits] if distance <= most]


def suggested(answer: StatedAnswer, name: str) -> list[str]:
    """The terms spelled alike that an answer tells under a name, in the order of their bytes."""
    told = answer.told.get("suggest", {}).get(name, ())
    return sorted({option["text"] for entry in told for option in entry["options"]}, key=str.encode)

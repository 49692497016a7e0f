"""One committed state of the index, held open: document sets as bits of whole numbers, and the sort keys.

Bit n of a set stands for document number n. A set of 60,000 documents is a number of 7.5 kB; intersecting two and
counting what is left takes microseconds, so that every facet is counted exactly with its own choices left out.
Built on first use after a commit, in time linear in the postings of the facet fields; shared by all threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from functools import cached_property
from typing import NamedTuple, TypeVar

from whoosh.collectors import Collector
from whoosh.index import Index
from whoosh.query import Query
from whoosh.searching import SearchContext, Searcher

from search.backends.bitset import bits
from search.request import FACETS

T = TypeVar("T")
Opener = Callable[[], tuple[str, Index]]


class SortKey(NamedTuple):
    """What is stored with a document: `day` is a proleptic Gregorian ordinal, 0 for undated."""

    identifier: str
    day: int
    arrival: int
    digest: str


class ScoreCollector(Collector):
    """Keep the score of every match; Whoosh's own collectors keep the best ones, and facets need all."""

    def prepare(self, top_searcher: Searcher, q: Query, context: SearchContext) -> None:
        super().prepare(top_searcher, q, context)
        self.scores: dict[int, float] = {}

    def collect(self, sub_docnum: int) -> None:
        self.scores[self.offset + sub_docnum] = self.matcher.score()


class Snapshot:
    def __init__(self, index: Index, generation: str) -> None:
        self.index = index
        self.generation = generation
        self.searcher: Searcher = index.searcher()
        self.reader = self.searcher.reader()

    @cached_property
    def everything(self) -> int:
        return bits(self.reader.all_doc_ids())

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """For every facet, the documents of each of its values."""
        return {facet: self._values(facet) for facet in FACETS}

    @cached_property
    def keys(self) -> dict[int, SortKey]:
        """Identifier, day and order of arrival of every document, by its number."""
        return {
            number: SortKey(fields["identifier"], fields["day"], fields["arrival"], fields["digest"])
            for number, fields in self.reader.iter_docs()
        }

    def chosen(self, facet: str, values: Collection[str]) -> int:
        """The documents that have any of `values`; a value that no document has adds none.

        A month may also be named without its year: `10` is October of every year.
        """
        found = 0
        for value, documents in self.facets[facet].items():
            if value in values or (facet == "month" and value[-2:] in values):
                found |= documents
        return found

    def scores(self, query: Query) -> dict[int, float]:
        """Every matching document with its score, in one pass over the postings."""
        collector = ScoreCollector()
        self.searcher.search_with_collector(query, collector)
        return collector.scores

    def _values(self, facet: str) -> dict[str, int]:
        values: dict[str, int] = {}
        for term in self.reader.lexicon(facet):
            matcher = self.reader.postings(facet, term)
            values[self.index.schema[facet].from_bytes(term)] = bits(matcher.all_ids())
        return {value: found for value, found in values.items() if found}


class SnapshotCache:
    """The snapshot that this process serves, replaced after a commit; one thread asks it at a time.

    Whoosh's readers share file positions, so threads take turns; a turn lasts milliseconds.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._held: Snapshot | None = None

    def get(self, opener: Opener) -> Snapshot:
        with self._lock:
            generation, index = opener()
            if self._held is None or self._held.generation != generation:
                self._held = Snapshot(index, generation)
            return self._held

    def run(self, opener: Opener, task: Callable[[Snapshot], T]) -> T:
        with self._lock:
            return task(self.get(opener))

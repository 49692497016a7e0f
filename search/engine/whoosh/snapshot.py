"""One committed state of the index, held open as arrays, and the cache of the state that this process serves.

Arrays never change, and terms are looked up and decoded by reading at positions, so threads ask a snapshot all at once;
`reading` is held only where Whoosh's own matchers and cursors read, because these share file positions. What a
segment's columns and terms were in the generation before, they are in the next one: only new segments are read.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Protocol

from whoosh.index import Index
from whoosh.query import Query
from whoosh.reading import SegmentReader
from whoosh.searching import Searcher

from search.engine.whoosh.asking.term_reader import TermReader
from search.engine.whoosh.counting.wordlist import SegmentWords
from search.engine.whoosh.evaluating.evaluator import Evaluator
from search.engine.whoosh.evaluating.matches import Matches
from search.engine.whoosh.evaluating.postings_cache import PostingsCache
from search.engine.whoosh.evaluating.scoring import Scoring
from search.engine.whoosh.evaluating.segment import Segment
from search.engine.whoosh.files.columns_file import folder_of
from search.engine.whoosh.files.mapped import Bound
from search.engine.whoosh.files.segment_files import read_segments_in_place

logger = logging.getLogger("search")
COMMITS_BETWEEN = 10  # that may come while a state is opened, before that is given up

read_segments_in_place()


class IndexSource(Protocol):
    """Where the index to serve is: its generation, cheap to ask for before every search, and how to open it."""

    def generation(self) -> str: ...

    def open(self) -> tuple[str, Index]: ...


class Snapshot:
    def __init__(self, index: Index, generation: str, cache: PostingsCache, earlier: Snapshot | None = None) -> None:
        self.index = index
        self.generation = generation
        self.cache = cache
        self.reading = threading.RLock()
        self.searcher: Searcher = index.searcher()
        held = earlier.segments if earlier else ()
        known = {segment.name: segment for segment in held if segment.is_as_mapped()}
        self.segments: tuple[Segment, ...] = tuple(self._segments(known))
        self.reader = TermReader(self.searcher.doc_count_all(), self.segments)
        self.scoring = Scoring(self.searcher, self.reader)
        self.words = SegmentWords(generation, self.segments, self.reader)

    def _segments(self, known: Mapping[str, Segment]) -> Iterator[Segment]:
        for searcher, first in self.searcher.leaf_searchers():
            if isinstance(searcher.reader(), SegmentReader):
                name = searcher.reader().segment().segment_id()
                yield Segment(searcher, first, self.cache, self.reading, folder_of(self.index), known.get(name))

    def is_as_mapped(self) -> bool:
        """Whether the files that it has mapped are as they were. One `fstat` a file."""
        return all(segment.is_as_mapped() for segment in self.segments)

    @property
    def total(self) -> int:
        return sum(len(segment.everything) for segment in self.segments)

    def digests(self) -> Iterator[tuple[str, str]]:
        """Identifier and digest of every document."""
        for segment in self.segments:
            identifiers, digests = segment.columns.identifiers, segment.columns.digests
            yield from ((identifiers.text(n), digests.text(n)) for n in segment.everything.tolist())

    def place(self, identifier: str) -> tuple[Segment, int] | None:
        """The segment of an article and its number there; None for one that is not indexed."""
        for segment in self.segments:
            for number in segment.postings("identifier", identifier.encode()).ids.tolist():
                if segment.living is None or segment.living[number]:
                    return segment, number
        return None

    def matches(self, query: Query) -> list[Matches]:
        """The matching documents with their scores, segment by segment."""
        return [Evaluator(segment, self.scoring).matches(query) for segment in self.segments]


class SnapshotCache:
    """The snapshot that this process serves, replaced after a commit. One thread opens it while others wait."""

    def __init__(self, most_bytes: int, most_mapped: int) -> None:
        self.postings = PostingsCache(most_bytes)
        self.mapped = Bound(most_mapped)
        self._lock = threading.Lock()
        self._held: Snapshot | None = None

    def get(self, source: IndexSource) -> Snapshot:
        self.mapped.look()
        held = self._held
        if held is not None and held.generation == source.generation() and held.is_as_mapped():
            return held
        with self._lock:
            for _attempt in range(COMMITS_BETWEEN):
                with suppress(FileNotFoundError):
                    return self._opened(source)
            return self._opened(source)

    def _opened(self, source: IndexSource) -> Snapshot:
        """The state as it is now; FileNotFoundError where a commit took files away between finding and opening them."""
        generation, index = source.open()
        held = self._held
        if held is not None and not held.is_as_mapped():
            logger.error("files beside the index were changed where they lie; they are opened anew")
            self.postings.forget()
        elif held is not None and held.generation == generation:
            return held
        self._held = Snapshot(index, generation, self.postings, held)
        self.postings.keep({generation, *(segment.name for segment in self._held.segments)})
        return self._held

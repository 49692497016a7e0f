"""One committed state of the index, held open as arrays, and the cache of the state that this process serves.

Arrays never change, and terms are looked up and decoded by reading at positions, so threads ask a snapshot all at once;
`reading` is held only where Whoosh's own matchers and cursors read, because these share file positions. What a
segment's columns and terms were in the generation before, they are in the next one: only new segments are read.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Protocol, TypeVar

from whoosh.collectors import Collector
from whoosh.index import Index
from whoosh.query import Query
from whoosh.reading import SegmentReader
from whoosh.searching import SearchContext, Searcher

from search.engine.whoosh.asking.term_reader import TermReader
from search.engine.whoosh.evaluating.evaluator import Evaluator
from search.engine.whoosh.evaluating.matches import Matches
from search.engine.whoosh.evaluating.postings_cache import PostingsCache
from search.engine.whoosh.evaluating.scoring import Scoring
from search.engine.whoosh.evaluating.segment import Segment
from search.engine.whoosh.files.columns import SortKey
from search.engine.whoosh.files.columns_file import folder_of
from search.engine.whoosh.files.mapped import Bound
from search.engine.whoosh.files.segment_files import read_segments_in_place

T = TypeVar("T")
logger = logging.getLogger("search")
COMMITS_BETWEEN = 10  # that may come while a state is opened, before that is given up

read_segments_in_place()


class Source(Protocol):
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
        self.reader = TermReader(self.searcher.reader(), self.segments)
        self.scoring = Scoring(self.searcher, self.reader)

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

    @property
    def keys(self) -> SortKeys:
        """Identifier, day, order of arrival and digest of every document, by its number."""
        return SortKeys(self.segments)

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

    def scores(self, query: Query) -> dict[int, float]:
        """Every matching document, by its number in the index, with its score."""
        found: dict[int, float] = {}
        for segment, matches in zip(self.segments, self.matches(query), strict=True):
            found.update(zip((matches.ids + segment.first).tolist(), matches.scores.tolist(), strict=True))
        return found

    def whoosh_scores(self, query: Query) -> dict[int, float]:
        """The same by Whoosh's searcher, which walks the postings; what `scores` gives is tested against it."""
        collector = ScoreCollector()
        with self.reading:
            self.searcher.search_with_collector(query, collector)
        return collector.scores


class SortKeys(Mapping[int, SortKey]):
    """A view of the columns: a key is put together when it is asked for."""

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self.segments = segments

    def __len__(self) -> int:
        return sum(len(segment.everything) for segment in self.segments)

    def __iter__(self) -> Iterator[int]:
        for segment in self.segments:
            yield from (segment.everything + segment.first).tolist()

    def __getitem__(self, number: int) -> SortKey:
        for segment in self.segments:
            if segment.first <= number < segment.first + segment.documents:
                return segment.columns.key(number - segment.first)
        raise KeyError(number)


class ScoreCollector(Collector):
    """Keep the score of every match; Whoosh's own collectors keep the best ones."""

    def prepare(self, top_searcher: Searcher, q: Query, context: SearchContext) -> None:
        super().prepare(top_searcher, q, context.set(needs_current=False))
        self.scores: dict[int, float] = {}

    def matches(self) -> Iterator[int]:
        """Step by step, so that the matcher still stands where its score is asked for."""
        return iter(self._step_through_matches())

    def collect(self, sub_docnum: int) -> None:
        self.scores[self.offset + sub_docnum] = self.matcher.score()


class SnapshotCache:
    """The snapshot that this process serves, replaced after a commit. One thread opens it while others wait."""

    def __init__(self, most_bytes: int, most_mapped: int) -> None:
        self.postings = PostingsCache(most_bytes)
        self.mapped = Bound(most_mapped)
        self._lock = threading.Lock()
        self._held: Snapshot | None = None

    def get(self, source: Source) -> Snapshot:
        self.mapped.look()
        held = self._held
        if held is not None and held.generation == source.generation() and held.is_as_mapped():
            return held
        with self._lock:
            for _attempt in range(COMMITS_BETWEEN):
                with suppress(FileNotFoundError):
                    return self._opened(source)
            return self._opened(source)

    def _opened(self, source: Source) -> Snapshot:
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

    def run(self, source: Source, task: Callable[[Snapshot], T]) -> T:
        return task(self.get(source))

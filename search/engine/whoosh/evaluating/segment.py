"""One segment as arrays: its columns, its living documents, and its terms.

What an earlier version wrote may have no posting lists beside it: its terms are decoded when first asked for.
"""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path

import numpy as np
from whoosh.reading import SegmentReader
from whoosh.searching import Searcher

from search.engine.whoosh.evaluating.matches import Flags, Numbers
from search.engine.whoosh.evaluating.postings_cache import PostingsCache
from search.engine.whoosh.files.columns import FacetColumn, SegmentColumns
from search.engine.whoosh.files.columns_file import columns_of
from search.engine.whoosh.files.posting_lists import PostingLists
from search.engine.whoosh.files.posting_lists_file import posting_lists_of
from search.engine.whoosh.files.postings import Positions, Postings, SegmentPostings


class Segment:
    """`first` is the number of its first document in the index; documents are numbered from 0 within it.

    Its arrays never change and are read by all threads at once. `reading` is held where Whoosh's own matchers and
    cursors read, which share file positions. `earlier` is the segment as an earlier generation had it.
    """

    def __init__(
        self,
        searcher: Searcher,
        first: int,
        cache: PostingsCache,
        reading: threading.RLock,
        folder: Path | None = None,
        earlier: Segment | None = None,
    ) -> None:
        self.searcher = searcher
        self.reader: SegmentReader = searcher.reader()
        self.first = first
        self.name: str = self.reader.segment().segment_id()
        self.documents: int = self.reader.doc_count_all()
        self.reading = reading
        self._cache = cache
        self._folder = folder
        self._columns = earlier.columns if earlier else None
        self.lists: PostingLists | None = (earlier and earlier.lists) or posting_lists_of(self.reader, folder)

    def is_as_mapped(self) -> bool:
        """Whether its files are as they were when they were mapped; else reading them may end the process. O(1)."""
        files = [held.file for held in (self._columns, self.lists) if held is not None]
        return all(file.is_as_mapped() for file in files if file is not None)

    @property
    def columns(self) -> SegmentColumns:
        if self._columns is None:
            with self.reading:
                lists = None if self.lists is None or self.lists.is_copy else self.lists
                self._columns = self._columns or columns_of(self.reader, self._folder, lists)
        return self._columns

    @cached_property
    def living(self) -> Flags | None:
        """Which documents are not deleted; None when none is."""
        deleted = list(self.reader.segment().deleted_docs())
        if not deleted:
            return None
        held = np.ones(self.documents, np.bool_)
        held[deleted] = False
        return held

    @cached_property
    def everything(self) -> Numbers:
        return np.arange(self.documents) if self.living is None else np.flatnonzero(self.living)

    @cached_property
    def totals(self) -> dict[str, Numbers]:
        """The count of every facet value over the whole segment, which every visit without a question asks for."""
        return {name: facet.counts(self.everything) for name, facet in self.columns.facets.items()}

    def facet(self, name: str) -> FacetColumn:
        return self.columns.facets[name]

    def postings(self, field: str, term: bytes) -> Postings:
        if self.lists is not None and field in self.lists.fields:
            return self.lists.postings(field, term)
        return self._cache.get((self.name, field, term), lambda: self._file.postings(field, term))

    def positions(self, field: str, term: bytes) -> Positions:
        if self.lists is not None and field in self.lists.fields:
            return self.lists.positions(field, term)
        return self._cache.get((self.name, field, term, "positions"), lambda: self._file.positions(field, term))

    def frequency(self, field: str, term: bytes) -> int:
        """How many documents have a term, deleted ones among them."""
        if self.lists is not None and field in self.lists.fields:
            return self.lists.frequency(field, term)
        return int(self.reader.doc_frequency(field, term))

    def terms(self, field: str, prefix: bytes) -> list[bytes]:
        """The terms that begin so, in the order of their bytes."""
        if field in self.columns.terms:
            return self.columns.terms[field].starting_with(prefix)
        if self.lists is not None and field in self.lists.fields:
            return self.lists.fields[field].terms.starting_with(prefix)
        with self.reading:
            return list(self.reader.expand_prefix(field, prefix))

    @cached_property
    def _file(self) -> SegmentPostings:
        return SegmentPostings(self.reader)

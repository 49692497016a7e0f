"""The terms of an index as the compiler asks for them: which there are, in how many documents, which begin alike.

Whoosh finds one term by its hash in the table on disk, which needs no help. To walk along the terms it unpacks every
entry; the fields whose terms are expanded (prefixes, words alike) have theirs in the columns of each segment, in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist
from whoosh.reading import IndexReader

from search.backends.postings_cache import PostingsCache
from search.backends.vectors_segment import Segment

# Numbers of documents that are remembered; forgotten all at once when there are more.
_MOST_COUNTS = 50_000
_TERM_BYTES = 50


class _Terms(NamedTuple):
    terms: tuple[Any, ...]

    @property
    def nbytes(self) -> int:
        return sum(map(len, self.terms)) + _TERM_BYTES * len(self.terms)


class TermReader:
    """Stands for Whoosh's reader of the whole index, and asks it whatever is not answered here. Safe for threads."""

    def __init__(self, reader: IndexReader, segments: Sequence[Segment], cache: PostingsCache) -> None:
        self.reader = reader
        self.segments = segments
        self._cache = cache
        self._counts: dict[tuple[str, str | bytes], int] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.reader, name)

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        return self.doc_frequency(*term) > 0

    def doc_frequency(self, field: str, term: str | bytes) -> int:
        """How many documents have a term, deleted ones among them until their segment is merged. O(segments)."""
        known = self._counts.get((field, term))
        if known is None:
            if len(self._counts) > _MOST_COUNTS:
                self._counts = {}
            known = self._counts[field, term] = int(self.reader.doc_frequency(field, term))
        return known

    def expand_prefix(self, field: str, prefix: str) -> Iterator[bytes]:
        """The terms that begin with `prefix`, in the order of their bytes. O(their number), once."""
        if any(field not in segment.columns.terms for segment in self.segments):
            return iter(self.reader.expand_prefix(field, prefix))
        key = (tuple(segment.name for segment in self.segments), field, prefix)
        return iter(self._cache.get(key, lambda: self._expanded(field, prefix.encode())).terms)

    def near(self, field: str, word: str, distance: int) -> list[tuple[str, int]]:
        """Terms within `distance` edits (swapped neighbours count one) that begin with the word's first letter.

        In the order of their bytes, each with its number of edits. O(terms with that letter), in C.
        """
        terms = self._texts(field, word[:1])
        edits = cdist([word], terms, scorer=OSA.distance, score_cutoff=distance, dtype=np.uint8)[0]
        return [(terms[place], int(edits[place])) for place in np.flatnonzero(edits <= distance).tolist()]

    def _texts(self, field: str, prefix: str) -> tuple[str, ...]:
        key = (tuple(segment.name for segment in self.segments), field, prefix, "texts")
        return self._cache.get(key, lambda: _Terms(tuple(t.decode() for t in self.expand_prefix(field, prefix)))).terms

    def _expanded(self, field: str, prefix: bytes) -> _Terms:
        rows = [segment.columns.terms[field].starting_with(prefix) for segment in self.segments]
        return _Terms(tuple(rows[0]) if len(rows) == 1 else tuple(sorted({term for row in rows for term in row})))

"""The terms of an index as the compiler asks for them: which there are, in how many documents, which are spelled alike.

The fields whose terms are looked for by their beginning or by likeness have theirs in the columns of each segment, in
order; frequencies are those of the posting lists, or Whoosh's where a segment has no lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from search.engine.asking.terms import idf
from search.engine.whoosh.evaluating.segment import Segment
from search.engine.whoosh.files.posting_lists import FieldLists

# Numbers of documents that are remembered; forgotten all at once when there are more.
_MOST_COUNTS = 50_000


class TermReader:
    """The terms of all segments of an index. Safe for threads."""

    def __init__(self, documents: int, segments: Sequence[Segment]) -> None:
        self.documents = documents
        self.segments = segments
        self._counts: dict[tuple[str, str | bytes], int] = {}

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        return self.doc_frequency(*term) > 0

    def doc_frequency(self, field: str, term: str | bytes) -> int:
        """How many documents have a term, deleted ones among them until their segment is merged. O(segments)."""
        known = self._counts.get((field, term))
        if known is None:
            if len(self._counts) > _MOST_COUNTS:
                self._counts = {}
            encoded = term.encode() if isinstance(term, str) else term
            known = sum(segment.frequency(field, encoded) for segment in self.segments)
            self._counts[field, term] = known
        return known

    def held(self, field: str, term: str) -> int:
        """How many documents have the term, as the compiler asks for it."""
        return self.doc_frequency(field, term)

    def correction(self, field: str, term: str) -> float:
        """What Whoosh's score of a term is multiplied by: its own idf is about 1 where a word says nothing."""
        return idf(self, field, term) / (log(self.documents / (self.held(field, term) + 1)) + 1)

    def frequencies(self, segment: Segment, lists: FieldLists, low: int, high: int) -> NDArray[np.int64]:
        """How many documents of the index have each of neighbouring terms in the lists of one segment.

        O(terms), and for every further segment O(its terms between them), or each looked up where those are many.
        """
        counts = lists.frequencies(low, high)
        for other in self.segments:
            if other is not segment and low < high:
                counts += self._elsewhere(other, lists.name, lists.terms.between(low, high))
        return counts

    def _elsewhere(self, other: Segment, field: str, terms: list[bytes]) -> NDArray[np.int64]:
        """How many documents of another segment have each of these terms, which are in order."""
        lists = other.lists and other.lists.fields.get(field)
        if lists:
            low, high = lists.terms.from_to(terms[0], terms[-1])
            if high - low <= 8 * len(terms):
                known = dict(zip(lists.terms.between(low, high), lists.frequencies(low, high).tolist(), strict=True))
                return np.array([known.get(term, 0) for term in terms], np.int64)
        return np.array([other.frequency(field, term) for term in terms], np.int64)

    def near(self, field: str, word: str, distance: int) -> list[tuple[str, int]]:
        """Terms within `distance` edits (swapped neighbours count one) that begin with the word's first letter.

        In the order of their bytes, each with its number of edits. O(terms with that letter) at a nanosecond each:
        what the letters and the length of a term rule out is never looked at.
        """
        alike = {
            term for segment in self.segments for term in segment.columns.alike(field, word, distance, prefix=word[:1])
        }
        terms = [term.decode() for term in sorted(alike)]
        edits = cdist([word], terms, scorer=OSA.distance, score_cutoff=distance, dtype=np.uint8)[0]
        return [(terms[place], int(edits[place])) for place in np.flatnonzero(edits <= distance).tolist()]

"""The words of one committed state of the index, for suggestions and corrections: in order, with exact counts.

Words are folded; a word counts the articles that have it in title or text. What is listed are words of two letters or
more that are no function words. Everything is read from the mapped columns and posting lists of a snapshot, so that
nothing is made ready when a process starts or the index is committed, and nobody waits for anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import stop_words
from search.engine.asking.terms import is_listed
from search.engine.protocol import WordList
from search.engine.whoosh.asking.term_reader import TermReader
from search.engine.whoosh.evaluating.matches import Flags, Numbers, flags
from search.engine.whoosh.evaluating.segment import Segment
from search.engine.whoosh.files.trust import readable

FIELDS = ("text", "title")
_LAYER = "norm"
_FIELDS = tuple(f"{name}_{_LAYER}" for name in FIELDS)
_SPARE = 8  # terms looked at for each word that is wanted: some are function words, some are numbers


class SegmentWords(WordList):
    """The words of one generation of the index, out of its segments."""

    def __init__(self, generation: str, segments: Sequence[Segment], reader: TermReader) -> None:
        self._generation = generation
        self.segments = segments
        self.reader = reader

    @property
    def generation(self) -> str:
        return self._generation

    @readable()
    def every(self) -> set[str]:
        held = (
            segment.columns.terms[field]
            for segment in self.segments
            for field in _FIELDS
            if field in segment.columns.terms
        )
        return {word.decode() for terms in held for word in terms.starting_with(b"")}

    @readable()
    def starting_with(self, prefix: str, most: int) -> list[str]:
        """The most frequent words that begin with `prefix`, those of equal frequency the shortest first.

        O(terms that begin so) at a few nanoseconds each.
        """
        found = {
            word
            for segment in self.segments
            for field in _FIELDS
            for word in _most_frequent(segment, field, prefix.encode(), _SPARE * most + len(stop_words()))
        }
        counts = {word: self._frequency(word) for word in found}
        return sorted(filter(counts.get, counts), key=lambda word: (-counts[word], len(word), word))[:most]

    @readable()
    def near(self, word: str, distance: int, most: int, least: int = 0) -> list[tuple[str, int]]:
        """The listed words nearest to a word, up to `distance` edits, each with its number of edits; not itself.

        Left out are words that fewer than `least` articles have. O(terms) at a nanosecond each.
        """
        columns = [segment.columns for segment in self.segments]
        share = -(-least // max(1, len(columns)))  # so many has a word of `least` articles in one segment at least
        alike = {term for held in columns for field in _FIELDS for term in held.alike(field, word, distance, share)}
        words = sorted(filter(is_listed, (term.decode() for term in alike)))
        found = process.extract(word, words, scorer=OSA.distance, score_cutoff=distance, limit=most)
        return [(other, int(edits)) for other, edits, _at in found if edits]

    @readable()
    def frequency(self, word: str) -> int:
        """About how many articles have a listed word, 0 for any other."""
        return self._frequency(word) if is_listed(word) else 0

    @readable()
    def count(self, words: Sequence[str]) -> int:
        """How many articles have all of these folded words, of which there is at least one, in title or text."""
        return sum(int(np.count_nonzero(self._having(segment, words))) for segment in self.segments)

    @readable()
    def has(self, word: str, stems: Iterable[str] = ()) -> bool:
        """Whether some article has a folded word, or a word with one of the stems."""
        asked = [(_LAYER, word), *(("stem", stem) for stem in stems)]
        return any((f"{name}_{layer}", term) in self.reader for layer, term in asked for name in FIELDS)

    @readable()
    def identifiers(self, word: str, most: int) -> list[str]:
        """Identifiers of at most so many articles that have a folded word, evenly spread over all that have it."""
        having = [
            (one, number) for one in self.segments for number in np.flatnonzero(self._having(one, [word])).tolist()
        ]
        spread = having[:: max(1, len(having) // most)][:most]
        return [segment.columns.identifiers.text(number) for segment, number in spread]

    def _frequency(self, word: str) -> int:
        return max(self.reader.doc_frequency(field, word) for field in _FIELDS)

    def _having(self, segment: Segment, words: Sequence[str]) -> Flags:
        """The living documents of a segment that have all of the words. O(documents + postings)."""
        ids = ([segment.postings(field, word.encode()).ids for field in _FIELDS] for word in words)
        parts = [flags(np.concatenate(held), segment.documents) for held in ids]
        living = [] if segment.living is None else [segment.living]
        return np.asarray(np.logical_and.reduce([*parts, *living]))


def _most_frequent(segment: Segment, field: str, prefix: bytes, most: int) -> Iterator[str]:
    """Listed terms of one field that begin so: at least so many of the most frequent, or all."""
    if field not in segment.columns.terms:
        return
    terms = segment.columns.terms[field]
    low, high = terms.range(prefix)
    documents = segment.columns.term_documents(field, low, high)
    lengths = segment.columns.arrays[f"{field}.terms.lengths"][low:high]
    for place in _highest(documents, lengths, most).tolist():
        if is_listed(word := terms.text(low + place)):
            yield word


def _highest(counts: NDArray[np.integer], lengths: NDArray[np.uint8], most: int) -> Numbers:
    """The places of the highest counts, of equal ones those of the shortest words. O(n)."""
    if len(counts) <= most:
        return np.arange(len(counts))
    ranks = counts.astype(np.int64) * 256 - lengths
    least = np.partition(ranks, len(ranks) - most)[len(ranks) - most]
    above = np.flatnonzero(ranks > least)
    return np.concatenate((above, np.flatnonzero(ranks == least)[: most - len(above)]))

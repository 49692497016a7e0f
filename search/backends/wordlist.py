"""The words of one committed state of the index, for suggestions and corrections: in order, with exact counts.

Counts come from the postings of public articles, those of deleted documents left out. A reader of its own is held, so
that nobody who searches waits for one who types.
"""

from __future__ import annotations

import heapq
import logging
import threading
import time
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.index import Index
from whoosh.reading import IndexReader

from search.analysis import stop_words
from search.backends.postings import SegmentPostings
from search.backends.postings_cache import PostingsCache

FIELDS = ("text", "title")
MOST_WORDS = 120_000  # of a larger vocabulary the most frequent; about 25 MB
MOST_SETS = 256  # sets of articles kept; 60 kB each for 60,000 articles
PATIENCE = 0.25  # seconds that a request waits for words to be listed before it is answered without them
Flags = NDArray[np.bool_]
_decoded = PostingsCache(16 * 2**20)  # a segment outlives the generation that it was written in
logger = logging.getLogger("search")


class Source(Protocol):
    """Where the index that is served is: its generation, cheap to ask for, and how to open it."""

    def generation(self) -> str: ...

    def open(self) -> tuple[str, Index]: ...


class Words:
    """The folded words of an index in the order of their letters, each with about how many articles have it."""

    def __init__(self, counts: Counter[str]) -> None:
        kept = heapq.nlargest(MOST_WORDS, counts.items(), key=lambda item: item[1])
        self.counts: dict[str, int] = dict(sorted(kept))
        self.ordered: list[str] = list(self.counts)

    def starting_with(self, prefix: str, most: int) -> list[str]:
        """The most frequent words that begin with `prefix`, those of equal frequency in the order of their letters."""
        first = bisect_left(self.ordered, prefix)
        last = bisect_left(self.ordered, prefix + "\U0010ffff", lo=first)
        return heapq.nsmallest(
            most, islice(self.ordered, first, last), key=lambda word: (-self.counts[word], len(word), word)
        )


NO_WORDS = Words(Counter())


def read_words(reader: IndexReader) -> Words:
    """List the words of an index but numbers, single letters and function words; linear in its vocabulary."""
    counts: Counter[str] = Counter()
    small = stop_words()
    for name in FIELDS:
        for term, info in reader.iter_field(f"{name}_norm"):
            word = term.decode()
            if len(word) > 1 and word[0].isalpha() and word not in small:
                counts[word] = max(counts[word], int(info.doc_frequency()))
    return Words(counts)


class WordList:
    """One generation of the index: its words, as far as they are listed by now, and exact sets of articles."""

    def __init__(self, generation: str, index: Index, words: Words) -> None:
        self.generation = generation
        self.words = words
        self._index = index
        self._reader: IndexReader = index.reader()
        self._lock = threading.Lock()
        self._sets: OrderedDict[str, Flags] = OrderedDict()

    def list_words(self) -> None:
        """Runs in a thread of its own; an index that goes away meanwhile leaves the words as they were."""
        try:
            with self._index.reader() as reader:
                self.words = read_words(reader)
        except Exception:
            logger.exception("the words of the index could not be listed")

    def count(self, words: Sequence[str]) -> int:
        """How many articles have all of these folded words, of which there is at least one, in title or text."""
        found = self._articles(words[0])
        for word in words[1:]:
            found = found & self._articles(word)
        return int(np.count_nonzero(found))

    def has(self, word: str, stems: Iterable[str] = ()) -> bool:
        """Whether some article has a folded word, or a word with one of the stems."""
        with self._lock:
            asked = [("norm", word), *(("stem", stem) for stem in stems)]
            return any((f"{name}_{layer}", term) in self._reader for layer, term in asked for name in FIELDS)

    def identifiers(self, word: str, most: int) -> list[str]:
        """Identifiers of at most so many articles that have a folded word, evenly spread over all that have it."""
        numbers = np.flatnonzero(self._articles(word)).tolist()
        spread = numbers[:: max(1, len(numbers) // most)][:most]
        with self._lock:
            return [str(self._reader.stored_fields(number)["identifier"]) for number in spread]

    def _articles(self, word: str) -> Flags:
        """A flag for every document of the index; decoded once, in time linear in the postings of the word."""
        with self._lock:
            if word not in self._sets:
                self._sets[word] = self._decoded(word.encode())
                if len(self._sets) > MOST_SETS:
                    self._sets.popitem(last=False)
            self._sets.move_to_end(word)
            return self._sets[word]

    def _decoded(self, term: bytes) -> Flags:
        found = np.zeros(len(self._living), np.bool_)
        for segment, file, first in self._segments:
            for field in (f"{name}_norm" for name in FIELDS):
                postings = _decoded.get((segment, field, term), partial(file.postings, field, term))
                found[postings.ids + first] = True
        return found & self._living

    @cached_property
    def _segments(self) -> list[tuple[str, SegmentPostings, int]]:
        leaves = [(leaf, first) for leaf, first in self._reader.leaf_readers() if leaf.doc_count_all()]
        return [(leaf.segment().segment_id(), SegmentPostings(leaf), first) for leaf, first in leaves]

    @cached_property
    def _living(self) -> Flags:
        living = np.zeros(self._reader.doc_count_all(), np.bool_)
        living[list(self._reader.all_doc_ids())] = True
        return living


class WordLists:
    """The word list of the present generation. A large vocabulary is listed beside the requests that wait for it.

    Until it is, the words of an earlier generation stand in; their counts are always those of the present one.
    Listing takes no more than a twentieth of the time, however often the index is committed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: WordList | None = None
        self._listing: threading.Thread | None = None
        self._listed = ""
        self._rest_until = 0.0

    def get(self, source: Source) -> WordList:
        generation = source.generation()
        with self._lock:
            if self._held is None or self._held.generation != generation:
                words = self._held.words if self._held else NO_WORDS
                self._held = WordList(*source.open(), words)
            held = self._held
            if self._is_due(held):
                self._listed = held.generation
                self._listing = threading.Thread(target=self._list, args=(held,), daemon=True)
                self._listing.start()
            listing = self._listing
        if listing is not None:
            listing.join(PATIENCE)
        return held

    def _is_due(self, held: WordList) -> bool:
        busy = self._listing is not None and self._listing.is_alive()
        return not busy and self._listed != held.generation and time.monotonic() >= self._rest_until

    def _list(self, held: WordList) -> None:
        began = time.monotonic()
        held.list_words()
        took = time.monotonic() - began
        self._rest_until = time.monotonic() + 20 * took if took > PATIENCE else 0.0

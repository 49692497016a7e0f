"""All posting lists of a segment as arrays: every term, where it is and at which words, without Whoosh's blocks.

The lists of a field stand one after the other in the order of their terms, so that all words that begin alike are one
stretch of them. Numbers are as narrow as the segment allows: two bytes for a document of up to 65,536. Nothing is
decoded and nothing is kept by a process: the pages that questions touch are in the page cache, once for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engine.whoosh.files.arrays_file import MappedFile
from search.engine.whoosh.files.postings import NOWHERE, Positions, Postings
from search.engine.whoosh.files.texts import Texts

PARTS = ("terms.starts", "terms.letters", "starts", "docs", "weights", "place_starts", "places")


class FieldLists(NamedTuple):
    """Term t has the postings `starts[t]` to `starts[t + 1]` and the places `place_starts[t]` to `place_starts[t + 1]`.

    `weights` is empty where every posting weighs 1, `places` where the field keeps no positions. A posting has as many
    places as it weighs.
    """

    name: str
    terms: Texts
    starts: NDArray[np.unsignedinteger]
    docs: NDArray[np.unsignedinteger]
    weights: NDArray[np.unsignedinteger]
    place_starts: NDArray[np.unsignedinteger]
    places: NDArray[np.unsignedinteger]

    def postings(self, number: int) -> Postings:
        """Those of one term: views, O(1)."""
        return self.stretch(number, number + 1)

    def stretch(self, low: int, high: int) -> Postings:
        """Those of neighbouring terms one after the other."""
        start, stop = int(self.starts[low]), int(self.starts[high])
        return Postings(self.docs[start:stop], self.weights[start:stop] if len(self.weights) else NOWHERE.weights)

    def positions(self, number: int) -> Positions:
        """Where one term stands. O(postings)."""
        weights = np.broadcast_to(self.postings(number).weights, self.frequency(number))
        starts = np.zeros(len(weights) + 1, np.uint32)
        np.cumsum(weights, out=starts[1:])
        return Positions(starts, self.places[int(self.place_starts[number]) : int(self.place_starts[number + 1])])

    def frequency(self, number: int) -> int:
        return int(self.starts[number + 1]) - int(self.starts[number])

    def frequencies(self, low: int, high: int) -> NDArray[np.int64]:
        """How many documents have each of neighbouring terms."""
        starts = self.starts[low : high + 1].astype(np.int64)
        return starts[1:] - starts[:-1]


class PostingLists:
    """The fields of a segment by name; `is_copy` where an earlier version has them in Whoosh's files, too."""

    def __init__(self, arrays: Mapping[str, NDArray], file: MappedFile | None = None, *, is_copy: bool = False) -> None:
        self.file, self.is_copy = file, is_copy
        self.fields = {
            name.removesuffix(".docs"): _field(arrays, name.removesuffix(".docs"))
            for name in arrays
            if name.endswith(".docs")
        }

    def find(self, field: str, term: bytes) -> tuple[FieldLists, int] | None:
        """The lists of a field and the number of a term in it. O(log terms)."""
        held = self.fields.get(field)
        number = held.terms.find(term) if held else -1
        return (held, number) if held and number >= 0 else None

    def postings(self, field: str, term: bytes) -> Postings:
        found = self.find(field, term)
        return found[0].postings(found[1]) if found else NOWHERE

    def positions(self, field: str, term: bytes) -> Positions:
        found = self.find(field, term)
        if found is None:
            return Positions(np.zeros(1, np.uint32), np.empty(0, np.uint32))
        if not len(found[0].places):
            raise TypeError(f"the field {field} keeps no positions")
        return found[0].positions(found[1])

    def frequency(self, field: str, term: bytes) -> int:
        found = self.find(field, term)
        return found[0].frequency(found[1]) if found else 0


def _field(arrays: Mapping[str, NDArray], field: str) -> FieldLists:
    starts, letters, *rest = (arrays[f"{field}.{part}"] for part in PARTS)
    return FieldLists(field, Texts(starts, letters), *rest)

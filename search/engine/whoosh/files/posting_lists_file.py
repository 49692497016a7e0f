"""The file beside a segment that holds its posting lists (see `posting_lists`, `arrays_file`).

Made by the writer with the segment, whose postings are at hand as arrays then; memory is bounded, what grows with the
index waits in files. The commit vouches for it as for the segment: there is no other copy of most of it, so that a
segment whose file is gone or damaged is not answered from. Segments that an earlier version wrote have all their terms
in Whoosh's own files; of these the file holds a copy, if there is one.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray
from whoosh.fields import NUMERIC
from whoosh.reading import SegmentReader

from search.engine.whoosh.files.arrays_file import ArraysDamaged, ArraysWriter, discard, open_arrays, read_arrays
from search.engine.whoosh.files.posting_lists import PostingLists
from search.engine.whoosh.files.postings import SegmentPostings
from search.engine.whoosh.writing.encoding import TermPostings

EXTENSION = ".postings"
_VERSION = 2
_COPY = 1  # as an earlier version wrote it of its large segments
_OTHERWISE_HERE = "text_stem"  # which Whoosh's own files have only where an earlier version wrote them
_BATCH = 200_000  # numbers read together


def posting_lists_of(reader: SegmentReader, folder: Path | None) -> PostingLists | None:
    """The posting lists of a segment. O(bytes of them), once a process.

    None for a segment of an earlier version without a file that can be trusted. Of any other, FileNotFoundError where
    the file is gone, ArraysDamaged where it is not what was written; it is removed then, which the writer sees.
    """
    if folder is None:
        return None
    path = folder / reader.segment().make_filename(EXTENSION)
    try:
        found = open_arrays(path, about(reader.segment()))
        return PostingLists(found.arrays, found.file)
    except (FileNotFoundError, ArraysDamaged) as error:
        if SegmentPostings(reader).has_field(_OTHERWISE_HERE):
            copied = read_arrays(path, about(reader.segment()) | {"version": _COPY})
            return PostingLists(copied.arrays, copied.file, is_copy=True) if copied else None
        if isinstance(error, ArraysDamaged):
            discard(path)
        raise


def holds(field: Any) -> bool:
    """Whether the file has the lists of a field: texts and identifiers that several documents may have."""
    return not field.unique and not isinstance(field, NUMERIC)


def about(segment: Any) -> dict[str, Any]:
    """What tells the file of one of Whoosh's segments from that of another."""
    return {"version": _VERSION, "segment": segment.segment_id(), "documents": segment.doc_count_all()}


class Spooled:
    """The lists of one field, growing in files until all is known of them."""

    def __init__(self, folder: Path, positioned: bool) -> None:
        self.docs, self.weights, self.places = (_Spool(folder) for _ in range(3))
        self.positioned = positioned
        self.letters: list[bytes] = []
        self.lengths, self.counts, self.occurrences = array("I"), array("I"), array("I")

    def __enter__(self) -> Spooled:
        return self

    def __exit__(self, *_error: object) -> None:
        for spool in (self.docs, self.weights, self.places):
            spool.file.close()

    def take(self, terms: Sequence[bytes], held: TermPostings) -> None:
        """Take the next terms in order."""
        self.letters.append(b"".join(terms))
        self.lengths.extend(map(len, terms))
        self.counts.extend(np.diff(held.starts, append=len(held.documents)).tolist())
        self.docs.append(held.documents)
        self.weights.append(held.weights)
        if held.positions is not None:
            self.places.append(held.positions)
            self.occurrences.extend(np.add.reduceat(held.weights, held.starts).tolist())

    def write(self, file: ArraysWriter, field: str) -> None:
        """Write the field; every array as narrow as its numbers allow."""
        _add_starts(file, f"{field}.terms.starts", self.lengths)
        file.add(f"{field}.terms.letters", np.uint8, (np.frombuffer(piece, np.uint8) for piece in self.letters))
        _add_starts(file, f"{field}.starts", self.counts)
        file.add(f"{field}.docs", self.docs.kind, self.docs)
        file.add(f"{field}.weights", self.weights.kind, self.weights if self.weights.highest > 1 else ())
        _add_starts(file, f"{field}.place_starts", self.occurrences)
        file.add(f"{field}.places", self.places.kind, self.places)


class _Spool:
    """An array of numbers below 2**32 in a nameless file, which knows the highest of them."""

    def __init__(self, folder: Path) -> None:
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  (closed by its owner)
        self.highest = 0

    def append(self, numbers: NDArray) -> None:
        self.highest = max(self.highest, int(numbers.max(initial=0)))
        self.file.write(numbers.astype(np.uint32).tobytes())

    @property
    def kind(self) -> DTypeLike:
        return np.min_scalar_type(self.highest)

    def __iter__(self) -> Iterator[NDArray]:
        self.file.seek(0)
        while piece := self.file.read(4 * _BATCH):
            yield np.frombuffer(piece, np.uint32)


def _add_starts(file: ArraysWriter, name: str, lengths: array[int]) -> None:
    """Write where each of these lengths begins, and where the last one ends."""
    starts = np.zeros(len(lengths) + 1, np.uint64)
    np.cumsum(np.frombuffer(lengths, lengths.typecode), out=starts[1:])
    file.add(name, np.min_scalar_type(int(starts[-1])), [starts])

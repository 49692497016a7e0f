"""The postings of one segment as arrays, decoded from the blocks in which Whoosh's W3 codec keeps them.

A posting list is a row of blocks of at most 128 postings; a block is a pickled tuple of document numbers (as steps from
the one before), weights, and values. A value of the Positions format is a count and a pickled list of steps. Decoding
is linear in the postings, and does its loops in C: all the lists of a term are unpickled as one tuple.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from struct import unpack_from
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import formats
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.reading import SegmentReader, TermNotFound

Ids = NDArray[np.uint32]
Floats = NDArray[np.float32]

# What stands before and after the list of steps in a value: its count and the pickle's head; the pickle's end.
_VALUE_HEAD, _VALUE_END = 6, -1


class Postings(NamedTuple):
    """The documents of a term in rising order, deleted ones too, and its weight in each; one weight where all agree."""

    ids: Ids
    weights: Floats

    @property
    def nbytes(self) -> int:
        return self.ids.nbytes + self.weights.nbytes


class Positions(NamedTuple):
    """Where a term stands: `places[starts[i]:starts[i + 1]]` are its word positions in the document of posting i."""

    starts: NDArray[np.uint32]
    places: NDArray[np.uint32]

    @property
    def nbytes(self) -> int:
        return self.starts.nbytes + self.places.nbytes


NOWHERE = Postings(np.empty(0, np.uint32), np.ones(1, np.float32))


class SegmentPostings:
    """Reads the posting lists of a segment by reading its files at positions: safe for threads."""

    def __init__(self, reader: SegmentReader) -> None:
        codec, storage, segment = reader.codec(), reader.storage(), reader.segment()
        if not isinstance(codec, W3Codec):
            raise TypeError(f"postings of {type(codec).__name__} cannot be decoded")
        self.schema = reader.schema
        self._terms = codec.terms_reader(storage, segment)
        self._file = segment.open_file(storage, codec.POSTS_EXT)

    def postings(self, field: str, term: bytes) -> Postings:
        """The documents and weights of a term; none for a term that the segment lacks. O(postings)."""
        blocks = list(self._blocks(field, term))
        if not blocks:
            return NOWHERE
        return Postings(_ids(blocks), _weights(blocks))

    def positions(self, field: str, term: bytes) -> Positions:
        """The word positions of a term, posting by posting. O(occurrences). TypeError when the field keeps none."""
        if type(self.schema[field].format) is not formats.Positions:
            raise TypeError(f"the field {field} keeps no positions that can be decoded")
        values = [value[_VALUE_HEAD:_VALUE_END] for block in self._blocks(field, term) for value in block[2]]
        lists: Sequence[Sequence[int]] = pickle.loads(b"\x80\x02(" + b"".join(values) + b"t.")  # noqa: S301
        lengths = np.fromiter(map(len, lists), np.int64, len(lists))
        steps = np.fromiter(chain.from_iterable(lists), np.int64, int(lengths.sum()))
        return Positions(_starts(lengths).astype(np.uint32), _running(steps, lengths))

    def _blocks(self, field: str, term: bytes) -> Iterator[tuple[Any, Any, Any]]:
        """Steps, weights and values, block by block."""
        try:
            info = self._terms.term_info(field, term)
        except (TermNotFound, KeyError):
            return
        if info.is_inlined():
            ids, weights, values = info.inlined_postings()
            yield np.diff(ids, prepend=0), weights, values
            return
        start, length = info.extent()
        yield from _decoded(self._file.get(start, *length))  # Whoosh gives the length as a tuple of one


def _decoded(data: bytes) -> Iterator[tuple[Any, Any, Any]]:
    if not data.startswith(WHOOSH3_HEADER_MAGIC):
        raise ValueError("a posting list does not begin as Whoosh's do")
    start, length = len(WHOOSH3_HEADER_MAGIC), 1
    while length > 0:
        (length,) = unpack_from("!i", data, start)  # negative for the last block
        stream = BytesIO(data[start + 4 : start + 4 + abs(length)])
        compressed = pickle.load(stream)[3]  # noqa: S301  # the index folder is ours alone, mode 0700
        block = stream.read()
        yield pickle.loads(zlib.decompress(block) if compressed else block)  # noqa: S301
        start += 4 + abs(length)


def _ids(blocks: Sequence[tuple[Any, Any, Any]]) -> Ids:
    lengths = np.fromiter((len(block[0]) for block in blocks), np.int64, len(blocks))
    steps = np.fromiter(chain.from_iterable(block[0] for block in blocks), np.int64, int(lengths.sum()))
    return _running(steps, lengths)


def _weights(blocks: Sequence[tuple[Any, Any, Any]]) -> Floats:
    """A weight a posting, or a single one: Whoosh writes None for a block of ones, a number for a block of equals."""
    weights = [1.0 if block[1] is None else block[1] for block in blocks]
    if all(isinstance(weight, (int, float)) and weight == weights[0] for weight in weights):
        return np.full(1, weights[0], np.float32)
    parts = [np.broadcast_to(np.asarray(w, np.float32), len(b[0])) for w, b in zip(weights, blocks, strict=True)]
    return np.concatenate(parts)


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))


def _running(steps: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Running sums that begin anew with every run of these lengths.

    >>> _running(np.array([3, 2, 1, 1]), np.array([2, 2])).tolist()
    [3, 5, 1, 2]
    """
    sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(steps)))
    before = sums[_starts(lengths)[:-1]]
    return (sums[1:] - np.repeat(before, lengths)).astype(np.uint32)

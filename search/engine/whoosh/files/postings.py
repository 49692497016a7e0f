"""The postings of one segment as arrays, decoded from the blocks in which Whoosh's W3 codec keeps them.

A posting list is a row of blocks of at most 128 postings; a block is a pickled tuple of document numbers (as steps from
the one before), weights, and values. A value of the Positions format is a count and a pickled list of steps. Decoding
is linear in the postings, and does its loops in C: all the lists of a term are unpickled as one tuple.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from struct import unpack_from
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
from whoosh.reading import SegmentReader, TermNotFound

from search.engine.whoosh.files.guarded import NamedUnpickler

Block = tuple[Any, Any, Any]  # steps from one document to the next, weights, values
# What stands before and after the list of steps in a value: its count and the pickle's head; the pickle's end.
_VALUE_HEAD, _VALUE_END = 6, -1


class Postings(NamedTuple):
    """The documents of a term in rising order, deleted ones too, and its weight in each; one weight where all agree."""

    ids: NDArray[np.unsignedinteger]
    weights: NDArray[np.floating | np.unsignedinteger]

    @property
    def nbytes(self) -> int:
        return self.ids.nbytes + self.weights.nbytes


class Positions(NamedTuple):
    """Where a term stands: `places[starts[i]:starts[i + 1]]` are its word positions in the document of posting i."""

    starts: NDArray[np.uint32]
    places: NDArray[np.unsignedinteger]

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
        self._terms = codec.terms_reader(storage, segment)
        self._file = segment.open_file(storage, codec.POSTS_EXT)

    def postings(self, field: str, term: bytes) -> Postings:
        """The documents and weights of a term; none for a term that the segment lacks. O(postings)."""
        blocks = list(self._blocks(field, term))
        if not blocks:
            return NOWHERE
        return Postings(document_numbers(blocks), _weights(blocks))

    def positions(self, field: str, term: bytes) -> Positions:
        """The word positions of a term, posting by posting. O(occurrences). TypeError when the field keeps none."""
        blocks = list(self._blocks(field, term))
        if any(values is None for _steps, _weights, values in blocks):
            raise TypeError(f"the field {field} keeps no positions")
        lengths, places = position_lists(value for block in blocks for value in block[2])
        return Positions(_starts(lengths).astype(np.uint32), places)

    def has_field(self, name: str) -> bool:
        """Whether the segment has any term of a field in these files."""
        return name in self.table.extras["fieldmap"]

    @property
    def table(self) -> Any:
        """Whoosh's table of terms, whose values `blocks_of` takes."""
        return self._terms._tindex

    def blocks_of(self, entry: bytes) -> Iterator[Block]:
        """Steps, weights and values, block by block, of a term by its entry in the table."""
        return self._blocks_of(W3TermInfo.from_bytes(entry))

    def _blocks(self, field: str, term: bytes) -> Iterator[Block]:
        try:
            info = self._terms.term_info(field, term)
        except (TermNotFound, KeyError):
            return iter(())
        return self._blocks_of(info)

    def _blocks_of(self, info: Any) -> Iterator[Block]:
        if info.is_inlined():
            ids, weights, values = info.inlined_postings()
            yield np.diff(ids, prepend=0), weights, values
            return
        start, length = info.extent()
        yield from _decoded(self._file.get(start, *length))  # Whoosh gives the length as a tuple of one


def _decoded(data: bytes) -> Iterator[Block]:
    if not data.startswith(WHOOSH3_HEADER_MAGIC):
        raise ValueError("a posting list does not begin as Whoosh's do")
    start, length = len(WHOOSH3_HEADER_MAGIC), 1
    while length > 0:
        (length,) = unpack_from("!i", data, start)  # negative for the last block
        stream = BytesIO(data[start + 4 : start + 4 + abs(length)])
        compressed = NamedUnpickler(stream).load()[3]
        block = stream.read()
        yield NamedUnpickler(BytesIO(zlib.decompress(block) if compressed else block)).load()
        start += 4 + abs(length)


def document_numbers(blocks: Sequence[Block]) -> NDArray[np.uint32]:
    """Those of posting lists one behind the other; steps begin anew with every block."""
    lengths = np.fromiter((len(block[0]) for block in blocks), np.int64, len(blocks))
    steps = np.fromiter(chain.from_iterable(block[0] for block in blocks), np.int64, int(lengths.sum()))
    return running(steps, lengths)


def _weights(blocks: Sequence[Block]) -> NDArray[np.float32]:
    """A weight a posting, or a single one: Whoosh writes None for a block of ones, a number for a block of equals."""
    weights = [1.0 if block[1] is None else block[1] for block in blocks]
    if all(isinstance(weight, (int, float)) and weight == weights[0] for weight in weights):
        return np.full(1, weights[0], np.float32)
    parts = [np.broadcast_to(np.asarray(w, np.float32), len(b[0])) for w, b in zip(weights, blocks, strict=True)]
    return np.concatenate(parts)


def position_lists(values: Iterable[bytes]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """How many positions each value of Whoosh's Positions format has, and the positions of all of them."""
    held = b"".join([value[_VALUE_HEAD:_VALUE_END] for value in values])
    lists: Sequence[Sequence[int]] = NamedUnpickler(BytesIO(b"\x80\x02(" + held + b"t.")).load()
    lengths = np.fromiter(map(len, lists), np.int64, len(lists))
    steps = np.fromiter(chain.from_iterable(lists), np.int64, int(lengths.sum()))
    return lengths, running(steps, lengths)


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))


def running(steps: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Running sums that begin anew with every run of these lengths.

    >>> running(np.array([3, 2, 1, 1]), np.array([2, 2])).tolist()
    [3, 5, 1, 2]
    """
    sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(steps)))
    before = sums[_starts(lengths)[:-1]]
    return (sums[1:] - np.repeat(before, lengths)).astype(np.uint32)

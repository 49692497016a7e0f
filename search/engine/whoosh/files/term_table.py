"""Whoosh's table of the terms of a segment, read along from its beginning: by field, then in the order of bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from search.engine.whoosh.files.postings import SegmentPostings

_WINDOW = 2**20  # bytes that are read together
_lengths = struct.Struct("!ii")
_documents = struct.Struct("!I")
_DOCUMENTS_AT = 5  # behind a flag and the weight


class TermEntry(NamedTuple):
    """`value` is what Whoosh notes of the term, which `SegmentPostings.blocks_of` takes."""

    field: str
    term: bytes
    value: bytes

    @property
    def documents(self) -> int:
        """How many documents have the term, deleted ones among them."""
        (count,) = _documents.unpack_from(self.value, _DOCUMENTS_AT)
        return int(count)


def entries(postings: SegmentPostings) -> Iterator[TermEntry]:
    """Every term of the segment. O(bytes of the table)."""
    names = {number.to_bytes(2, "big"): name for name, number in postings.table.extras["fieldmap"].items()}
    for key, value in _pairs(postings.table):
        yield TermEntry(names[key[:2]], key[2:], value)


def _pairs(table: Any) -> Iterator[tuple[bytes, bytes]]:
    """The keys and values of an ordered hash on disk."""
    place, end = table.startofdata, table.endofdata
    while place < end:
        window = table.dbfile.get(place, min(_WINDOW, end - place))
        at = 0
        while at + _lengths.size <= len(window):
            key, value = _lengths.unpack_from(window, at)
            first = at + _lengths.size
            if first + key + value > len(window):
                break
            yield window[first : first + key], window[first + key : first + key + value]
            at = first + key + value
        if not at:
            raise ValueError("an entry of the term table is longer than a window")
        place += at

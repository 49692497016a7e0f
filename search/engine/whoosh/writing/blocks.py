"""Postings written in Whoosh's own format a term at a time: the same blocks and term table, without a call a posting.

Three things differ from what Whoosh 2.7 writes, and its reader takes them all: values are pickled by protocol 4,
because protocol 2 spells every `bytes` as a call of a codec; blocks too small to gain are not compressed; the term
table hashes by CRC-32 instead of MD5, which its header says.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pickle import dumps
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.util.numeric import byte_to_length, length_to_byte

from search.engine.whoosh.writing.gathering import Columns

BLOCK = 128  # postings
WORTH_COMPRESSING = 200  # bytes; below it zlib gains little and costs most of the time
LEVEL = 1
CRC32 = 1  # Whoosh's number of the hash function
# A length byte as Whoosh writes it into the term table: through the length and back.
TOLD = [int(length_to_byte(byte_to_length(byte))) for byte in range(256)]
_block_length = struct.Struct("!i")
_SLOT = np.dtype([("hash", ">u4"), ("place", ">i8")])
_entry_lengths = struct.Struct("!ii")
# Whoosh's W3TermInfo: not inlined, weight, documents, shortest, longest, heaviest, first and last document, extent.
_term_info = struct.Struct("!BfIBBfIIqi")


class BlockCodec(W3Codec):
    """Whoosh's codec with our writer; segments name Whoosh's class, so that they are read without ours."""

    def field_writer(self, storage: Any, segment: Any) -> BlockWriter:
        return BlockWriter(storage, segment)

    def new_segment(self, storage: Any, name: str) -> Any:
        return W3Codec().new_segment(storage, name)


class TermTable(OrderedHashWriter):
    """Whoosh's ordered hash on disk, written with one call a term and one call a bucket."""

    def __init__(self, file: Any) -> None:
        # HashWriter takes the number of the hash; OrderedHashWriter between us does not hand it on.
        super(OrderedHashWriter, self).__init__(file, hashtype=CRC32)
        self.index = _Offsets()
        self.place: int = file.tell()

    def add(self, key: bytes, value: bytes) -> None:
        self.index.array.append(self.place)
        hashed = zlib.crc32(key)
        self.buckets[hashed & 255].append((hashed, self.place))
        self.dbfile.write(_entry_lengths.pack(len(key), len(value)) + key + value)
        self.place += 8 + len(key) + len(value)

    def add_all(self, keys: Sequence[bytes], values: Sequence[bytes]) -> None:
        """Add many keys, in order."""
        pieces = [
            _entry_lengths.pack(len(key), len(value)) + key + value for key, value in zip(keys, values, strict=True)
        ]
        places = list(accumulate(map(len, pieces), initial=self.place))
        self.place = places.pop()
        self.index.array.extend(places)
        for hashed, place in zip(map(zlib.crc32, keys), places, strict=True):
            self.buckets[hashed & 255].append((hashed, place))
        self.dbfile.write(b"".join(pieces))

    def _write_hashes(self) -> None:
        for bucket in self.buckets:
            self.directory.append((self.place, 2 * len(bucket)))
            self.dbfile.write(_hash_table(bucket))
            self.place += 24 * len(bucket)


class _Offsets:
    """Where each key begins, in order; what OrderedHashWriter asks of its index."""

    typecode = "q"

    def __init__(self) -> None:
        self.array = array("q")

    def __len__(self) -> int:
        return len(self.array)

    def to_file(self, file: Any) -> None:
        file.write_array(self.array)


def _hash_table(bucket: Sequence[tuple[int, int]]) -> bytes:
    """Twice as many slots as keys, each a hash and an offset; a key whose slot is taken goes into the next free one.

    In the order of their slots, keys are pushed on by those before them alone; behind the last slot comes the first.
    """
    slots = 2 * len(bucket)
    held = np.array(bucket, np.int64).reshape(-1, 2)
    home = (held[:, 0] >> 8) % max(slots, 1)
    order = np.argsort(home, kind="stable")
    count = np.arange(len(bucket))
    places = np.maximum.accumulate(home[order] - count) + count if len(bucket) else count
    table = np.zeros(slots, _SLOT)
    inside = places < slots
    table["hash"][places[inside]], table["place"][places[inside]] = held[order[inside]].T
    free = iter(np.flatnonzero(table["place"] == 0).tolist())
    for late in order[~inside]:
        table[next(free)] = tuple(held[late])
    return table.tobytes()


class BlockWriter:
    """Writes the postings file and the term table of one segment; terms must come by field and in order."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self.table = TermTable(segment.create_file(storage, W3Codec.TERMS_EXT))
        self.fields: dict[str, int] = {}
        self.table.extras["fieldmap"] = self.fields
        self.file = segment.create_file(storage, W3Codec.POSTS_EXT)
        self.place = 0
        self.is_closed = False

    def start_field(self, name: str, valued: bool, lengths: bytes | bytearray) -> None:
        """Begin a field; `lengths` holds the length byte of every document, or nothing where lengths say nothing."""
        self.begin(name)
        self.valued = valued
        self.lengths = lengths

    def begin(self, name: str) -> None:
        """Begin a field whose terms come encoded."""
        self.prefix = self.fields.setdefault(name, len(self.fields)).to_bytes(2, "big")

    def write_encoded(self, terms: Sequence[bytes], lists: Sequence[bytes], infos: Sequence[bytes]) -> None:
        """Write terms whose posting lists and notes are bytes already (see `encoding`)."""
        self.file.write(b"".join(lists))
        self.place += sum(map(len, lists))
        self.table.add_all([self.prefix + term for term in terms], infos)

    def write(self, term: bytes, columns: Columns) -> None:
        """Write one term."""
        documents, weights, values = columns
        if len(documents) == 1:
            self._write_single(term, documents[0], weights[0], values[0])
            return
        count = len(documents)
        known = [byte for number in documents if (byte := self.lengths[number])] if self.lengths else ()
        shortest, longest = (min(known), max(known)) if known else (0, 0)
        heaviest = max(weights)
        pieces = [WHOOSH3_HEADER_MAGIC]
        if count <= BLOCK:
            held = values if self.valued else None
            pieces += _block(documents, weights, held, heaviest, shortest, longest, last=True)
        else:
            pieces += self._blocks(columns)
        self._note(
            term, b"".join(pieces), sum(weights), count, shortest, longest, heaviest, documents[0], documents[-1]
        )

    def _write_single(self, term: bytes, document: int, weight: float, value: bytes) -> None:
        """Write a term of one posting, as most terms are."""
        length = self.lengths[document] if self.lengths else 0
        folded = None if weight == 1.0 else weight
        data = dumps(((document,), folded, (value,) if self.valued else None), 4)
        head = dumps((1, document, weight, 0, length, length), 2)
        written = WHOOSH3_HEADER_MAGIC + _block_length.pack(-len(head) - len(data)) + head + data
        self._note(term, written, weight, 1, length, length, weight, document, document)

    def _note(
        self,
        term: bytes,
        written: bytes,
        weight: float,
        count: int,
        shortest: int,
        longest: int,
        heaviest: float,
        first: int,
        last: int,
    ) -> None:
        """Write the postings, and into the term table what is known of them."""
        self.file.write(written)
        lengths = TOLD[shortest], TOLD[longest]
        info = _term_info.pack(0, weight, count, *lengths, heaviest, first, last, self.place, len(written))
        self.table.add(self.prefix + term, info)
        self.place += len(written)

    def _blocks(self, columns: Columns) -> list[bytes]:
        pieces: list[bytes] = []
        for start in range(0, len(columns.documents), BLOCK):
            end = min(start + BLOCK, len(columns.documents))
            documents, weights = columns.documents[start:end], columns.weights[start:end]
            known = [byte for number in documents if (byte := self.lengths[number])] if self.lengths else [0]
            pieces += _block(
                documents,
                weights,
                columns.values[start:end] if self.valued else None,
                max(weights),
                min(known, default=0),
                max(known, default=0),
                last=end == len(columns.documents),
            )
        return pieces

    def close(self) -> None:
        self.table.close()
        self.file.close()
        self.is_closed = True


def _block(
    documents: Any, weights: Any, values: Any, heaviest: float, shortest: int, longest: int, *, last: bool
) -> tuple[bytes, bytes, bytes]:
    """Up to 128 postings: their length, what can be told without reading them, and the postings themselves."""
    first = documents[0]
    if len(documents) == 1:
        numbers: tuple[int, ...] = (first,)
    else:
        numbers = (first, *(after - before for before, after in pairwise(documents)))
    data = dumps((numbers, _folded(weights, heaviest), values and tuple(values)), 4)
    compression = LEVEL if len(data) >= WORTH_COMPRESSING else 0
    if compression:
        data = zlib.compress(data, compression)
    head = dumps((len(documents), documents[-1], heaviest, compression, shortest, longest), 2)
    size = len(head) + len(data)
    return _block_length.pack(-size if last else size), head, data


def _folded(weights: Any, heaviest: float) -> Any:
    """None when every weight is 1, the weight when all are equal, else all of them."""
    if len(weights) > 1 and min(weights) < heaviest:
        return tuple(weights)
    return None if heaviest == 1.0 else heaviest

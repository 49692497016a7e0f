"""The files of postings and terms of a segment, in Whoosh's own format; posting lists come as bytes (see `encoding`).

Three things differ from what Whoosh 2.7 writes, and its reader takes them all: values are pickled by protocol 4,
because protocol 2 spells every `bytes` as a call of a codec; blocks too small to gain are not compressed; the term
table hashes by CRC-32 instead of MD5, which its header says.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.util.numeric import byte_to_length, length_to_byte

BLOCK = 128  # postings
WORTH_COMPRESSING = 200  # bytes; below it zlib gains little and costs most of the time
LEVEL = 1
CRC32 = 1  # Whoosh's number of the hash function
# A length byte as Whoosh writes it into the term table: through the length and back.
TOLD = [int(length_to_byte(byte_to_length(byte))) for byte in range(256)]
_SLOT = np.dtype([("hash", ">u4"), ("place", ">i8")])
_entry_lengths = struct.Struct("!ii")


class BlockCodec(W3Codec):
    """Whoosh's codec with our writer; segments name Whoosh's class, so that they are read without ours."""

    def field_writer(self, storage: Any, segment: Any) -> BlockWriter:
        return BlockWriter(storage, segment)

    def new_segment(self, storage: Any, name: str) -> Any:
        return W3Codec().new_segment(storage, name)


class TermTable(OrderedHashWriter):
    """Whoosh's ordered hash on disk, written with one call for many terms and one a bucket."""

    def __init__(self, file: Any) -> None:
        # HashWriter takes the number of the hash; OrderedHashWriter between us does not hand it on.
        super(OrderedHashWriter, self).__init__(file, hashtype=CRC32)
        self.index = _Offsets()
        self.hashes = array("I")  # of the keys in order; for the buckets, which Whoosh keeps as lists of tuples
        self.place: int = file.tell()

    def add_all(self, keys: Sequence[bytes], values: Sequence[bytes]) -> None:
        """Add many keys, in order."""
        pieces = [
            _entry_lengths.pack(len(key), len(value)) + key + value for key, value in zip(keys, values, strict=True)
        ]
        places = list(accumulate(map(len, pieces), initial=self.place))
        self.place = places.pop()
        self.index.array.extend(places)
        self.hashes.extend(map(zlib.crc32, keys))
        self.dbfile.write(b"".join(pieces))

    def _write_hashes(self) -> None:
        hashes, places = np.array(self.hashes, np.int64), np.array(self.index.array, np.int64)
        order = np.argsort(hashes & 255, kind="stable")
        ends = np.cumsum(np.bincount(hashes & 255, minlength=256))
        for bucket in np.split(order, ends[:-1]):
            self.directory.append((self.place, 2 * len(bucket)))
            self.dbfile.write(_hash_table(hashes[bucket], places[bucket]))
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


def _hash_table(hashes: NDArray[np.int64], offsets: NDArray[np.int64]) -> bytes:
    """Twice as many slots as keys, each a hash and an offset; a key whose slot is taken goes into the next free one.

    In the order of their slots, keys are pushed on by those before them alone; behind the last slot comes the first.
    """
    slots = 2 * len(hashes)
    home = (hashes >> 8) % max(slots, 1)
    order = np.argsort(home, kind="stable")
    count = np.arange(len(hashes))
    places = np.maximum.accumulate(home[order] - count) + count
    table = np.zeros(slots, _SLOT)
    inside = places < slots
    late = order[~inside]
    table["hash"][places[inside]], table["place"][places[inside]] = hashes[order[inside]], offsets[order[inside]]
    free = np.flatnonzero(table["place"] == 0)[: len(late)]
    table["hash"][free], table["place"][free] = hashes[late], offsets[late]
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

    def begin(self, name: str) -> None:
        """Begin a field."""
        self.prefix = self.fields.setdefault(name, len(self.fields)).to_bytes(2, "big")

    def write_encoded(self, terms: Sequence[bytes], lists: Sequence[bytes], infos: Sequence[bytes]) -> None:
        """Write terms of the field, in order: their posting lists, and what the table notes of each."""
        self.file.write(b"".join(lists))
        self.place += sum(map(len, lists))
        self.table.add_all([self.prefix + term for term in terms], infos)

    def close(self) -> None:
        self.table.close()
        self.file.close()
        self.is_closed = True

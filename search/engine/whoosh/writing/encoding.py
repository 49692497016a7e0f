"""Posting blocks in Whoosh's format, many at once: the bytes of their pickles are laid out by arrays.

A block of Whoosh's W3 codec is a pickle of up to 128 document numbers (as steps), weights and values, of which there
are none. Pickling them one by one would cost more than all the rest of indexing. The pickles here are spelled without
frames and memos, which every unpickler takes; Whoosh reads them as its own.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC

from search.engine.whoosh.writing.blocks import BLOCK, LEVEL, TOLD, WORTH_COMPRESSING

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_HEAD, _TAIL = b"\x80\x04(", b"\x87."  # a pickle of protocol 4; a tuple of three, the end
_SHORT, _LONG = 256, 65536
# What precedes a block: a pickled tuple of count, last document, heaviest, compression, shortest and longest.
_BLOCK_HEAD = b"\x80\x02(K\x00J\x00\x00\x00\x00G" + bytes(8) + b"K\x00K\x00K\x00t."
_SINGLE = b"\x80\x04J\x00\x00\x00\x00\x85G" + bytes(8) + b"\x85C\x00\x85\x87."  # document, weight, no value
_EXTENT = 23  # where the table tells place and size of a list, or holds a single posting
_INFO = np.dtype(
    {
        "names": ["inlined", "weight", "count", "shortest", "longest", "heaviest", "first", "last", "place", "size"],
        "formats": ["u1", ">f4", ">u4", "u1", "u1", ">f4", ">u4", ">u4", ">i8", ">i4"],
        "offsets": [0, 1, 5, 9, 10, 11, 15, 19, 23, 31],
        "itemsize": 35,
    }
)
_told = np.array(TOLD, np.uint8)


class TermPostings(NamedTuple):
    """Postings of several terms, term by term, documents rising; `starts` are the first posting of each term.

    Posting i stands at `positions[places[i]:places[i + 1]]`; a field without positions has none.
    """

    starts: Numbers
    documents: Numbers
    weights: Numbers
    places: Numbers
    positions: Numbers | None


def encode(held: TermPostings, lengths: Bytes | None, place: int) -> tuple[list[bytes], list[bytes]]:
    """The posting lists of these terms, and for each what Whoosh's table notes of it, with the posting if it has one.

    `lengths` are the length bytes of all documents; `place` is where the first list will stand in its file.
    """
    counts = np.diff(held.starts, append=len(held.documents))
    within = np.arange(len(held.documents)) - np.repeat(held.starts, counts)
    begins = np.flatnonzero(within % BLOCK == 0)
    sizes = np.diff(begins, append=len(held.documents))
    known = np.zeros(len(held.documents), np.uint8) if lengths is None else lengths[held.documents]
    data, ends = _blocks(held, begins, sizes)
    compressed, pieces = _compressed(data, ends)
    heads = _heads(held, begins, sizes, known, compressed)
    first = np.searchsorted(begins, held.starts)  # block of each term
    lists = _lists(heads, pieces, np.append(first[1:], len(begins)).tolist(), first.tolist())
    for number in np.flatnonzero(counts == 1).tolist():
        lists[number] = b""  # it stands in the table
    return lists, _infos(held, counts, known, lists, place)


def _lists(heads: bytes, pieces: list[bytes], ends: list[int], starts: list[int]) -> list[bytes]:
    """The bytes of each term: blocks with their lengths, the last one's negative."""
    size = len(_BLOCK_HEAD)
    lists = []
    for start, end in zip(starts, ends, strict=True):
        if end - start == 1:
            piece = pieces[start]
            head = heads[start * size : start * size + size]
            parts = [(-size - len(piece)).to_bytes(4, "big", signed=True), head, piece]
        else:
            parts = []
            for number in range(start, end):
                length = size + len(pieces[number])
                parts.append((length if number < end - 1 else -length).to_bytes(4, "big", signed=True))
                parts += (heads[number * size : number * size + size], pieces[number])
        lists.append(WHOOSH3_HEADER_MAGIC + b"".join(parts))
    return lists


def _infos(held: TermPostings, counts: Numbers, known: Bytes, lists: list[bytes], place: int) -> list[bytes]:
    shortest, longest = _bounds(known, held.starts)
    sizes = np.fromiter(map(len, lists), np.int64, len(lists))
    info = np.zeros(len(counts), _INFO)
    info["weight"] = np.add.reduceat(held.weights, held.starts)
    info["count"] = counts
    info["shortest"], info["longest"] = _told[shortest], _told[longest]
    info["heaviest"] = np.maximum.reduceat(held.weights, held.starts)
    info["first"] = held.documents[held.starts]
    info["last"] = held.documents[held.starts + counts - 1]
    info["place"] = place + np.cumsum(sizes) - sizes
    info["size"] = sizes
    info["inlined"] = counts == 1
    written = info.tobytes()
    infos = [written[at : at + _INFO.itemsize] for at in range(0, len(written), _INFO.itemsize)]
    single = np.flatnonzero(counts == 1)
    for number, posting in zip(single.tolist(), _inlined(held, held.starts[single]), strict=True):
        infos[number] = infos[number][:_EXTENT] + posting
    return infos


def _inlined(held: TermPostings, places: Numbers) -> list[bytes]:
    """Single postings as Whoosh notes them in its table: a pickle of three tuples of one."""
    rows = np.tile(np.frombuffer(_SINGLE, np.uint8), (len(places), 1))
    rows[:, 3:7] = held.documents[places].astype("<i4").view(np.uint8).reshape(-1, 4)
    rows[:, 9:17] = held.weights[places].astype(">f8").view(np.uint8).reshape(-1, 8)
    written = rows.tobytes()
    return [written[at : at + len(_SINGLE)] for at in range(0, len(written), len(_SINGLE))]


def _bounds(known: Bytes, starts: Numbers) -> tuple[Bytes, Bytes]:
    """The shortest and the longest length from each start on, those that are not known left out."""
    longest = np.maximum.reduceat(known, starts)
    shortest = np.minimum.reduceat(np.where(known == 0, 255, known).astype(np.uint8), starts)
    return np.where(longest == 0, 0, shortest).astype(np.uint8), longest


def _heads(held: TermPostings, begins: Numbers, sizes: Numbers, known: Bytes, compressed: Bytes) -> bytes:
    rows = np.tile(np.frombuffer(_BLOCK_HEAD, np.uint8), (len(begins), 1))
    rows[:, 4] = sizes
    rows[:, 6:10] = held.documents[begins + sizes - 1].astype("<i4").view(np.uint8).reshape(-1, 4)
    rows[:, 11:19] = np.maximum.reduceat(held.weights, begins).astype(">f8").view(np.uint8).reshape(-1, 8)
    rows[:, 20] = compressed
    rows[:, 22], rows[:, 24] = _bounds(known, begins)
    return rows.tobytes()


def _compressed(data: Bytes, ends: Numbers) -> tuple[Bytes, list[bytes]]:
    """The blocks one by one, those that gain by it compressed."""
    whole, pieces, start = data.tobytes(), [], 0
    compressed = (np.diff(ends, prepend=0) >= WORTH_COMPRESSING) * np.uint8(LEVEL)
    for end, level in zip(ends.tolist(), compressed.tolist(), strict=True):
        piece = whole[start:end]
        pieces.append(_deflated(piece, level) if level else piece)
        start = end
    return compressed, pieces


def _deflated(piece: bytes, level: int) -> bytes:
    """The piece compressed; with a window of its size, because to clear a large one takes longer than to compress."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, 12, 5)
    return deflate.compress(piece) + deflate.flush()


# The pickles


def _blocks(held: TermPostings, begins: Numbers, sizes: Numbers) -> tuple[Bytes, Numbers]:
    """The pickles of all blocks one behind the other, and where each ends."""
    steps = np.diff(held.documents, prepend=0)
    steps[begins] = held.documents[begins]
    documents, weights = _widths(steps), _Weights(held.weights, begins, sizes)
    total = len(_HEAD) + np.add.reduceat(documents, begins) + 1 + weights.sizes + 1 + len(_TAIL)
    ends = np.cumsum(total)
    out = np.zeros(int(ends[-1]), np.uint8)
    at = ends - total
    _put(out, at, _HEAD)
    at = _put_row(out, at + len(_HEAD), begins, sizes, steps, documents)
    out[at] = ord("t")
    weights.put(out, at + 1)
    at = at + 1 + weights.sizes
    out[at] = ord("N")
    _put(out, at + 1, _TAIL)
    return out, ends


class _Weights:
    """The weights of blocks: None where all are 1, one number where all are equal, else all of them."""

    def __init__(self, weights: Numbers, begins: Numbers, sizes: Numbers) -> None:
        self.weights, self.begins, self.counts = weights, begins, sizes
        lowest, self.highest = np.minimum.reduceat(weights, begins), np.maximum.reduceat(weights, begins)
        self.equal = lowest == self.highest
        self.widths = _widths(weights)
        several = np.add.reduceat(self.widths, begins) + 2
        self.sizes = np.where(self.equal, np.where(self.highest == 1, 1, 9), several)

    def put(self, out: Bytes, at: Numbers) -> None:
        out[at[self.equal & (self.highest == 1)]] = ord("N")
        one = np.flatnonzero(self.equal & (self.highest != 1))
        out[at[one]] = ord("G")
        _view(out, 8)[at[one] + 1] = self.highest[one].astype(">f8").view("V8")
        several = np.flatnonzero(~self.equal)
        if not len(several):
            return
        out[at[several]] = ord("(")
        inside = np.repeat(~self.equal, self.counts)
        counts = self.counts[several]
        begins = np.cumsum(counts) - counts
        widths = self.widths[inside]
        end = _put_row(out, at[several] + 1, begins, counts, self.weights[inside], widths)
        out[end] = ord("t")


def _widths(numbers: Numbers) -> Numbers:
    """How many bytes each number takes in a pickle."""
    widths: Numbers = np.where(numbers < _SHORT, 2, np.where(numbers < _LONG, 3, 5))
    return widths


def _put_row(out: Bytes, at: Numbers, begins: Numbers, counts: Numbers, numbers: Numbers, widths: Numbers) -> Numbers:
    """Put rows of numbers, each row from a place on; give where each row ends."""
    places = _spread(at, widths, begins, counts)
    small, middle, large = widths == 2, widths == 3, widths == 5
    _view(out, 2)[places[small]] = (ord("K") | numbers[small] << 8).astype("<u2").view("V2")
    out[places[middle]] = ord("M")
    _view(out, 2)[places[middle] + 1] = numbers[middle].astype("<u2").view("V2")
    out[places[large]] = ord("J")
    _view(out, 4)[places[large] + 1] = numbers[large].astype("<i4").view("V4")
    ends: Numbers = at + np.add.reduceat(widths, begins)
    return ends


def _spread(at: Numbers, widths: Numbers, begins: Numbers, counts: Numbers) -> Numbers:
    """Where each of a row of things of these widths stands, when the rows begin at `at`."""
    behind: Numbers = np.cumsum(widths) - widths
    behind += np.repeat(at - behind[begins], counts)
    return behind


def _put(out: Bytes, at: Numbers, what: bytes) -> None:
    _view(out, len(what))[at] = np.frombuffer(what, f"V{len(what)}")


def _view(out: Bytes, size: int) -> NDArray[np.void]:
    """Every stretch of `size` bytes, so that one can be put anywhere with one copy."""
    return np.ndarray((max(0, len(out) - size + 1),), f"V{size}", out.data, strides=(1,))

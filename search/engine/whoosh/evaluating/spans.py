"""Spans of word positions in one segment, and the pairs of them that stand near one another.

A span is a document, its first and its last position. Where two rows of spans are joined, a span becomes one number,
document · width + position, so that all windows of all documents are found by one binary search: O((n + m) log m + p)
for n and m spans and p pairs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engine.whoosh.evaluating.matches import Numbers

Places = NDArray[np.int64]


class Spans(NamedTuple):
    """Sorted by document; spans of a document are different from one another."""

    docs: Numbers
    first: Places
    last: Places

    def where(self, kept: NDArray[np.bool_]) -> Spans:
        return Spans(self.docs[kept], self.first[kept], self.last[kept])


def near(left: Spans, right: Spans, slop: int) -> Spans:
    """What stretches from a left span to a right one that begins 1 to `slop` positions behind its end, 1 ≤ slop."""
    if not len(left.docs) or not len(right.docs):
        return united([])
    width = int(max(left.last.max(), right.last.max())) + slop + 2
    one, other = _pairs(left.docs * width + left.last, right.docs * width + right.first, slop)
    return united([Spans(left.docs[one], left.first[one], right.last[other])])


def _pairs(ends: Places, begins: Places, slop: int) -> tuple[Numbers, Numbers]:
    """Which left and which right span, by where they end and begin."""
    if slop == 1 and (begins[1:] > begins[:-1]).all():
        return _exactly(ends + 1, begins)
    order = np.argsort(begins, kind="stable")
    begins = begins[order]
    low = np.searchsorted(begins, ends + 1, "left")
    high = np.searchsorted(begins, ends + slop, "right")
    one, place = ranges(low, high)
    return one, order[place]


def _exactly(wanted: Places, begins: Places) -> tuple[Numbers, Numbers]:
    """The same where one place is right and no two spans begin there, as with words of a phrase: half the cost."""
    place = np.searchsorted(begins, wanted)
    place[place == len(begins)] = 0
    found = np.flatnonzero(begins[place] == wanted)
    return found, place[found]


def ranges(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Which range, and which number of it, for all numbers of the ranges low[i] … high[i] - 1.

    >>> [row.tolist() for row in ranges(np.array([4, 9]), np.array([6, 10]))]
    [[0, 0, 1], [4, 5, 9]]
    """
    lengths = high - low
    which = np.repeat(np.arange(len(low)), lengths)
    begins = np.cumsum(lengths) - lengths
    return which, np.arange(len(which)) - begins[which] + low[which]


def united(parts: list[Spans]) -> Spans:
    """All spans of the parts, each once."""
    if not parts:
        return Spans(np.empty(0, np.intp), np.empty(0, np.int64), np.empty(0, np.int64))
    docs, first, last = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    order = np.lexsort((last, first, docs))
    docs, first, last = docs[order], first[order], last[order]
    fresh = np.ones(len(docs), np.bool_)
    fresh[1:] = (docs[1:] != docs[:-1]) | (first[1:] != first[:-1]) | (last[1:] != last[:-1])
    return Spans(docs[fresh], first[fresh], last[fresh])

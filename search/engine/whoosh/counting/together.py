"""Which facet values documents have together: every pair of a result set with its exact count and its days.

Values of all segments become numbers; the values of a document stand side by side, so that its pairs are the ranges
behind each of them. Pairs are counted in portions of documents, so that memory is bounded: O(pairs) time, O(a portion +
different pairs) memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engine.protocol import Question, Together, ValuePair
from search.engine.whoosh.counting.counts import matching
from search.engine.whoosh.evaluating.matches import Numbers
from search.engine.whoosh.evaluating.segment import Segment
from search.engine.whoosh.evaluating.spans import ranges
from search.engine.whoosh.snapshot import Snapshot

PORTION = 2_000_000  # pairs that are made at once
_LATE = np.iinfo(np.int64).max
Ints = NDArray[np.int64]


class _Held(NamedTuple):
    """The values of documents: row i says that document `docs[i]`, of day `days[i]`, has value `values[i]`."""

    docs: Ints
    days: Ints
    values: Ints


class _Counts(NamedTuple):
    """Different pairs in rising order of their keys, with counts and first and last days; no day is `_LATE` and 0."""

    keys: Ints
    counts: Ints
    first: Ints
    last: Ints


def together(snapshot: Snapshot, question: Question, facets: Sequence[str], most: int) -> Together:
    """The `most` frequent pairs of values of these facets in the documents of a question, and the number of all."""
    numbers: dict[tuple[str, str], int] = {}
    rows = [
        _held(segment, ids, facets, numbers)
        for segment, ids in zip(snapshot.segments, matching(snapshot, question), strict=True)
    ]
    width = max(len(numbers), 1)
    empty = _Counts(*(np.empty(0, np.int64) for _column in _Counts._fields))
    parts = [_pairs(portion, width) for held in rows for portion in _portions(held)]
    counts = _counted(*(np.concatenate(columns) for columns in zip(empty, *parts, strict=True)))
    best = np.lexsort((counts.keys, -counts.counts))[:most]
    names = list(numbers)
    pairs = [
        ValuePair(names[key // width], names[key % width], count, 0 if first == _LATE else first, last)
        for key, count, first, last in zip(*(column[best].tolist() for column in counts), strict=True)
    ]
    return Together(tuple(pairs), len(counts.keys), snapshot.generation)


def _held(segment: Segment, ids: Numbers, facets: Iterable[str], numbers: dict[tuple[str, str], int]) -> _Held:
    """The values that documents have, those of a document side by side; new values get the next numbers."""
    docs, values = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for facet in facets:
        column = segment.facet(facet)
        known = np.array([numbers.setdefault((facet, name), len(numbers)) for name in column.names], np.int64)
        which, place = ranges(column.rows[ids].astype(np.intp), column.rows[ids + 1].astype(np.intp))
        docs.append(ids[which])
        values.append(known[column.values[place]])
    held, had = np.concatenate(docs), np.concatenate(values)
    order = np.argsort(held, kind="stable")
    return _Held(held[order], np.asarray(segment.columns.days)[held[order]], had[order])


def _portions(held: _Held) -> Iterator[_Held]:
    """The rows parted between documents, each part making about `PORTION` pairs."""
    _which, starts, lengths = np.unique(held.docs, return_index=True, return_counts=True)
    made = np.cumsum(lengths * (lengths - 1) // 2)
    cuts = np.searchsorted(made, np.arange(PORTION, made[-1] if len(made) else 0, PORTION))
    bounds = [0, *(starts[np.unique(cuts[cuts > 0])].tolist()), len(held.docs)]
    for low, high in pairwise(bounds):
        yield _Held(held.docs[low:high], held.days[low:high], held.values[low:high])


def _pairs(held: _Held, width: int) -> _Counts:
    """Every two values of a document as one key, the smaller number first."""
    ends = np.searchsorted(held.docs, held.docs, "right")
    one, other = ranges(np.arange(1, len(ends) + 1), ends)
    left, right = held.values[one], held.values[other]
    keys = np.minimum(left, right) * width + np.maximum(left, right)
    days = held.days[one]
    return _counted(keys, np.ones(len(keys), np.int64), np.where(days == 0, _LATE, days), days)


def _counted(keys: Ints, counts: Ints, first: Ints, last: Ints) -> _Counts:
    """Equal keys as one: counts added, the earliest and the latest day."""
    if not len(keys):
        return _Counts(keys, counts, first, last)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    return _Counts(
        ordered[begins],
        np.add.reduceat(counts[order], begins),
        np.minimum.reduceat(first[order], begins),
        np.maximum.reduceat(last[order], begins),
    )

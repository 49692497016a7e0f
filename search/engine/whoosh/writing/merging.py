"""A segment that goes into another one: its occurrences, for many terms of a field at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from search.engine.whoosh.files.posting_lists import FieldLists, PostingLists
from search.engine.whoosh.writing.encoding import Numbers

POSTINGS_AT_ONCE = 500_000  # that are read together


class FieldOccurrences(NamedTuple):
    """Those of some terms of one field: for each the place of its term in `terms`, its document and its position."""

    field: str
    terms: list[bytes]
    owners: Numbers
    documents: Numbers
    positions: Numbers


def occurrences(lists: PostingLists) -> Iterator[FieldOccurrences]:
    """Every occurrence in a segment, those in deleted documents among them, so many terms of a field at a time.

    A stream without positions has as many different ones of each term in a document as it stands there, an identifier
    0. Memory is bounded by `POSTINGS_AT_ONCE` and the postings of one term.
    """
    for name in sorted(lists.fields):
        held = lists.fields[name]
        for low, high in _portions(held):
            yield _occurrences(held, low, high)


def _portions(held: FieldLists) -> Iterator[tuple[int, int]]:
    """Neighbouring terms, half open, that have so many postings or are one."""
    low, ends = 0, held.starts[1:]
    while low < len(ends):
        wanted = ends.dtype.type(min(int(held.starts[low]) + POSTINGS_AT_ONCE, int(ends[-1])))
        high = max(low + 1, int(np.searchsorted(ends, wanted, "right")))
        yield low, high
        low = high


def _occurrences(held: FieldLists, low: int, high: int) -> FieldOccurrences:
    stretch = held.stretch(low, high)
    weights = np.broadcast_to(stretch.weights, len(stretch.ids)).astype(np.int64)
    owners = np.repeat(np.arange(high - low), held.frequencies(low, high))
    return FieldOccurrences(
        held.name,
        held.terms.between(low, high),
        np.repeat(owners, weights),
        np.repeat(stretch.ids.astype(np.int64), weights),
        _positions(held, low, high, weights),
    )


def _positions(held: FieldLists, low: int, high: int, weights: Numbers) -> Numbers:
    if len(held.places):
        return held.places[int(held.place_starts[low]) : int(held.place_starts[high])].astype(np.int64)
    ends = np.cumsum(weights)
    return np.arange(int(ends[-1])) - np.repeat(ends - weights, weights)

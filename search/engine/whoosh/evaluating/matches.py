"""Matches of a query in one segment, and their algebra: documents in rising order and a score for each.

Every operation is linear in the matches of its parts and the documents of the segment, or, where there are few matches,
n log n in the matches alone. Scores are added in the order of the parts, so that equal texts get equal sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]
Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Below one match in so many documents, sorting the matches is cheaper than an array of all documents.
_SPARSE = 32


class Matches(NamedTuple):
    ids: Numbers
    scores: Scores

    def where(self, kept: Flags) -> Matches:
        return Matches(self.ids[kept], self.scores[kept])

    def worth(self, score: float) -> Matches:
        """The same documents, every one with this score."""
        return Matches(self.ids, np.full(len(self.ids), score))


NOTHING = Matches(np.empty(0, np.intp), np.empty(0, np.float64))


def summed(parts: Sequence[Matches], documents: int) -> Matches:
    """The documents of any part with the sum of their scores; a part may name a document several times."""
    parts = [part for part in parts if len(part.ids)]
    if not parts:
        return NOTHING
    ids = np.concatenate([part.ids for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    if not _is_dense(parts, documents):
        found, place = np.unique(ids, return_inverse=True)
        return Matches(found, np.bincount(place, scores, len(found)).astype(np.float64, copy=False))
    found = np.flatnonzero(flags(ids, documents))
    return Matches(found, np.bincount(ids, scores, documents).astype(np.float64, copy=False)[found])


def best(parts: Sequence[Matches], documents: int) -> Matches:
    """The documents of any part with the highest of their scores."""
    parts = [part for part in parts if len(part.ids)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    found = _union(parts, documents)
    highest = np.full(documents, -np.inf) if _is_dense(parts, documents) else np.full(len(found), -np.inf)
    for part in parts:
        place = part.ids if len(highest) == documents else np.searchsorted(found, part.ids)
        highest[place] = np.maximum(highest[place], part.scores)
    return Matches(found, highest[found] if len(highest) == documents else highest)


def common(parts: Sequence[Matches], documents: int) -> Matches:
    """The documents of all parts with the sum of their scores."""
    smallest = min(parts, key=lambda part: len(part.ids))
    ids = smallest.ids
    for part in sorted(parts, key=lambda part: len(part.ids)):
        if part is not smallest and len(ids):
            ids = ids[member(ids, part.ids, documents)]
    scores = np.zeros(len(ids))
    for part in parts:
        scores += _scores_of(ids, part, documents)
    return Matches(ids, scores)


def _scores_of(ids: Numbers, part: Matches, documents: int) -> Scores:
    """The scores of some documents of a part."""
    if len(ids) == len(part.ids):
        return part.scores
    if len(ids) * _SPARSE < documents:
        return part.scores[np.searchsorted(part.ids, ids)]
    every = np.empty(documents)
    every[part.ids] = part.scores
    return every[ids]


def enriched(found: Matches, also: Matches, documents: int) -> Matches:
    """The documents of the first, with the scores of the second added where it has them."""
    if not len(found.ids) or not len(also.ids):
        return found
    if (len(found.ids) + len(also.ids)) * _SPARSE > documents:
        every = np.zeros(documents)
        every[also.ids] = also.scores
        return Matches(found.ids, found.scores + every[found.ids])
    place = np.searchsorted(also.ids, found.ids)
    place[place == len(also.ids)] = 0
    shared = also.ids[place] == found.ids
    return Matches(found.ids, found.scores + np.where(shared, also.scores[place], 0.0))


def member(ids: Numbers, others: Numbers, documents: int) -> Flags:
    """For each of `ids`, whether it is among the rising `others`."""
    if not len(others):
        return np.zeros(len(ids), np.bool_)
    if len(others) * _SPARSE < documents or len(ids) * _SPARSE < len(others):
        place = np.searchsorted(others, ids)
        place[place == len(others)] = 0
        return np.asarray(others[place] == ids)
    return flags(others, documents)[ids]


def flags(ids: Numbers, documents: int) -> Flags:
    held = np.zeros(documents, np.bool_)
    held[ids] = True
    return held


def _is_dense(parts: Sequence[Matches], documents: int) -> bool:
    return sum(len(part.ids) for part in parts) * _SPARSE >= documents


def _union(parts: Sequence[Matches], documents: int) -> Numbers:
    ids = np.concatenate([part.ids for part in parts])
    return np.flatnonzero(flags(ids, documents)) if _is_dense(parts, documents) else np.unique(ids)

"""Answering one question from one snapshot: which documents, in which order, and the exact count of every facet."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping

from search.backends.bitset import bits, members
from search.backends.compiler import compile_tree
from search.backends.snapshot import Snapshot
from search.engine import Answer, Question
from search.query import All
from search.request import FACETS

Rank = Callable[[int], tuple[float, ...]]


def answer(snapshot: Snapshot, question: Question) -> Answer:
    """O(postings of the query) for matches and scores, O(documents / 64) for each facet value."""
    scores = _scores(snapshot, question)
    matched = snapshot.everything if scores is None else bits(scores)
    chosen = {facet: snapshot.chosen(facet, values) for facet, values in question.filters if values}
    found = _narrow(matched, chosen)
    return Answer(
        total=found.bit_count(),
        archive_total=snapshot.everything.bit_count(),
        found=_slice(snapshot, question, found, scores or {}),
        counts={facet: _counts(snapshot, facet, matched, _narrow(matched, chosen, facet)) for facet in FACETS},
        generation=snapshot.generation,
    )


def _scores(snapshot: Snapshot, question: Question) -> dict[int, float] | None:
    """Every match with its score; None for the whole archive, which needs no look at the postings."""
    if isinstance(question.tree, All):
        return None
    return snapshot.scores(compile_tree(question.tree, snapshot.reader))


def _narrow(matched: int, chosen: Mapping[str, int], but: str = "") -> int:
    for facet, documents in chosen.items():
        if facet != but:
            matched &= documents
    return matched


def _counts(snapshot: Snapshot, facet: str, matched: int, narrowed: int) -> dict[str, int]:
    """The count of every value that the narrowed documents have; where there are none, of those the query has, at 0.

    So a reader who narrowed to nothing still sees the facets; a query without any match shows those of the archive.
    """
    values = snapshot.facets[facet]
    if narrowed:
        counted = {value: (held & narrowed).bit_count() for value, held in values.items()}
        return {value: count for value, count in counted.items() if count}
    return {value: 0 for value, held in values.items() if held & (matched or snapshot.everything)}


def _slice(
    snapshot: Snapshot, question: Question, found: int, scores: Mapping[int, float]
) -> tuple[tuple[str, float], ...]:
    rank = _rank(snapshot, question.order, scores)
    best = heapq.nsmallest(question.start + question.size, members(found), key=rank)
    return tuple((snapshot.keys[number].identifier, scores.get(number, 0.0)) for number in best[question.start :])


def _rank(snapshot: Snapshot, order: str, scores: Mapping[int, float]) -> Rank:
    """The sort key of a document number, smallest first; undated documents stand last in both orders of time."""
    keys = snapshot.keys
    if order == "oldest":
        return lambda number: (keys[number].day == 0, keys[number].day, keys[number].arrival)
    if order == "newest":
        return lambda number: (-keys[number].day, -keys[number].arrival)
    return lambda number: (-scores.get(number, 0.0), -keys[number].day, -keys[number].arrival)

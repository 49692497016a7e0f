"""Answering one question from one snapshot: which documents, in which order, and the exact count of every facet.

All in one pass over the segments: the matches of the query as an array of document numbers, every condition (see
`narrowing`) as flags of these, and each facet counted under the conditions that are not its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from search.backends.compiler import compile_tree
from search.backends.narrowing import Narrowing, narrowed, narrowings
from search.backends.snapshot import Snapshot
from search.backends.vectors_matches import Matches, Numbers
from search.backends.vectors_segment import Segment
from search.engine import Answer, Question
from search.query import All
from search.request import FACETS


@dataclass
class _Tally:
    """What the segments add up to; `seen` are the values of matches and of documents, whatever was chosen."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {facet: Counter() for facet in FACETS})
    seen: dict[str, set[str]] = field(default_factory=lambda: {facet: set() for facet in FACETS})
    found: list[Matches] = field(default_factory=list)


def answer(snapshot: Snapshot, question: Question) -> Answer:
    """O(postings of the query + facet values of its matches), and k log k for the k best."""
    matches = _matches(snapshot, question)
    tally = _Tally()
    for segment, matched in zip(snapshot.segments, matches, strict=True):
        _add(tally, segment, matched, narrowings(segment, question))
    if not all(tally.counts.values()):
        _see(tally, snapshot, matches)
    return Answer(
        total=sum(len(found.ids) for found in tally.found),
        archive_total=snapshot.total,
        found=_slice(snapshot, question, tally.found),
        counts={facet: _counted(tally, facet) for facet in FACETS},
        generation=snapshot.generation,
        days=_days(snapshot, tally.found) if question.by_day else {},
    )


def _matches(snapshot: Snapshot, question: Question) -> list[Matches]:
    """Every match with its score; the whole archive needs no look at the postings."""
    if isinstance(question.tree, All):
        return [Matches(segment.everything, np.zeros(len(segment.everything))) for segment in snapshot.segments]
    return snapshot.matches(compile_tree(question.tree, snapshot.reader, names=question.names))


def _add(tally: _Tally, segment: Segment, matched: Matches, conditions: list[Narrowing]) -> None:
    """Add what one segment has: matches under all conditions, and every facet counted under those not its own."""
    found = narrowed(matched, conditions)
    tally.found.append(found)
    for facet in FACETS:
        others = [condition for condition in conditions if facet not in condition.own]
        ids = found.ids if len(others) == len(conditions) else narrowed(matched, others).ids
        _count(tally.counts[facet], segment, facet, ids)


def _count(counts: Counter[str], segment: Segment, facet: str, ids: Numbers) -> None:
    column = segment.facet(facet)
    held = segment.totals[facet] if ids is segment.everything else column.counts(ids)
    for value in np.flatnonzero(held).tolist():
        counts[column.names[value]] += int(held[value])


def _see(tally: _Tally, snapshot: Snapshot, matches: list[Matches]) -> None:
    """Note the values that the matches have, or without any match, those of the archive.

    So a reader who narrowed to nothing still sees the facets; a query without any match shows those of the archive.
    """
    nothing = not any(len(matched.ids) for matched in matches)
    for segment, matched in zip(snapshot.segments, matches, strict=True):
        for facet, seen in tally.seen.items():
            if not tally.counts[facet]:
                ids = segment.everything if nothing else matched.ids
                held = segment.facet(facet).counts(ids)
                seen.update(segment.facet(facet).names[value] for value in np.flatnonzero(held).tolist())


def _counted(tally: _Tally, facet: str) -> dict[str, int]:
    counts = tally.counts[facet]
    return {value: counts[value] for value in sorted(counts or tally.seen[facet])}


def _days(snapshot: Snapshot, found: list[Matches]) -> dict[int, int]:
    """The histogram of days. O(n log n) for n found articles."""
    days = [segment.columns.days[matches.ids] for segment, matches in zip(snapshot.segments, found, strict=True)]
    ordinals, counts = np.unique(np.concatenate([np.empty(0, np.int64), *days]), return_counts=True)
    return dict(zip(ordinals.tolist(), counts.tolist(), strict=True))


def _slice(snapshot: Snapshot, question: Question, found: list[Matches]) -> tuple[tuple[str, float], ...]:
    """Identifiers and scores of the wanted slice: the best of every segment, then the best of these."""
    wanted = question.start + question.size
    best = [
        (*row, segment.columns.identifiers.text(int(row[-1])))
        for segment, matches in zip(snapshot.segments, found, strict=True)
        for row in _best(segment, matches, question.order, wanted)
    ]
    best.sort(key=lambda row: row[:2], reverse=True)
    return tuple((identifier, score) for _rank, _time, score, _number, identifier in best[question.start : wanted])


def _best(segment: Segment, matches: Matches, order: str, wanted: int) -> list[tuple[float, int, float, int]]:
    """The highest `wanted` of a segment: rank, time, score and number; undated documents stand last in time."""
    times = (segment.columns.oldest if order == "oldest" else segment.columns.newest)[matches.ids]
    ranks = np.zeros(len(times)) if order in ("oldest", "newest") else matches.scores
    kept = _highest(ranks, times, wanted)
    order_of = np.lexsort((times[kept], ranks[kept]))[::-1][:wanted]
    rows = (column[kept][order_of].tolist() for column in (ranks, times, matches.scores, matches.ids))
    return list(zip(*rows, strict=True))


def _highest(ranks: np.ndarray, times: np.ndarray, wanted: int) -> Numbers:
    """The places of the highest `wanted` by rank, then by time, in no order. O(n)."""
    if len(ranks) <= wanted or wanted < 1:
        return np.arange(len(ranks))
    least = np.partition(ranks, len(ranks) - wanted)[len(ranks) - wanted]
    above, equal = np.flatnonzero(ranks > least), np.flatnonzero(ranks == least)
    room = wanted - len(above)
    if room < len(equal):
        equal = equal[np.argpartition(times[equal], len(equal) - room)[len(equal) - room :]]
    return np.concatenate((above, equal))

"""Answering one question from one snapshot: the wanted slice of what it finds, in order, and what it counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engine.protocol import Answer, Question
from search.engine.whoosh.counting.counts import find
from search.engine.whoosh.evaluating.matches import Matches, Numbers
from search.engine.whoosh.evaluating.segment import Segment
from search.engine.whoosh.snapshot import Snapshot


def answer(snapshot: Snapshot, question: Question) -> Answer:
    """O(postings of the query + facet values of its matches), and k log k for the k best."""
    found = find(snapshot, question)
    rows = _slice(snapshot, question, found.matches)
    return Answer(
        total=sum(len(matches.ids) for matches in found.matches),
        archive_total=snapshot.total,
        found=tuple((identifier, score) for _time, identifier, score in rows),
        counts=found.counts,
        unions=found.unions,
        generation=snapshot.generation,
        days=_days(snapshot, found.matches) if question.by_day else {},
        end=rows[-1][0] if rows else None,
    )


def _days(snapshot: Snapshot, found: Sequence[Matches]) -> dict[int, int]:
    """The histogram of days. O(n log n) for n found articles."""
    days = [segment.columns.days[matches.ids] for segment, matches in zip(snapshot.segments, found, strict=True)]
    ordinals, counts = np.unique(np.concatenate([np.empty(0, np.int64), *days]), return_counts=True)
    return dict(zip(ordinals.tolist(), counts.tolist(), strict=True))


def _slice(snapshot: Snapshot, question: Question, found: Sequence[Matches]) -> list[tuple[int, str, float]]:
    """Time, identifier and score of the wanted slice: the best of every segment, then the best of these."""
    wanted = question.start + question.size
    best = [
        (*row, segment.columns.identifiers.text(int(row[-1])))
        for segment, matches in zip(snapshot.segments, found, strict=True)
        for row in _best(segment, _beyond(segment, matches, question), question, wanted)
    ]
    best.sort(key=lambda row: row[:2], reverse=True)
    return [(time, identifier, score) for _rank, time, score, _number, identifier in best[question.start : wanted]]


def _beyond(segment: Segment, matches: Matches, question: Question) -> Matches:
    """The matches behind the place that the question names."""
    if question.beyond is None:
        return matches
    return matches.where(_times(segment, question.order)[matches.ids] < question.beyond)


def _times(segment: Segment, order: str) -> NDArray[np.int64]:
    if order == "arrived":
        return segment.columns.arrivals
    return segment.columns.oldest if order == "oldest" else segment.columns.newest


def _ranks(segment: Segment, matches: Matches, question: Question) -> np.ndarray:
    """What goes before time in an order: nothing in those of time, else the score, or the place of the source."""
    if question.order == "relevance":
        return matches.scores
    if question.order != "source":
        return np.zeros(len(matches.ids))
    column, places = segment.columns.facets["source"], {slug: -n for n, slug in enumerate(question.sources)}
    ranks = np.full(len(column.rows) - 1, -len(places), np.float64)
    for value, slug in enumerate(column.names):
        ranks[column.having([value])] = places.get(slug, -len(places))
    return ranks[matches.ids]


def _best(segment: Segment, matches: Matches, question: Question, wanted: int) -> list[tuple[float, int, float, int]]:
    """The highest `wanted` of a segment: rank, time, score and number; undated documents stand last in time."""
    times = _times(segment, question.order)[matches.ids]
    ranks = _ranks(segment, matches, question)
    kept = _highest(ranks, times, wanted) if 0 < wanted < len(times) else np.arange(len(times))
    order_of = np.lexsort((times[kept], ranks[kept]))[::-1][:wanted]
    rows = (column[kept][order_of].tolist() for column in (ranks, times, matches.scores, matches.ids))
    return list(zip(*rows, strict=True))


def _highest(ranks: np.ndarray, times: np.ndarray, wanted: int) -> Numbers:
    """The places of the highest `wanted` by rank, then by time, in no order. O(n)."""
    least = np.partition(ranks, len(ranks) - wanted)[len(ranks) - wanted]
    above, equal = np.flatnonzero(ranks > least), np.flatnonzero(ranks == least)
    room = wanted - len(above)
    if room < len(equal):
        equal = equal[np.argpartition(times[equal], len(equal) - room)[len(equal) - room :]]
    return np.concatenate((above, equal))

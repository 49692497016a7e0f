"""What a question finds, and the exact count of every facet: all that its pages and orders have in common.

One pass over the segments: the matches of the query as document numbers, every condition (see `narrowing`) as flags of
these, and each facet counted under the conditions that are not its own. The last answers are kept under the bound of
the snapshot's cache, so that the next page, another order, the counts of the whole archive are not worked out again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from search.engine.protocol import Question
from search.engine.whoosh.asking.translation import compile_tree
from search.engine.whoosh.counting.narrowing import Narrowing, having_any, narrowed, narrowings
from search.engine.whoosh.evaluating.matches import Matches, Numbers
from search.engine.whoosh.evaluating.segment import Segment
from search.engine.whoosh.snapshot import Snapshot
from search.request import FACETS
from search.tree import All

_VALUE_BYTES = 150  # of a counted value: the name, the number, a place in a dictionary


@dataclass(frozen=True, slots=True)
class CountedMatches:
    """`matches` are the found documents of each segment; `counts` those of every facet under the others' conditions.

    `unions` are those of the question, counted as a value of their facet is.
    """

    matches: tuple[Matches, ...]
    counts: Mapping[str, Mapping[str, int]]
    unions: Mapping[str, int] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        arrays = sum(one.ids.nbytes + one.scores.nbytes for one in self.matches)
        return arrays + _VALUE_BYTES * sum(map(len, self.counts.values()))


def find(snapshot: Snapshot, question: Question) -> CountedMatches:
    """What a question finds, whichever slice in whichever order it wants.

    O(postings of the query + facet values of its matches) for a question that was not asked of this state before.
    """
    asked = replace(question, order="", start=0, size=0, by_day=False)
    return snapshot.cache.get((snapshot.generation, asked), lambda: _find(snapshot, asked))


def matching(snapshot: Snapshot, question: Question) -> list[Numbers]:
    """The documents that answer the question and all that narrows it, in rising order, segment by segment.

    Remembered with the facets of the question, which its page of results asked for a moment ago.
    """
    return [matches.ids for matches in find(snapshot, question).matches]


@dataclass
class _FacetTally:
    """What the segments add up to; `seen` are the values of matches and of documents, whatever was chosen."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {facet: Counter() for facet in FACETS})
    seen: dict[str, set[str]] = field(default_factory=lambda: {facet: set() for facet in FACETS})
    found: list[Matches] = field(default_factory=list)
    unions: Counter[str] = field(default_factory=Counter)


def _find(snapshot: Snapshot, question: Question) -> CountedMatches:
    if isinstance(question.tree, All):  # the whole archive needs no look at the postings
        every = [segment.everything for segment in snapshot.segments]
        matches = [Matches(ids, np.zeros(len(ids))) for ids in every]
    else:
        matches = snapshot.matches(compile_tree(question.tree, snapshot.reader, names=question.names))
    if not question.by_facet:
        pairs = zip(snapshot.segments, matches, strict=True)
        return CountedMatches(tuple(narrowed(matched, narrowings(segment, question)) for segment, matched in pairs), {})
    tally = _FacetTally()
    for segment, matched in zip(snapshot.segments, matches, strict=True):
        conditions = narrowings(segment, question)
        _add(tally, segment, matched, conditions)
        _add_unions(tally.unions, segment, matched, conditions, question)
    if not all(tally.counts.values()):
        _see(tally, snapshot, matches)
    counts = {
        facet: {value: counts[value] for value in sorted(counts or tally.seen[facet])}
        for facet, counts in tally.counts.items()
    }
    return CountedMatches(
        tuple(tally.found), counts, {union.name: tally.unions[union.name] for union in question.unions}
    )


def _add(tally: _FacetTally, segment: Segment, matched: Matches, conditions: list[Narrowing]) -> None:
    """Add what one segment has: matches under all conditions, and every facet counted under those not its own.

    Its exclusions hold for all its values but the excluded ones.
    """
    found = narrowed(matched, conditions)
    tally.found.append(found)
    for facet in FACETS:
        others = [condition for condition in conditions if facet not in condition.own]
        excluding = [condition for condition in conditions if facet in condition.own and condition.without]
        all_kept = len(others) + len(excluding) == len(conditions)
        ids = found.ids if all_kept else narrowed(matched, [*others, *excluding]).ids
        _count(tally.counts[facet], segment, facet, ids)
        for exclusion in excluding:
            _count(tally.counts[facet], segment, facet, narrowed(matched, others).ids, exclusion.without)


def _add_unions(
    counts: Counter[str], segment: Segment, matched: Matches, conditions: Sequence[Narrowing], question: Question
) -> None:
    """Add how many matches of one segment have any value of each union."""
    left_out = {facet: frozenset(values) for facet, values in question.excluded}
    for name, facet, values in question.unions:
        is_out = left_out.get(facet, frozenset()).issuperset(values)
        kept = [one for one in conditions if facet not in one.own or (one.without and not is_out)]
        ids = narrowed(matched, kept).ids
        counts[name] += int(np.count_nonzero(having_any(segment, facet, values)[ids]))


def _count(counts: Counter[str], segment: Segment, facet: str, ids: Numbers, only: Sequence[int] | None = None) -> None:
    """Add how many of these documents have each value of a facet, or each of some values."""
    column = segment.facet(facet)
    held = segment.totals[facet] if ids is segment.everything else column.counts(ids)
    values = np.flatnonzero(held) if only is None else np.array([value for value in only if held[value]], np.intp)
    named = zip(map(column.names.__getitem__, values.tolist()), held[values].tolist(), strict=True)
    if not counts:
        dict.update(counts, named)  # as nearly always: one segment holds most of an archive
        return
    for name, count in named:
        counts[name] += count


def _see(tally: _FacetTally, snapshot: Snapshot, matches: list[Matches]) -> None:
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

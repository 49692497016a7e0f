"""How chosen and excluded facet values and a range of days narrow a segment, each by one flag for every document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from search.engine.protocol import Question
from search.engine.whoosh.evaluating.matches import Flags, Matches, flags
from search.engine.whoosh.evaluating.segment import Segment

# The facets that tell of time: a range of days is their own choice.
_OF_TIME = frozenset(("year", "month"))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One condition: `kept` has a flag for every document of the segment; the `own` facets are counted without it.

    An exclusion names in `without` the numbers of its values: these alone are counted without it, and all others of its
    facet with it, for choosing one of them as well would not bring back what is excluded.
    """

    own: frozenset[str]
    kept: Flags
    without: tuple[int, ...] = ()


def narrowings(segment: Segment, question: Question) -> list[Narrowing]:
    """The conditions of a question. O(documents + documents of the named values)."""
    return [*_of_facets(segment, question), *_of_days(segment, question)]


def narrowed(matches: Matches, conditions: Iterable[Narrowing]) -> Matches:
    """The matches that satisfy all conditions."""
    kept = [condition.kept[matches.ids] for condition in conditions]
    return matches.where(np.logical_and.reduce(kept)) if kept else matches


def having_any(segment: Segment, facet: str, values: Collection[str]) -> Flags:
    """A flag for every document of the segment: whether it has any of these values of a facet."""
    return _having(segment, facet, _numbers(segment, facet, values))


def _of_facets(segment: Segment, question: Question) -> Iterator[Narrowing]:
    for facet, values in question.filters:
        if values:
            yield Narrowing(frozenset((facet,)), having_any(segment, facet, values))
    for facet, values in question.excluded:
        if numbers := _numbers(segment, facet, values):
            yield Narrowing(frozenset((facet,)), ~_having(segment, facet, numbers), numbers)


def _of_days(segment: Segment, question: Question) -> Iterator[Narrowing]:
    """From `since` to `until`, without the undated, whose day is 0."""
    if question.since is None and question.until is None:
        return
    days = segment.columns.days
    kept = days >= (question.since.toordinal() if question.since else 1)
    if question.until:
        kept &= days <= question.until.toordinal()
    yield Narrowing(_OF_TIME, kept)


def _numbers(segment: Segment, facet: str, values: Collection[str]) -> tuple[int, ...]:
    """The numbers of these values in the segment; a value that no document has has none.

    A month may also be named without its year: `10` is October of every year.
    """
    column = segment.facet(facet)
    if facet == "month":
        return tuple(n for n, name in enumerate(column.names) if name in values or name[-2:] in values)
    return tuple(sorted(column.numbers[value] for value in set(values) if value in column.numbers))


def _having(segment: Segment, facet: str, numbers: Collection[int]) -> Flags:
    """The documents that have any of the values."""
    return flags(segment.facet(facet).having(numbers), segment.documents)

"""How chosen and excluded facet values and a range of days narrow a question, and under which of them facets count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from search.engine.opensearch.dsl import Dsl
from search.engine.protocol import Question

_OF_TIME: Final = frozenset(("year", "month"))  # a range of days is their own choice


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: the `own` facets are counted without it; of an exclusion `without` are its values."""

    own: frozenset[str]
    clause: Dsl
    without: tuple[str, ...] = ()

    def leaves_out(self, facet: str, value: str) -> bool:
        return value in self.without or (facet == "month" and value[-2:] in self.without)


def conditions(question: Question) -> list[Condition]:
    return [*_of_facets(question), *_of_days(question)]


def all_of_them(chosen: Sequence[Condition]) -> Dsl:
    return {"bool": {"filter": [condition.clause for condition in chosen]}}


def counted_under(facet: str, every: Sequence[Condition]) -> list[Condition]:
    """The conditions under which a facet is counted: those of others, and its own exclusions."""
    return [condition for condition in every if facet not in condition.own or condition.without]


def others(facet: str, every: Sequence[Condition]) -> list[Condition]:
    """Those under which its excluded values are counted."""
    return [condition for condition in every if facet not in condition.own]


def having_any(facet: str, values: Collection[str]) -> Dsl:
    """The articles that have any of the values; a month may be named without its year: `10`."""
    if facet != "month":
        return {"terms": {facet: list(values)}}
    either = [{"terms": {"month": list(values)}}, {"terms": {"month_of_year": list(values)}}]
    return {"bool": {"should": either, "minimum_should_match": 1}}


def _of_facets(question: Question) -> Iterator[Condition]:
    for facet, values in question.filters:
        if values:
            yield Condition(frozenset((facet,)), having_any(facet, values))
    for facet, values in question.excluded:
        if values:
            clause = {"bool": {"must_not": [having_any(facet, values)]}}
            yield Condition(frozenset((facet,)), clause, tuple(values))


def _of_days(question: Question) -> Iterator[Condition]:
    if question.since is None and question.until is None:
        return
    bounds = {"gte": question.since.toordinal() if question.since else 1}
    if question.until:
        bounds["lte"] = question.until.toordinal()
    yield Condition(_OF_TIME, {"range": {"day": bounds}})

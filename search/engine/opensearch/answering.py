"""Answering a question in one request where that can be: the slice in its order, exact counts, and whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from search.engine.asking.queries import IndexQuery
from search.engine.opensearch.client import OpenSearchRefusal
from search.engine.opensearch.conditions import Condition, all_of_them, conditions, counted_under, having_any, others
from search.engine.opensearch.dsl import ALIKE, EVERY, SCORED, Dsl, dsl, has_beginning
from search.engine.opensearch.index import OpenSearchIndex, SeenState, StatedAnswer, same_state, understood
from search.engine.opensearch.known_terms import TermsInUse
from search.engine.protocol import Answer, Question, SearchUnavailable, ValueUnion
from search.request import FACETS

VALUES: Final = 20_000  # of a facet, all of which are asked for: the first few would not be counted exactly
DAYS: Final = 60_000
WINDOW: Final = 10_000  # articles that one request gives
ATTEMPTS: Final = 6  # a change may come between understanding a question and asking it
_TIMES: Final = {"arrived": "arrival", "oldest": "oldest"}
_SOURCE_PLACE: Final = """
def place = doc['source'].size() == 0 ? null : params.places[doc['source'].value];
return place == null ? params.last : place;
"""
Counts = dict[str, dict[str, int]]


class AskedIndex:
    """Questions to one index, by the terms that this process knows of it."""

    def __init__(self, index: OpenSearchIndex) -> None:
        self.index = index
        self.terms = TermsInUse(index)
        self._values: tuple[str, Counts] = "", {}

    def answer(self, question: Question) -> Answer:
        """SearchUnavailable when the index cannot answer or never stands still."""
        for _attempt in range(ATTEMPTS):
            state, query = self.understood(question)
            answer = self._whole(question, query)
            if answer is not None and state in (None, answer[0]):
                return answer[1]
            self.terms.forget()
        raise SearchUnavailable("the index changes faster than it is asked")

    def understood(self, question: Question) -> tuple[SeenState | None, IndexQuery]:
        """The query of a question, and the state by whose terms it was made."""
        state, (query,) = self.terms.compiled([question.tree], question.names)
        return state, query

    def asked(self, query: IndexQuery, body: Mapping[str, Any], *, heavy: bool = False) -> StatedAnswer:
        """Ask a query; words that begin alike count alike where there are too many to count each for itself."""
        with understood():
            try:
                return self.index.search({**body, "query": dsl(query, SCORED)}, heavy=heavy)
            except OpenSearchRefusal as error:
                if "too_many" not in error.kind or not has_beginning(query):
                    raise
            return self.index.search({**body, "query": dsl(query, ALIKE)}, heavy=heavy)

    def matching(self, question: Question) -> tuple[SeenState | None, Dsl]:
        """What a question and all that narrows it find, as a filter."""
        state, query = self.understood(question)
        return state, {"bool": {"filter": [dsl(query, ALIKE), all_of_them(conditions(question))]}}

    # One answer

    def _whole(self, question: Question, query: IndexQuery) -> tuple[SeenState, Answer] | None:
        """The answer with its state; None where the index changed while it was read."""
        every = conditions(question)
        wanted = question.start + question.size
        start = question.start if wanted <= WINDOW else 0
        sliced = {"from": start, "size": min(wanted, WINDOW) - start}
        order = {**_ordered(question), **_narrowed(question, every)}
        first = self.asked(query, {**order, **sliced, "aggs": _tallies(question, every)})
        try:
            hits = first.hits
            if wanted > WINDOW:
                hits = list(self._further(query, order, first, wanted))[question.start :]
            counts = self._counts(question, query, every, first) if question.by_facet else {}
        except _Changed:
            return None
        found = first.aggregations["found"]
        times = [int(hit["sort"][-1]) for hit in hits[-1:]]
        return first.state, Answer(
            total=found["doc_count"],
            archive_total=first.state.articles,
            found=tuple((hit["_id"], float(hit["_score"] or 0.0)) for hit in hits),
            counts=counts,
            generation=first.state.generation,
            days=_days(found) if question.by_day else {},
            end=times[0] if times else None,
            unions=_unions(question, first) if question.by_facet else {},
        )

    def _further(
        self, query: IndexQuery, order: Mapping[str, Any], first: StatedAnswer, wanted: int
    ) -> Iterator[dict[str, Any]]:
        """All hits up to the wanted one, more of them than one request gives."""
        hits, given = first.hits, 0
        while hits and given < wanted:
            yield from hits[: wanted - given]
            given += len(hits)
            if len(hits) < WINDOW or given >= wanted:
                return
            placed = {"size": WINDOW, "search_after": hits[-1]["sort"]}
            answer = self.asked(query, {**order, **placed}, heavy=True)
            _unchanged(first.state, answer.state)
            hits = answer.hits

    # Facets

    def _counts(
        self, question: Question, query: IndexQuery, every: Sequence[Condition], answer: StatedAnswer
    ) -> Counts:
        counts: Counts = {}
        for number, (_chosen, facets) in enumerate(_groups(every)):
            for facet in facets:
                counts[facet] = _values(answer.aggregations[f"facets{number}"][facet])
        for facet in FACETS:
            excluding = [one for one in every if facet in one.own and one.without]
            if excluding:
                whole = _values(answer.aggregations[f"excluded-{facet}"][facet])
                left = {
                    value: n for value, n in whole.items() if any(one.leaves_out(facet, value) for one in excluding)
                }
                counts[facet] |= left
        empty = [facet for facet in FACETS if not counts[facet]]
        seen = self._seen(question, query, every, answer, empty) if empty else {}
        return {facet: dict(sorted((counts[facet] or seen.get(facet, {})).items())) for facet in FACETS}

    def _seen(
        self, question: Question, query: IndexQuery, every: Sequence[Condition], answer: StatedAnswer, empty: list[str]
    ) -> Counts:
        """The values, each with nothing, that a reader who narrowed to nothing still sees.

        They are those of what the words find, or of the archive where these find nothing.
        """
        archive = self._of_archive(answer.state)
        empty = [facet for facet in empty if archive[facet]]
        found = answer.aggregations["found"]["doc_count"]
        if empty and every:
            whole = self.asked(query, {"size": 0, "aggs": {"found": {"filter": EVERY}, **_of_facets(empty)}})
            _unchanged(answer.state, whole.state)
            found = whole.aggregations["found"]["doc_count"]
            if found:
                return {facet: dict.fromkeys(_values(whole.aggregations[facet]), 0) for facet in empty}
        return {} if found else {facet: dict.fromkeys(archive[facet], 0) for facet in empty}

    def _of_archive(self, state: SeenState) -> Counts:
        """The values that the articles of a state have."""
        generation, held = self._values
        if generation != state.generation:
            with understood():
                answer = self.index.search({"size": 0, "aggs": _of_facets(FACETS)})
            _unchanged(state, answer.state)
            held = {facet: _values(answer.aggregations[facet]) for facet in FACETS}
            self._values = state.generation, held
        return held


class _Changed(Exception):
    """The index changed between two requests of one answer."""


def _unchanged(before: SeenState, now: SeenState) -> None:
    try:
        same_state(before, now)
    except SearchUnavailable as error:
        raise _Changed from error


def _tallies(question: Question, every: Sequence[Condition]) -> dict[str, Any]:
    """What is counted: the total with its days, and each facet under the conditions that are not its own."""
    days = {"days": {"terms": {"field": "day", "missing": 0, "size": DAYS}}} if question.by_day else {}
    tallies: dict[str, Any] = {"found": {"filter": all_of_them(every), "aggs": days}}
    if question.by_facet:
        for number, (chosen, facets) in enumerate(_groups(every)):
            tallies[f"facets{number}"] = {"filter": all_of_them(chosen), "aggs": _of_facets(facets)}
        for facet in FACETS:
            if any(facet in one.own and one.without for one in every):
                under = all_of_them(others(facet, every))
                tallies[f"excluded-{facet}"] = {"filter": under, "aggs": _of_facets([facet])}
        for number, union in enumerate(question.unions):
            tallies[f"union{number}"] = {"filter": _united(question, every, union)}
    return tallies


def _united(question: Question, every: Sequence[Condition], union: ValueUnion) -> Dsl:
    """What has any value of a union, under the conditions of its facet: without its exclusions if all are excluded."""
    left_out = {facet: frozenset(values) for facet, values in question.excluded}
    is_out = left_out.get(union.facet, frozenset()).issuperset(union.values)
    under = (others if is_out else counted_under)(union.facet, every)
    return {"bool": {"filter": [all_of_them(under), having_any(union.facet, union.values)]}}


def _unions(question: Question, answer: StatedAnswer) -> dict[str, int]:
    told = answer.aggregations
    return {union.name: int(told[f"union{n}"]["doc_count"]) for n, union in enumerate(question.unions)}


def _groups(every: Sequence[Condition]) -> list[tuple[list[Condition], list[str]]]:
    """The facets that are counted under the same conditions, with these."""
    groups: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
    for facet in FACETS:
        groups[tuple(every.index(one) for one in counted_under(facet, every))].append(facet)
    return [([every[number] for number in numbers], facets) for numbers, facets in groups.items()]


def _of_facets(facets: Sequence[str]) -> dict[str, Any]:
    return {facet: {"terms": {"field": facet, "size": VALUES}} for facet in facets}


def _values(told: Mapping[str, Any]) -> dict[str, int]:
    """The values of a facet, exactly counted or not at all."""
    if told["sum_other_doc_count"] or told["doc_count_error_upper_bound"]:
        raise SearchUnavailable("a facet has more values than can be counted exactly")
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in told["buckets"]}


def _days(found: Mapping[str, Any]) -> dict[int, int]:
    return {int(day): count for day, count in sorted((int(day), n) for day, n in _values(found["days"]).items())}


def _time(question: Question) -> str:
    return _TIMES.get(question.order, "newest")


def _ordered(question: Question) -> dict[str, Any]:
    """The order, scores told in each; what goes before time is the score, or the place of the source."""
    before: list[Any] = []
    if question.order == "relevance":
        before = [{"_score": "desc"}]
    elif question.order == "source":
        places = {"places": {slug: n for n, slug in enumerate(question.sources)}, "last": len(question.sources)}
        script = {"source": _SOURCE_PLACE, "params": places}
        before = [{"_script": {"type": "number", "order": "asc", "script": script}}]
    return {"sort": [*before, {_time(question): "desc"}], "track_scores": True}


def _narrowed(question: Question, every: Sequence[Condition]) -> dict[str, Any]:
    """What narrows the slice and not what is counted beside it."""
    behind = [] if question.beyond is None else [{"range": {_time(question): {"lt": question.beyond}}}]
    return {"post_filter": {"bool": {"filter": [all_of_them(every), *behind]}}}

"""What is counted of a result set beside its facets: pairs of values, places of words, what a part is worth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from search.engine.asking.queries import (
    AnyPart,
    BeginningQuery,
    BestPart,
    ConstantQuery,
    EveryPart,
    IndexQuery,
    NearQuery,
    RankedQuery,
    TermQuery,
)
from search.engine.asking.terms import FIELDS
from search.engine.opensearch.answering import ATTEMPTS, DAYS, AskedIndex
from search.engine.opensearch.client import OpenSearchRefusal
from search.engine.opensearch.definition import PAIRED
from search.engine.opensearch.documents import pair_of
from search.engine.opensearch.dsl import SCORED, Dsl, dsl, has_beginning
from search.engine.opensearch.index import SeenState, StatedAnswer, understood
from search.engine.protocol import Question, SearchUnavailable, Together, Usage, ValuePair
from search.tree import Node

_TIMES_FOUND: Final = "double s = _score.doubleValue(); return Math.round(s / (1 - s))"  # a score is n / (n + 1)

_SURE: Final = 2_000  # places in one article up to which such a score, of 24 bits, tells their number
_MOST_WORDS: Final = 1_024  # of one beginning, as many as a cluster takes unless it is told otherwise
_TOO_MANY: Final = ("too_many", "illegal_state")  # what it says where there are more
_RUN: Final = "all_of"  # words one behind the other; with words of other lengths, places may overlap


def together(asked: AskedIndex, question: Question, facets: Sequence[str], most: int) -> Together:
    """The `most` frequent pairs of values of these facets, of which every one is among `PAIRED`."""
    if not set(facets) <= set(PAIRED):
        raise ValueError(f"values of {', '.join(set(facets) - set(PAIRED))} are not counted in pairs")
    days = {"first": {"min": {"field": "day"}}, "last": {"max": {"field": "day"}}}
    for _attempt in range(ATTEMPTS):
        before = asked.index.state()
        state, found = asked.matching(question)
        with understood():
            pairs = [pair for bucket in asked.index.buckets(found, "pairs", days) if (pair := _pair(bucket, facets))]
        if before == asked.index.state() and state in (None, before):
            pairs.sort(key=lambda pair: (-pair.count, *_placed(pair, facets)))
            return Together(tuple(pairs[:most]), len(pairs), before.generation)
        asked.terms.forget()
    raise SearchUnavailable("the index changes faster than it is asked")


def _pair(bucket: Mapping[str, Any], facets: Sequence[str]) -> ValuePair | None:
    """A counted pair in the order of the facets, None where it is of another one."""
    one, other = pair_of(bucket["key"]["value"])
    if one[0] not in facets or other[0] not in facets:
        return None
    if facets.index(one[0]) > facets.index(other[0]):
        one, other = other, one
    first, last = (int(bucket[name]["value"] or 0) for name in ("first", "last"))
    return ValuePair(one, other, int(bucket["doc_count"]), first, last)


def _placed(pair: ValuePair, facets: Sequence[str]) -> list[tuple[int, str]]:
    """Where a pair stands among those of equal count: by the facets as they were asked for, then by values."""
    return [(facets.index(facet), value) for facet, value in (pair.one, pair.other)]


def weigh(asked: AskedIndex, trees: Sequence[Node], identifier: str, names: bool) -> list[float]:
    """What each tree, asked alone, adds to the score of one article."""
    for _attempt in range(ATTEMPTS):
        state, queries = asked.terms.compiled(trees, names)
        named = [{"bool": {"must": [dsl(query, SCORED)], "_name": str(n)}} for n, query in enumerate(queries)]
        one = [{"ids": {"values": [identifier]}}]
        body = {"size": 1, "query": {"bool": {"filter": one, "should": named}}}
        with understood():
            answer = asked.index.search(body, "&include_named_queries_score=true")
        if state in (None, answer.state):
            scores = answer.hits[0].get("matched_queries", {}) if answer.hits else {}
            return [float(scores.get(str(number), 0.0)) for number in range(len(trees))]
        asked.terms.forget()
    raise SearchUnavailable("the index changes faster than it is asked")


def usage(asked: AskedIndex, question: Question) -> Usage:
    """Articles exactly; places as the cluster counts them: exactly those of single words, about those of several.

    About, too, where words count in some articles only: those of a part of `قطر OR (ایران AND صلح)` with all of it.
    Where too many words begin alike an article counts as one place.
    Words are those of titles and texts in all their forms.
    """
    for _attempt in range(ATTEMPTS):
        state, query = asked.understood(question)
        used, seen = _usage(asked, question, query)
        if len({state, *seen} - {None}) == 1:
            return used
        asked.terms.forget()
    raise SearchUnavailable("the index changes faster than it is asked")


def _usage(asked: AskedIndex, question: Question, query: IndexQuery) -> tuple[Usage, set[SeenState]]:
    """The tallies, and the states that they are of."""
    _state, found = asked.matching(question)
    with understood():
        words = _by_day(asked, found, {"sum": {"field": "words"}})
        articles = {day: count for day, count, _sum in _tallied(words)}
        tallies = {day: total for day, _count, total in _tallied(words)}
        try:
            places, is_exact, seen = _all_places(asked, query, found)
        except OpenSearchRefusal as error:
            if not has_beginning(query) or not any(kind in error.kind for kind in _TOO_MANY):
                raise
            places, is_exact, seen = Counter(articles), False, set()
    held = {day: max(0, places[day]) for day in articles}
    return Usage(articles, held, tallies, is_exact), {words.state, *seen}


def _all_places(asked: AskedIndex, query: IndexQuery, found: Dsl) -> tuple[Counter[int], bool, set[SeenState]]:
    """Places of every day, whether exactly, and the states that they are of."""
    places: Counter[int] = Counter()
    seen: set[SeenState] = set()
    is_exact = True
    for name in FIELDS:
        rules = list(_places(query, name))
        is_exact &= not any(_RUN in rule for rule in rules) and not _is_narrowed(query, name)
        for sign, rule in ((1, _any(rules)), (-1, _touching(rules))) if rules else ():
            counted = {"bool": {"must": [{"intervals": {f"{name}_norm": rule}}], "filter": [found]}}
            script = {"script": {"source": _TIMES_FOUND}}
            answer = _by_day(asked, counted, {"sum": script}, most={"max": script})
            is_exact &= (answer.aggregations["most"]["value"] or 0) <= _SURE
            seen.add(answer.state)
            for day, _count, total in _tallied(answer):
                places[day] += sign * total
    return places, is_exact, seen


def _by_day(asked: AskedIndex, query: Dsl, total: Dsl, **more: Dsl) -> StatedAnswer:
    days = {"terms": {"field": "day", "missing": 0, "size": DAYS}, "aggs": {"total": total}}
    return asked.index.search({"size": 0, "query": query, "aggs": {"days": days, **more}}, heavy=True)


def _tallied(answer: StatedAnswer) -> Iterator[tuple[int, int, int]]:
    """Day, articles and sum."""
    for bucket in answer.aggregations["days"]["buckets"]:
        yield int(bucket["key"]), int(bucket["doc_count"]), round(bucket["total"]["value"])


# Places


def _places(query: IndexQuery, name: str) -> Iterator[Dsl]:
    """Where what is wanted stands in a text; what only ranks or is unwanted has no place."""
    match query:
        case TermQuery(field) | BeginningQuery(field) if field.startswith(f"{name}_"):
            yield _rule(query)
        case NearQuery():
            if next(_fields(query)).startswith(f"{name}_"):
                yield _rule(query)
        case RankedQuery(whole):
            yield from _places(whole, name)
        case ConstantQuery(part):
            yield from _places(part, name)
        case EveryPart(parts) | AnyPart(parts) | BestPart(parts):
            for part in parts:
                yield from _places(part, name)


def _is_narrowed(query: IndexQuery, name: str, *, is_choice: bool = False) -> bool:
    """Whether there are words that count only where others are found, too: all of several as one of several choices."""
    match query:
        case RankedQuery(part) | ConstantQuery(part):
            return _is_narrowed(part, name, is_choice=is_choice)
        case AnyPart(parts) | BestPart(parts):
            return any(_is_narrowed(part, name, is_choice=True) for part in parts)
        case EveryPart(parts):
            if is_choice:
                return any(True for _rule in _places(query, name))
            return any(_is_narrowed(part, name) for part in parts)
    return False


def _fields(query: IndexQuery) -> Iterator[str]:
    match query:
        case TermQuery(field):
            yield field
        case NearQuery(left, right):
            yield from _fields(left)
            yield from _fields(right)


def _rule(query: IndexQuery) -> Dsl:
    match query:
        case TermQuery(field, text):
            return {"match": {"query": text, "analyzer": "keyword", "use_field": field}}
        case BeginningQuery(field, text):
            beginning = re.sub(r"([*?\\])", r"\\\1", text)
            any_word = {"pattern": f"{beginning}*", "analyzer": "keyword", "max_expansions": _MOST_WORDS}
            return {"wildcard": {**any_word, "use_field": field}}
        case NearQuery(left, right, slop):
            return {_RUN: {"intervals": [_rule(left), _rule(right)], "ordered": True, "max_gaps": slop - 1}}
    raise TypeError(f"{type(query).__name__} has no place in a text")


def _any(rules: Sequence[Dsl]) -> Dsl:
    return {"any_of": {"intervals": list(rules)}}


def _touching(rules: Sequence[Dsl]) -> Dsl:
    """Two places one right behind the other, which are one."""
    return {_RUN: {"intervals": [_any(rules), _any(rules)], "ordered": True, "max_gaps": 0}}

"""Queries of the index in the words of OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from search.engine.asking.queries import (
    AnyPart,
    BeginningQuery,
    BestPart,
    ConstantQuery,
    DaysQuery,
    EveryPart,
    EveryQuery,
    IndexQuery,
    NearQuery,
    RankedQuery,
    TermQuery,
    Unwanted,
    terms_near,
)

SCORED: Final = "scoring_boolean"  # every word of a beginning counts for itself; fails where there are very many
ALIKE: Final = "constant_score"
Dsl = dict[str, Any]
EVERY: Final[Dsl] = {"match_all": {}}


def dsl(query: IndexQuery, beginnings: str = SCORED) -> Dsl:
    """The same question; `beginnings` says how the words of a beginning count."""
    match query:
        case TermQuery(field, text, weight):
            return {"term": {field: {"value": text, "boost": weight}}}
        case BeginningQuery(field, text, weight):
            return {"prefix": {field: {"value": text, "boost": weight, "rewrite": beginnings}}}
        case NearQuery():
            return {"bool": {"must": [dsl(term) for term in terms_near(query)], "filter": [_in_order(query)]}}
        case EveryPart(parts):
            wanted = [dsl(part, beginnings) for part in parts if not isinstance(part, Unwanted)]
            unwanted = [dsl(part.query, beginnings) for part in parts if isinstance(part, Unwanted)]
            return {"bool": {"must": wanted or [EVERY], "must_not": unwanted}}
        case AnyPart(parts):
            return {"bool": {"should": [dsl(part, beginnings) for part in parts], "minimum_should_match": 1}}
        case BestPart(parts):
            return {"dis_max": {"queries": [dsl(part, beginnings) for part in parts]}}
        case RankedQuery(whole, welcome):
            return {"bool": {"must": [dsl(whole, beginnings)], "should": [dsl(welcome, beginnings)]}}
        case Unwanted(unwanted_query):
            return {"bool": {"must": [EVERY], "must_not": [dsl(unwanted_query, beginnings)]}}
        case ConstantQuery(part, score):
            return {"constant_score": {"filter": dsl(part, ALIKE), "boost": score}}
        case DaysQuery(low, high):
            return {"range": {"day": {"gte": low, "lte": high}}}
        case EveryQuery():
            return EVERY
    return {"match_none": {}}


def has_beginning(query: IndexQuery) -> bool:
    return any(isinstance(part, BeginningQuery) for part in every_part(query))


def every_part(query: IndexQuery) -> Iterator[IndexQuery]:
    """The query and all within it, but for the insides of words near one another."""
    yield query
    match query:
        case EveryPart(parts) | AnyPart(parts) | BestPart(parts):
            within: tuple[IndexQuery, ...] = parts
        case RankedQuery(whole, welcome):
            within = whole, welcome
        case Unwanted(part) | ConstantQuery(part):
            within = (part,)
        case _:
            within = ()
    for part in within:
        yield from every_part(part)


def _in_order(query: NearQuery) -> Dsl:
    """The places of words near one another; as a phrase, which is quicker, where it is one of one field."""
    terms = list(terms_near(query))
    fields = {term.field for term in terms}
    if len(fields) == 1 and _is_row(query):
        return {"match_phrase": {terms[0].field: {"query": " ".join(term.text for term in terms)}}}
    return _spans(query, terms[0].field)


def _is_row(query: IndexQuery) -> bool:
    """Whether each word stands right behind the one before."""
    match query:
        case NearQuery(left, right, slop):
            return slop == 1 and _is_row(left) and _is_row(right)
    return True


def _spans(query: IndexQuery, field: str) -> Dsl:
    """The same as spans, those of other layers taken for ones of `field`, which have the same positions."""
    match query:
        case NearQuery(left, right, slop):
            clauses = [_spans(left, field), _spans(right, field)]
            return {"span_near": {"clauses": clauses, "slop": slop - 1, "in_order": True}}
        case TermQuery(own, text):
            span: Dsl = {"span_term": {own: text}}
            return span if own == field else {"field_masking_span": {"query": span, "field": field}}
    raise TypeError(f"{type(query).__name__} has no place in a text")

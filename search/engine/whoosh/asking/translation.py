"""Queries of the index as Whoosh's: data here, whose meaning `evaluating` works out."""

from __future__ import annotations

from whoosh import query as q
from whoosh.query import Query
from whoosh.query.spans import SpanNear

from search.engine.asking.compiler import compiled
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
)
from search.engine.asking.terms import IndexTerms
from search.tree import Node


def compile_tree(tree: Node, terms: IndexTerms, *, names: bool = True) -> Query:
    """The Whoosh query of a tree whose fields are resolved (see `search.question.expansion`)."""
    return translated(compiled(tree, terms, names=names))


def translated(query: IndexQuery) -> Query:
    match query:
        case TermQuery(field, text, weight):
            return q.Term(field, text, boost=weight)
        case BeginningQuery(field, text, weight):
            return q.Prefix(field, text, boost=weight)
        case NearQuery(left, right, slop):
            return SpanNear(translated(left), translated(right), slop=slop)
        case EveryPart(parts):
            return q.And([translated(part) for part in parts])
        case AnyPart(parts):
            return q.Or([translated(part) for part in parts])
        case BestPart(parts):
            return q.DisjunctionMax([translated(part) for part in parts])
        case RankedQuery(whole, welcome):
            return q.AndMaybe(translated(whole), translated(welcome))
        case Unwanted(unwanted):
            return q.Not(translated(unwanted))
        case ConstantQuery(part, score):
            return q.ConstantScoreQuery(translated(part), score)
        case DaysQuery(low, high):
            return q.NumericRange("day", low, high)
        case EveryQuery():
            return q.Every()
    return q.NullQuery

"""What each part of a question adds to the score of one article."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.query import Query
from whoosh.searching import Searcher

from search.backends.compiler import compile_tree
from search.backends.snapshot import Snapshot
from search.query import Node


def weigh(snapshot: Snapshot, trees: Sequence[Node], identifier: str, names: bool) -> list[float]:
    """The score of each tree, asked alone, on one article; 0.0 where it does not answer or is not indexed.

    Looks at one document, however many answer. Only a tree's own words are scored: what ranks across parts (a word
    written as one with the next) is left out, so that the scores need not add up to that of the whole question.
    """
    number = snapshot.searcher.document_number(identifier=identifier)
    if number is None:
        return [0.0] * len(trees)
    return [_score(snapshot.searcher, compile_tree(tree, snapshot.reader, names=names), number) for tree in trees]


def _score(searcher: Searcher, query: Query, number: int) -> float:
    for leaf, offset in searcher.leaf_searchers():
        if not offset <= number < offset + leaf.doc_count_all():
            continue
        matcher = query.matcher(leaf, searcher.context(top_query=query))
        if matcher.is_active() and matcher.id() < number - offset:
            matcher.skip_to(number - offset)
        if matcher.is_active() and matcher.id() == number - offset:
            return float(matcher.score())
    return 0.0

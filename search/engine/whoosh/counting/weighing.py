"""What each part of a question adds to the score of one article."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.engine.whoosh.asking.translation import compile_tree
from search.engine.whoosh.evaluating.evaluator import Evaluator
from search.engine.whoosh.snapshot import Snapshot
from search.tree import Node


def weigh(snapshot: Snapshot, trees: Sequence[Node], identifier: str, names: bool) -> list[float]:
    """The score of each tree, asked alone, on one article; 0.0 where it does not answer or is not indexed.

    Asks only the segment of the article. Only a tree's own words are scored: what ranks across parts (a word written
    as one with the next) is left out, so that the scores need not add up to that of the whole question.
    """
    place = snapshot.place(identifier)
    if place is None:
        return [0.0] * len(trees)
    segment, number = place
    scores = []
    for tree in trees:
        query = compile_tree(tree, snapshot.reader, names=names)
        found = Evaluator(segment, snapshot.scoring).matches(query)
        at = int(np.searchsorted(found.ids, number))
        is_found = at < len(found.ids) and found.ids[at] == number
        scores.append(float(found.scores[at]) if is_found else 0.0)
    return scores

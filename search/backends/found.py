"""What a question finds, as document numbers of each segment: for answers that count more than facets do."""

from __future__ import annotations

from search.backends.compiler import compile_tree
from search.backends.narrowing import narrowed, narrowings
from search.backends.snapshot import Snapshot
from search.backends.vectors_matches import Numbers
from search.engine import Question


def found(snapshot: Snapshot, question: Question) -> list[Numbers]:
    """The documents that answer the question and all that narrows it, in rising order, segment by segment."""
    matches = snapshot.matches(compile_tree(question.tree, snapshot.reader, names=question.names))
    return [
        narrowed(matched, narrowings(segment, question)).ids
        for segment, matched in zip(snapshot.segments, matches, strict=True)
    ]

"""What a question finds, as document numbers of each segment: for answers that count more than facets do."""

from __future__ import annotations

from search.engine.protocol import Question
from search.engine.whoosh.counting.counts import find
from search.engine.whoosh.evaluating.matches import Numbers
from search.engine.whoosh.snapshot import Snapshot


def found(snapshot: Snapshot, question: Question) -> list[Numbers]:
    """The documents that answer the question and all that narrows it, in rising order, segment by segment.

    Remembered with the facets of the question, which its page of results asked for a moment ago.
    """
    return [matches.ids for matches in find(snapshot, question).matches]

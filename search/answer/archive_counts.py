"""How many articles of the whole archive have each facet value: what the counts of a result set are compared with."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from search.engine import engine
from search.engine.protocol import Answer, Question

Counts = Mapping[str, Mapping[str, int]]

_lock = threading.Lock()
_held: tuple[str, Counts] | None = None


def archive_counts(generation: str) -> Counts:
    """The counts of the archive by facet and value, asked once for each generation of the index.

    A commit that comes between a question and this one may make a count of the archive newer than that of the
    question, for one page.
    """
    global _held
    with _lock:
        if _held is None or _held[0] != generation:
            answer: Answer = engine().search(Question(size=1))
            _held = (answer.generation, answer.counts)
        return _held[1]

"""Diwan as readers ask it: the question is typed text, read, given the other names of what it names, and stemmed.

A word here asks its folded form, its stems, its parts and joins, other names of a place and names that sound like it,
in headline and text; so more is found, and several times the postings are read. No other engine does this.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.engines import Found
from benchmarks.engines.diwan_engine import Diwan, _backend, ask_anew, found
from benchmarks.queries import Query
from benchmarks.work import TOP, Work


class Readers(Diwan):
    def open(self, folder: Path) -> None:
        self.backend = _backend(folder)
        ask_anew()
        self.backend.generation()

    def ask(self, query: Query) -> Found:
        from archive.authorities.directory import directory
        from search.engine.protocol import Question
        from search.question.understanding import understand
        from search.request import SearchRequest

        self.backend.snapshot().cache.forget()
        tree = understand(SearchRequest(q=_typed(query)), directory()).tree
        filters = tuple((facet, tuple(values)) for facet, values in query.facets.items())
        question = Question(tree, filters, "newest" if query.is_browsing else "relevance", 0, TOP)
        return found(self.backend.search(question))


def _typed(query: Query) -> str:
    days = f"date:{query.days[0]}..{query.days[1]}" if query.days else ""
    text = query.text
    if days and " OR " in text:
        text = f"({text})"
    return f"{text} {days}".strip()


def make(work: Work) -> Any:
    return Readers(work)

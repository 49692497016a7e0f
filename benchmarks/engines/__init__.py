"""Engines that are measured, each behind the same three words: build, open, ask.

Every engine gets the same folded words and facet identifiers and answers the same questions: the best 20 articles by
its own ranking (the newest 20 where there are no words), the exact total, and the exact counts of the 20 most frequent
values of six facets. A module may be run by another Python than ours, so each imports its own library alone.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from benchmarks.queries import Query
from benchmarks.work import Work

NAMES = ("diwan", "readers", "tantivy", "xapian", "postgresql", "fts5", "whoosh", "haystack")
TITLES = {
    "diwan": "Diwan",
    "readers": "Diwan, as readers ask",
    "tantivy": "Tantivy",
    "xapian": "Xapian",
    "postgresql": "PostgreSQL",
    "fts5": "SQLite FTS5",
    "whoosh": "Whoosh's searcher",
    "haystack": "stock Haystack + Whoosh",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The total, the identifiers of the best 20, and by facet how many articles have each of its 20 main values."""

    total: int
    best: list[str]
    counts: dict[str, dict[str, int]]


class Engine(Protocol):
    def version(self) -> str: ...

    def build(self, articles: Iterable[dict[str, Any]], folder: Path) -> None:
        """Index articles as `enlarge.neutral` gives them into an empty folder."""

    def open(self, folder: Path) -> None: ...

    def ask(self, query: Query) -> Found: ...

    def close(self) -> None: ...


def engine(name: str, work: Work) -> Engine:
    module = importlib.import_module(f"benchmarks.engines.{name}_engine")
    made: Engine = module.make(work)
    return made


def links(query: Query) -> tuple[str, str]:
    """The facet and the value of the record that a name stands for, empty when there is none."""
    facet, _colon, value = query.record.partition(":")
    return facet, value

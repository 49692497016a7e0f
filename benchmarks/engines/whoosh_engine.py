"""Whoosh's own searcher on Diwan's index: its matchers, collectors and facets, and nothing of our execution.

Of a text its files hold the folded words and not where they stand, so that of a phrase it is asked the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.engines import Found
from benchmarks.engines.diwan_engine import whoosh_query
from benchmarks.queries import Query
from benchmarks.work import FACETS, TOP, Work, set_up


class Whoosh:
    index = "diwan"

    def __init__(self, work: Work) -> None:
        set_up(work.state)

    def version(self) -> str:
        import whoosh

        return f"Whoosh {'.'.join(map(str, whoosh.__version__))}"

    def open(self, folder: Path) -> None:
        from whoosh.index import open_dir

        as_shipped()
        self.searcher = open_dir(str((folder / "current").resolve())).searcher()

    def ask(self, query: Query) -> Found:
        from whoosh import query as q
        from whoosh.sorting import Count, FieldFacet

        made = q.Every() if query.is_browsing and not query.days else whoosh_query(query, _phrase)
        filters = [q.Or([q.Term(facet, value) for value in values]) for facet, values in query.facets.items()]
        results = self.searcher.search(
            made,
            limit=TOP,
            filter=q.And(filters) if filters else None,
            groupedby={facet: FieldFacet(facet, allow_overlap=True, maptype=Count) for facet in FACETS},
            **({"sortedby": FieldFacet("day", reverse=True)} if query.is_browsing else {}),
        )
        counts: dict[str, dict[str, int]] = {}
        for facet in FACETS:
            held = {value: count for value, count in results.groups(facet).items() if value is not None}
            counts[facet] = dict(sorted(held.items(), key=lambda item: -item[1])[:TOP])
        return Found(len(results), [hit["identifier"] for hit in results], counts)

    def close(self) -> None:
        pass


def _phrase(field: str, words: Sequence[str]) -> Any:
    from whoosh import query as q

    return q.And([q.Term(field, word) for word in words]) if len(words) > 1 else q.Term(field, words[0])


def as_shipped() -> None:
    """Have Whoosh open segments in its own way in this process; our backend, when it is loaded, changes that."""
    from whoosh.codec import base
    from whoosh.filedb.compound import CompoundStorage

    base.CompoundStorage = CompoundStorage


def make(work: Work) -> Any:
    return Whoosh(work)

"""Diwan's engine on its whole index: the words of the question looked up as they are, as every other engine does it.

The index is the one that is served: eight streams of a headline and a text, of which these questions need the two of
folded words, and two segments, as two processes build them. Facets are counted as pages need them, each under the
choices of the others. Finding, scoring, counting and ordering are those of every search; only the step that turns a
reader's word into its forms is left out (`readers_engine` has it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.archive import Kept, entry_of
from benchmarks.engines import Found, links
from benchmarks.enlarge import Enlarged
from benchmarks.queries import Query
from benchmarks.work import FACETS, TOP, Work, set_up

FIELDS = ("title_norm", "text_norm")
SEGMENTS = 2


@dataclass(frozen=True, slots=True)
class Given:
    """A tree that is a query of Whoosh already."""

    query: Any


class Diwan:
    index = "diwan"

    def __init__(self, work: Work) -> None:
        set_up(work.state)

    def version(self) -> str:
        import numpy
        import whoosh

        return f"Diwan on Whoosh {'.'.join(map(str, whoosh.__version__))}, NumPy {numpy.__version__}"

    def articles(self, work: Work, size: int) -> Iterable[dict[str, Any]]:
        return Enlarged(Kept(work.articles), size)

    def build(self, articles: Iterable[dict[str, Any]], folder: Path) -> None:
        """What a rebuild does, with articles from the work folder in place of the database, in one process."""
        from search.documents.entries import batches

        backend = _backend(folder)
        with backend.writing() as writer, writer.build() as build:
            parts = [backend.part(build.place) for _ in range(SEGMENTS)]
            with parts[0], parts[1]:
                for number, batch in enumerate(batches(map(entry_of, articles))):
                    parts[number % SEGMENTS].add(batch)
                for part in parts:
                    build.take(part.finish())

    def open(self, folder: Path) -> None:
        from search.engine.whoosh.counting import counts as counting

        self.backend = _backend(folder)
        compiled = counting.compile_tree
        counting.compile_tree = lambda tree, *given, **named: (
            tree.query if isinstance(tree, Given) else compiled(tree, *given, **named)
        )
        ask_anew()
        self.backend.generation()

    def ask(self, query: Query) -> Found:
        self.backend.snapshot().cache.forget()  # answers are not to be remembered here
        return found(self.backend.search(self._question(query)))

    def _question(self, query: Query) -> Any:
        from search.engine.protocol import Question
        from search.tree import All

        tree = All() if query.is_browsing and not query.days else Given(whoosh_query(query))
        filters = tuple((facet, tuple(values)) for facet, values in query.facets.items())
        return Question(tree, filters, "newest" if query.is_browsing else "relevance", 0, TOP)

    def close(self) -> None:
        pass


def ask_anew() -> None:
    """Have every question worked out, also one that was asked before, of which the engine keeps what it found."""
    from search.engine.whoosh.counting import counts as counting
    from search.engine.whoosh.counting import execution

    execution.find = counting._find


def found(answer: Any) -> Found:
    """The 20 main values of the counted ones; a page shows them all."""
    counts = {facet: dict(sorted(answer.counts[facet].items(), key=lambda item: -item[1])[:TOP]) for facet in FACETS}
    return Found(answer.total, [identifier for identifier, _score in answer.found], counts)


def _backend(folder: Path) -> Any:
    from search.engine.whoosh.backend import DiwanWhooshBackend

    return DiwanWhooshBackend("default", PATH=str(folder))


def near(field: str, words: Sequence[str]) -> Any:
    """A phrase as our compiler makes it."""
    from search.engine.asking.combining import chain
    from search.engine.asking.queries import TermQuery
    from search.engine.whoosh.asking.translation import translated

    return translated(chain([TermQuery(field, word) for word in words], 0))


def whoosh_query(query: Query, as_phrase: Callable[[str, Sequence[str]], Any] = near) -> Any:
    """The words of a question in headline or text, as Whoosh's own kinds of query."""
    from whoosh import query as q

    parts = [_either(q.Term, word) for word in query.all]
    if query.any:
        parts.append(q.Or([q.Term(field, word) for field in FIELDS for word in query.any]))
    if query.phrase:
        linked = [q.ConstantScoreQuery(q.Term(*links(query)), 1.0)] if query.record else []
        phrase = (as_phrase(field, query.phrase) for field in FIELDS)
        parts.append(q.Or([*linked, *phrase]))
    if query.prefix:
        parts.append(_either(q.Prefix, query.prefix))
    if query.ordinals:
        parts.append(q.ConstantScoreQuery(q.NumericRange("day", *query.ordinals), 1.0))
    return q.And(parts) if len(parts) > 1 else parts[0]


def _either(kind: Any, given: Any) -> Any:
    from whoosh import query as q

    return q.Or([kind(field, given) for field in FIELDS])


def make(work: Work) -> Diwan:
    return Diwan(work)

"""The throw-away index of one set, in a folder of its own, built and asked as the archive builds and asks its index."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from search.documents.entries import IndexEntry, batches
from search.engine.protocol import Engine, Question, SearchUnavailable
from search.engine.whoosh.backend import DiwanWhooshBackend
from search.tree import Node
from tools.evaluation.articles import WORKERS, index_entries
from tools.evaluation.sets import RetrievalSet


class PassageIndex:
    """An index of passages alone, in `folder`, which the caller removes."""

    def __init__(self, folder: Path) -> None:
        self.engine: Engine = DiwanWhooshBackend("default", PATH=str(folder))

    def fill(self, entries: Iterable[IndexEntry]) -> int:
        """Index articles; gives their number."""
        with self.engine.writing() as writer, writer.build() as build, self.engine.part(build.place) as part:
            for batch in batches(entries):
                part.add(batch)
            build.take(part.finish())
        return self.engine.state().articles

    def fill_with(self, held: RetrievalSet, workers: int = WORKERS) -> int:
        """Index the documents of a set, unless this folder holds an index that the present code made."""
        try:
            return self.engine.state().articles
        except SearchUnavailable:
            return self.fill(index_entries(held.passages(), workers))

    def ask(self, tree: Node, size: int, *, names: bool = True) -> list[str]:
        """The identifiers of the best `size` answers, best first; without `names` places have one name each."""
        answer = self.engine.search(Question(tree, size=size, names=names))
        return [identifier for identifier, _score in answer.found]

"""The throw-away index of one set, in a folder of its own, built and asked by the search engine of the archive."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from search.engine.protocol import Question, SearchUnavailable
from search.engine.whoosh.backend import DiwanWhooshBackend
from search.tree import Node
from tools.evaluation.articles import WORKERS, index_documents
from tools.evaluation.sets import RetrievalSet


class _Prepared:
    """Stands for the Haystack index: its documents are prepared already."""

    def full_prepare(self, fields: dict[str, Any]) -> dict[str, Any]:
        return fields


class Shelf:
    """An index of passages alone, in `folder`, which the caller removes."""

    def __init__(self, folder: Path) -> None:
        self.backend = DiwanWhooshBackend("default", PATH=str(folder))

    def fill(self, documents: Iterable[dict[str, Any]]) -> int:
        """Index prepared documents; gives their number."""
        return self.backend.rebuild(_Prepared(), documents)

    def fill_with(self, held: RetrievalSet, workers: int = WORKERS) -> int:
        """Index the documents of a set, unless this folder holds an index that the present code made."""
        try:
            self.backend.generation()
        except SearchUnavailable:
            return self.fill(index_documents(held.passages(), workers))
        return self.backend.search(Question(size=0)).archive_total

    def ask(self, tree: Node, size: int, *, names: bool = True) -> list[str]:
        """The identifiers of the best `size` answers, best first; without `names` places have one name each."""
        answer = self.backend.search(Question(tree, size=size, names=names))
        return [identifier for identifier, _score in answer.found]

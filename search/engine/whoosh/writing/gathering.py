"""Postings being gathered for a segment: by field and term in memory, spilled in sorted runs when they grow too large.

Whoosh's own pool keeps one tuple a posting and sorts them all at the end. Here a term keeps its columns (document
numbers, weights, values), which arrive in rising order, so that only terms are ever sorted: O(terms log terms) for a
segment instead of O(postings log postings), and about 20 bytes a posting instead of 200.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

POSTING_BYTES = 16  # a document number, a weight and a reference to the value
OBJECT_BYTES = 33  # a value that is not shared
TERM_BYTES = 400  # three columns and a place in the dictionary

Term = str | bytes  # of one kind within a field; UTF-8 keeps the order of letters


class Columns(NamedTuple):
    """The postings of one term: document numbers in rising order, and for each its weight and encoded value."""

    documents: array[int]
    weights: array[float]
    values: list[bytes]

    def take(self, others: Columns) -> None:
        """Add postings that stand after these."""
        self.documents.extend(others.documents)
        self.weights.extend(others.weights)
        self.values.extend(others.values)


class Postings:
    """Terms of many fields; `limit` is in bytes, estimated, and `folder` takes the runs."""

    def __init__(self, folder: Path, name: str, limit: int) -> None:
        self.folder = folder
        self.name = name
        self.limit = limit
        self.size = 0
        self.runs: list[Path] = []
        self._fields: dict[str, dict[Any, Columns]] = {}

    def add(self, field: str, document: int, postings: Iterable[tuple[Term, float, bytes]]) -> None:
        """Add the terms of one field of one document: `(term, weight, value)`."""
        terms = self._fields.setdefault(field, {})
        find = terms.get
        size = 0
        for term, weight, value in postings:
            columns = find(term)
            if columns is None:
                columns = self._learn(terms, term)
            columns[0].append(document)
            columns[1].append(weight)
            columns[2].append(value)
            if weight > 1:
                size += len(value) + OBJECT_BYTES
            size += POSTING_BYTES
        self.size += size

    def extend(self, field: str, term: Term, columns: Columns) -> None:
        """Add postings of one term of another segment, which stand after those that are held."""
        if not columns.values:
            return
        terms = self._fields.setdefault(field, {})
        held = terms.get(term) or self._learn(terms, term)
        held.take(columns)
        self.size += len(columns.values) * (POSTING_BYTES + OBJECT_BYTES)

    def spill_if_full(self) -> None:
        """Call between documents."""
        if self.size > self.limit:
            self._spill()

    def in_order(self) -> Iterator[tuple[str, bytes, Columns]]:
        """Every term, encoded, with its postings, by field and term; empties the pool."""
        if not self.runs:
            yield from self._held()
            return
        self._spill()
        ordered = merge(*map(_read, self.runs), key=itemgetter(0, 1))
        for (field, term), parts in groupby(ordered, key=itemgetter(0, 1)):
            yield field, term, _joined(part[2] for part in parts)

    def remove(self) -> None:
        """Remove the runs from disk."""
        for path in self.runs:
            path.unlink(missing_ok=True)
        self.runs = []

    def _learn(self, terms: dict[Any, Columns], term: Term) -> Columns:
        self.size += TERM_BYTES
        return terms.setdefault(term, Columns(array("I"), array("f"), []))

    def _held(self) -> Iterator[tuple[str, bytes, Columns]]:
        for field in sorted(self._fields):
            terms = self._fields.pop(field)
            for term in sorted(terms):
                yield field, term if isinstance(term, bytes) else term.encode(), terms.pop(term)

    def _spill(self) -> None:
        path = self.folder / f"{self.name}.{len(self.runs)}.run"
        self.runs.append(path)
        with path.open("wb") as file:
            for field, term, (documents, weights, values) in self._held():
                marshal.dump((field, term, documents.tobytes(), weights.tobytes(), values), file, 2)
        self.size = 0


def _read(path: Path) -> Iterator[tuple[str, bytes, Columns]]:
    with path.open("rb") as file:
        while True:
            try:
                field, term, documents, weights, values = marshal.load(file)  # noqa: S302  (our own, of this minute)
            except EOFError:
                return
            yield field, term, Columns(array("I", documents), array("f", weights), values)


def _joined(parts: Iterable[Columns]) -> Columns:
    joined = Columns(array("I"), array("f"), [])
    for part in parts:
        joined.take(part)
    return joined

"""The occurrences of a segment's terms while it is made: sorted runs of a batch each, which wait on disk if large.

A run is sorted by term, document and position, as one array of numbers: what takes a database minutes a processor does
in a fraction of a second. Terms get their order only at the end, when all are known; then the runs are read side by
side, so many terms at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine.whoosh.files.mapped import let_go, map_whole
from search.engine.whoosh.writing.encoding import Numbers, TermPostings

CELLS_AT_ONCE = 1 << 18  # occurrences that are encoded together
_CELL = 32  # bits of a cell
MOST_BITS = _CELL  # of it that a document in its batch and a position may have


@dataclass(frozen=True, slots=True)
class Run:
    """One batch of one field: for each term its cells, `document << bits | position`; `first` is its first document."""

    first: int
    bits: int
    terms: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    cells: NDArray[np.uint32]

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        return self.terms, self.starts, self.cells

    @property
    def nbytes(self) -> int:
        return sum(array.nbytes for array in self.arrays)


class Runs:
    """The runs of every field; `limit` is the memory for them in bytes, `folder` takes the rest."""

    def __init__(self, folder: Path, name: str, limit: int) -> None:
        self.folder, self.name, self.limit = folder, name, limit
        self.size = 0
        self.fields: dict[str, list[Run]] = {}
        self._held: list[tuple[str, int]] = []  # in memory: field, and place among its runs
        self._waiting: list[Path] = []

    def add(self, field: str, first: int, terms: Numbers, documents: Numbers, positions: Numbers) -> Numbers:
        """Add occurrences, some of which may come twice; give the documents of those that are kept, in no order."""
        if not len(terms):
            return documents
        bits = int(positions.max()).bit_length()
        most = 1 << MOST_BITS - bits  # documents that are told apart beside such positions
        if int(documents.max()) >= most:
            kept = []
            for low in range(0, int(documents.max()) + 1, most):
                own = (low <= documents) & (documents < low + most)
                kept.append(low + self.add(field, first + low, terms[own], documents[own] - low, positions[own]))
            return np.concatenate(kept)
        keys = np.sort(terms.astype(np.uint64) << np.uint64(_CELL) | (documents << bits | positions).astype(np.uint64))
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
        held = (keys >> np.uint64(_CELL)).astype(np.uint32)
        cells = keys.astype(np.uint32)
        starts = np.flatnonzero(np.concatenate(([True], held[1:] != held[:-1])))
        run = Run(first, bits, held[starts], np.append(starts, len(cells)).astype(np.uint32), cells)
        runs = self.fields.setdefault(field, [])
        self._held.append((field, len(runs)))
        runs.append(run)
        self.size += run.nbytes
        if self.size > self.limit:
            self._spill()
        return (cells >> np.uint32(bits)).astype(np.int64) if bits < _CELL else np.zeros(len(cells), np.int64)

    def postings(self, field: str, terms: int, order: Numbers, positions: bool) -> Iterator[tuple[int, TermPostings]]:
        """The postings of a field, so many terms at a time, with the place in the order of the first of them.

        `order` gives the terms in their order, all that the field has; `terms` is how many numbers there are.
        """
        ranks = np.zeros(terms, np.uint32)
        ranks[order] = np.arange(len(order))
        runs = [_Ranked(run, ranks) for run in self.fields.get(field, ())]
        counts = np.zeros(len(order), np.int64)
        for run in runs:
            counts[run.ranks] += run.counts
        ends = np.cumsum(counts)
        low = 0
        while low < len(order):
            before = ends[low] - counts[low]
            high = max(low + 1, int(np.searchsorted(ends, before + CELLS_AT_ONCE, "right")))
            yield low, gathered([run.cells(low, high) for run in runs], positions)
            let_go()
            low = high

    def present(self, field: str) -> Numbers:
        """The numbers of the terms that a field has."""
        held = [run.terms for run in self.fields.get(field, ())]
        return np.unique(np.concatenate(held)).astype(np.int64) if held else np.empty(0, np.int64)

    def remove(self) -> None:
        """Remove what waits on disk."""
        self.fields.clear()
        self._held.clear()
        for path in self._waiting:
            path.unlink(missing_ok=True)
        self._waiting = []

    def _spill(self) -> None:
        """Write every run to disk and read it from there from now on, all of them through one mapping.

        A large archive has more runs than the kernel gives a process mappings.
        """
        path = self.folder / f"{self.name}.{len(self._waiting)}.run"
        self._waiting.append(path)
        with path.open("wb") as file:
            for field, at in self._held:
                for array in self.fields[field][at].arrays:
                    file.write(array.tobytes().ljust(_padded(array)))
        with path.open("rb") as file:
            mapped, place = np.frombuffer(map_whole(file), np.uint8), 0
        for field, at in self._held:
            run, held = self.fields[field][at], []
            for array in run.arrays:
                held.append(mapped[place : place + array.nbytes].view(array.dtype))
                place += _padded(array)
            self.fields[field][at] = Run(run.first, run.bits, *held)
        self._held.clear()
        self.size = 0


def _padded(array: NDArray[Any]) -> int:
    """Bytes that an array takes in a file in which the next one begins at a multiple of eight."""
    return -(-array.nbytes // 8) * 8


class _Ranked:
    """A run with its terms in their final order; in narrow numbers, for there are as many as batches."""

    def __init__(self, run: Run, ranks: NDArray[np.uint32]) -> None:
        own = ranks[run.terms]
        order = np.argsort(own)
        self.run = run
        self.ranks = own[order]
        self.starts = run.starts[:-1][order]
        self.counts = (run.starts[1:] - run.starts[:-1])[order]

    def cells(self, low: int, high: int) -> tuple[Numbers, Numbers, Numbers]:
        """Rank above `low`, document and position of each occurrence of the terms of these ranks."""
        begin, end = np.searchsorted(self.ranks, np.array((low, high), np.uint32))
        ranks, starts, counts = (
            numbers[begin:end].astype(np.int64) for numbers in (self.ranks, self.starts, self.counts)
        )
        where = np.arange(int(counts.sum())) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
        cells = self.run.cells[where].astype(np.int64)
        bits = self.run.bits
        return np.repeat(ranks - low, counts), self.run.first + (cells >> bits), cells & ((1 << bits) - 1)


def gathered(parts: Sequence[Sequence[Numbers]], positions: bool) -> TermPostings:
    """The postings of some terms out of their occurrences: number of the term, document, position.

    Parts come in the order of their documents.
    """
    ranks, documents, places = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(ranks, kind="stable")
    ranks, documents, places = ranks[order], documents[order], places[order]
    fresh = np.concatenate(([True], (ranks[1:] != ranks[:-1]) | (documents[1:] != documents[:-1])))
    begins = np.flatnonzero(fresh)
    held = ranks[begins]
    return TermPostings(
        np.flatnonzero(np.concatenate(([True], held[1:] != held[:-1]))),
        documents[begins],
        np.diff(begins, append=len(ranks)),
        np.append(begins, len(ranks)),
        places if positions else None,
    )

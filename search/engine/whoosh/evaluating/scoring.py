"""Whoosh's BM25F as arrays: how much a posting is worth, by the statistics of the whole index."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from whoosh.searching import Searcher

from search.engine.whoosh.asking.term_reader import TermReader
from search.engine.whoosh.evaluating.matches import Scores
from search.engine.whoosh.files.columns import LENGTHS


class Scoring:
    """The weights of one generation, shared by its threads.

    Whoosh counts deleted documents in its statistics until their segment is merged, and so are they counted here.
    """

    def __init__(self, searcher: Searcher, reader: TermReader) -> None:
        self.searcher = searcher
        self.reader = reader
        self.documents: int = searcher.doc_count_all()
        self._lengths: dict[str, NDArray[np.float64]] = {}

    def is_scorable(self, field: str) -> bool:
        """Whether lengths of the field are kept; a posting of another one is worth its weight."""
        return bool(self.searcher.schema[field].scorable)

    def rarity(self, field: str, term: bytes) -> float:
        """The idf of a term; 1 in a field whose postings are worth their weights."""
        if not self.is_scorable(field):
            return 1.0
        return math.log(self.documents / (self.reader.doc_frequency(field, term) + 1)) + 1

    def rarities(self, frequencies: NDArray[np.int64]) -> Scores:
        """The idf of many terms of a field with lengths, by the number of documents that have each."""
        return np.log(self.documents / (frequencies + 1)) + 1

    def saturation(self, field: str, weights: NDArray[np.float64], lengths: NDArray[np.uint8]) -> Scores:
        """What weights are worth in fields of these lengths, which are Whoosh's bytes; one weight stands for all.

        w·(K1 + 1) / (w + K1·(1 - B + B·length/mean))
        """
        most = float(self.searcher.weighting.K1) + 1
        if len(weights) == 1:
            return (weights * most / (weights + self._by_length(field)))[lengths]
        return weights * most / (weights + self._by_length(field)[lengths])

    def _by_length(self, field: str) -> NDArray[np.float64]:
        if field not in self._lengths:
            model = self.searcher.weighting
            b = model._field_B.get(field, model.B)
            mean = self.searcher.avg_field_length(field) or 1
            self._lengths[field] = model.K1 * ((1 - b) + b * LENGTHS / mean)
        return self._lengths[field]

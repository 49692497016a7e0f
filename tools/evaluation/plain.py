"""The simplest peer: words between white space, lower case, any of them, ranked by BM25."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from math import log

from tools.evaluation.metrics import DEPTH
from tools.evaluation.sets import CorpusPassage

K1, B = 1.2, 0.75


class PlainIndex:
    """Postings of case-folded words; scores as Lucene's BM25Similarity computes them, lengths exact."""

    def __init__(self, passages: Iterable[CorpusPassage]) -> None:
        self.identifiers: list[str] = []
        self.lengths = array("I")
        self.postings: dict[str, tuple[array[int], array[int]]] = {}
        for number, passage in enumerate(passages):
            words = Counter(words_of(passage.text))
            self.identifiers.append(passage.identifier)
            self.lengths.append(words.total())
            for word, count in words.items():
                documents, counts = self.postings.setdefault(word, (array("I"), array("I")))
                documents.append(number)
                counts.append(count)
        self.average = sum(self.lengths) / len(self.lengths) if self.lengths else 1.0

    def ask(self, text: str, size: int = DEPTH) -> list[str]:
        """The identifiers of the best passages with any of the words, best first."""
        scores: dict[int, float] = {}
        for word in dict.fromkeys(words_of(text)):
            self._add(word, scores)
        best = nlargest(size, scores, key=lambda number: (scores[number], -number))
        return [self.identifiers[number] for number in best]

    def _add(self, word: str, scores: dict[int, float]) -> None:
        documents, counts = self.postings.get(word, ((), ()))
        rarity = log(1 + (len(self.lengths) - len(documents) + 0.5) / (len(documents) + 0.5))
        for number, count in zip(documents, counts, strict=True):
            weight = count + K1 * (1 - B + B * self.lengths[number] / self.average)
            scores[number] = scores.get(number, 0.0) + rarity * count * (K1 + 1) / weight


def words_of(text: str) -> list[str]:
    """The words of a text as nobody folded them.

    >>> words_of("Khalafov خَلَف")
    ['khalafov', 'خَلَف']
    """
    return text.casefold().split()

"""What the compiler asks of the terms of an index, and how much their rarity counts."""

from __future__ import annotations

from math import log1p
from typing import Final, Protocol

from search.analysis import stop_words
from search.documents.layers import CONTINUED

FIELDS: Final = {"title": 2.0, "text": 1.0}  # and what a word is worth there


class IndexTerms(Protocol):
    """The terms of one state of an index."""

    @property
    def documents(self) -> int:
        """How many documents there are; as in the next, deleted ones may be counted for a while."""
        ...

    def held(self, field: str, term: str) -> int:
        """How many documents have the term."""
        ...

    def near(self, field: str, word: str, distance: int) -> list[tuple[str, int]]:
        """Terms within `distance` edits (swapped neighbours count one) that begin with the word's first letter."""
        ...

    def correction(self, field: str, term: str) -> float:
        """What the engine's own score of a term is multiplied by to be one by the rarity of BM25."""
        ...


def idf(terms: IndexTerms, field: str, term: str) -> float:
    """How much a term counts by its rarity: next to nothing where every text has it, as in BM25."""
    held = terms.held(field, term)
    return log1p((terms.documents - held + 0.5) / (held + 0.5))


class FoldedWords:
    """The folded words of an index as the compiler asks for them, those of titles and texts together."""

    def __init__(self, terms: IndexTerms) -> None:
        self.terms = terms

    def __contains__(self, term: object) -> bool:
        return any(self.terms.held(f"{name}_{layer(str(term))}", str(term)) for name in FIELDS)

    def near(self, word: str, distance: int) -> dict[str, int]:
        """Words within `distance` edits that begin with the same letter, each with its edits."""
        fields = [f"{name}_norm" for name in FIELDS]
        return {term: edits for field in fields for term, edits in self.terms.near(field, word, distance)}


def layer(term: str) -> str:
    """Where a term of a phrase stands: what the analyzer joined over words is kept with the names."""
    return "names" if term.startswith(CONTINUED) else "norm"


def is_listed(word: str) -> bool:
    """Whether a term is offered to readers: no number, no single letter, no function word."""
    return len(word) > 1 and word[0].isalpha() and word not in stop_words()

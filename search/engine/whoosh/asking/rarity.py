"""How much a term of the index counts by its rarity, where Whoosh's own measure is not wanted."""

from __future__ import annotations

from math import log, log1p

from search.engine.whoosh.asking.term_reader import TermReader


class Rarity:
    """How much the rarity of a term counts: the idf of BM25, which gives a word that every text has next to nothing."""

    def __init__(self, reader: TermReader) -> None:
        self.reader = reader
        self.documents = reader.documents
        self._held: dict[tuple[str, str], int] = {}

    def held(self, field: str, term: str) -> int:
        """How many documents have the term."""
        key = field, term
        if key not in self._held:
            self._held[key] = self.reader.doc_frequency(field, term)
        return self._held[key]

    def idf(self, field: str, term: str) -> float:
        held = self.held(field, term)
        return log1p((self.documents - held + 0.5) / (held + 0.5))

    def correction(self, field: str, term: str) -> float:
        """What Whoosh's score of a term is multiplied by: its own idf is about 1 where a word says nothing."""
        return self.idf(field, term) / (log(self.documents / (self.held(field, term) + 1)) + 1)

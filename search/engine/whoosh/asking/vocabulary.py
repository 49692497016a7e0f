"""The folded words of an index as the compiler asks for them, those of titles and texts together."""

from __future__ import annotations

from rapidfuzz.distance import OSA
from whoosh.reading import IndexReader

from search.documents.streams import CONTINUED
from search.engine.whoosh.asking.term_reader import TermReader

FIELDS = {"title": 2.0, "text": 1.0}  # and what a word is worth there


class Vocabulary:
    """The folded terms of the index, asked one by one."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader

    def __contains__(self, term: object) -> bool:
        return any((f"{name}_{layer(str(term))}", str(term)) in self.reader for name in FIELDS)

    def near(self, word: str, distance: int) -> dict[str, int]:
        """Terms within `distance` edits that begin with the same letter, each with its edits."""
        fields = [f"{name}_norm" for name in FIELDS]
        if isinstance(self.reader, TermReader):
            return {term: edits for field in fields for term, edits in self.reader.near(field, word, distance)}
        terms = {term.decode() for field in fields for term in self.reader.expand_prefix(field, word[:1])}
        edits = {term: OSA.distance(word, term, score_cutoff=distance) for term in terms}
        return {term: count for term, count in edits.items() if count <= distance}


def layer(term: str) -> str:
    """Where a term of a phrase stands: what the analyzer joined over words is kept with the names."""
    return "names" if term.startswith(CONTINUED) else "norm"

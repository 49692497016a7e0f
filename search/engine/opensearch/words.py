"""The words of the index for suggestions and corrections, asked of the cluster.

They are those of the state that is served when they are asked for; `generation` names the one that they were got of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import stop_words
from search.engine.asking.terms import FIELDS, is_listed
from search.engine.opensearch.answering import AskedIndex
from search.engine.opensearch.dsl import EVERY, Dsl
from search.engine.opensearch.index import understood
from search.engine.opensearch.known_terms import SPELLED_ALIKE, suggested
from search.engine.protocol import WordList

MOST_EDITS: Final = 2
MANY: Final = 5_000  # words; more are read page by page
SPARE: Final = 4  # words asked for each that is wanted, since the cluster puts equal ones in the order of the alphabet
_LETTERS: Final = frozenset(
    map(chr, (*range(0x61, 0x7B), *range(0x621, 0x64B), 0x67E, 0x686, 0x698, 0x6A9, 0x6AF, 0x6CC))
)
_MEANT: Final = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~^$-]')


class OpenSearchWords(WordList):
    def __init__(self, asked: AskedIndex, generation: str) -> None:
        self._generation = generation
        self.asked = asked
        self.index = asked.index

    @property
    def generation(self) -> str:
        return self._generation

    def every(self) -> set[str]:
        """With every function word and every letter, which the cluster does not list."""
        return {*self._all(""), *stop_words(), *_LETTERS}

    def starting_with(self, prefix: str, most: int) -> list[str]:
        counts = self._beginning(prefix, most) if most <= MANY else self._all(prefix)
        return sorted(counts, key=lambda word: (-counts[word], len(word), word))[:most]

    def near(self, word: str, distance: int, most: int, least: int = 0) -> list[tuple[str, int]]:
        """Lucene looks for no words of more than two edits, and for those of two that begin with the same letter."""
        if distance < 1 or not word:
            return []
        shared: dict[str, Any] = {"max_edits": min(distance, MOST_EDITS), "prefix_length": 0, **SPELLED_ALIKE}
        asked = {name: {"text": word, "term": {"field": f"{name}_norm", **shared}} for name in FIELDS}
        with understood():
            answer = self.index.search({"size": 0, "suggest": asked})
        alike = {term for name in FIELDS for term in suggested(answer, name)}
        words = sorted(filter(is_listed, alike))
        found = process.extract(word, words, scorer=OSA.distance, score_cutoff=distance, limit=most)
        return [(other, int(edits)) for other, edits, _at in found if edits]

    def frequency(self, word: str) -> int:
        return max(self.asked.terms.held(_terms(word))) if is_listed(word) else 0

    def count(self, words: Sequence[str]) -> int:
        tally = {"found": {"filter": {"bool": {"filter": [_having(word) for word in words]}}}}
        with understood():
            return int(self.index.search({"size": 0, "aggs": tally}).aggregations["found"]["doc_count"])

    def has(self, word: str, stems: Iterable[str] = ()) -> bool:
        stemmed = [(f"{name}_stem", stem) for stem in stems for name in FIELDS]
        return any(self.asked.terms.held([*_terms(word), *stemmed]))

    def identifiers(self, word: str, most: int) -> list[str]:
        with understood():
            having = [hit["_id"] for _state, hit in self.index.walk({"query": _having(word)})]
        return having[:: max(1, len(having) // most)][:most]

    def _beginning(self, prefix: str, most: int) -> dict[str, int]:
        """The most frequent words that begin so."""
        include = {"include": _MEANT.sub(r"\\\g<0>", prefix) + ".*"} if prefix else {}
        having = [{"prefix": {field: prefix}} for field, _text in _terms(prefix)] if prefix else []
        query = {"bool": {"should": having, "minimum_should_match": 1}} if having else EVERY
        terms = {"field": "listed", "size": SPARE * most, **include}
        with understood():
            answer = self.index.search({"size": 0, "query": query, "aggs": {"words": {"terms": terms}}})
        return {bucket["key"]: bucket["doc_count"] for bucket in answer.aggregations["words"]["buckets"]}

    def _all(self, prefix: str) -> dict[str, int]:
        with understood():
            buckets = list(self.index.buckets(EVERY, "listed", {}))
        words = {bucket["key"]["value"]: int(bucket["doc_count"]) for bucket in buckets}
        return {word: count for word, count in words.items() if word.startswith(prefix)}


def _terms(word: str) -> list[tuple[str, str]]:
    return [(f"{name}_norm", word) for name in FIELDS]


def _having(word: str) -> Dsl:
    """The articles that have a folded word in title or text."""
    return {"bool": {"should": [{"term": {field: text}} for field, text in _terms(word)], "minimum_should_match": 1}}

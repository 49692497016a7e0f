"""How a folded word is written: its most frequent spelling among some of the public articles that have it."""

from __future__ import annotations

import unicodedata
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.articles.models import Article
from archive.articles.rights import Audience, allowed, rights
from archive.authorities.directory import directory
from search.analysis import fold
from search.analysis.tokenizer import split_pieces
from search.engine.protocol import WordList

SAMPLE = 4  # articles that are looked at for each word
MOST_KEPT = 8192


@dataclass(frozen=True, slots=True)
class Surface:
    """A word as written, and the language of the article that it was found in: `ar`, `fa` or `und`."""

    text: str
    language: str


class Surfaces:
    """The spellings of the words of one generation of the index, found when they are first shown."""

    def __init__(self, words: WordList) -> None:
        self.words = words
        self._known: OrderedDict[str, Surface | None] = OrderedDict()

    def of(self, folded: Iterable[str]) -> Mapping[str, Surface]:
        """The spelling of each folded word; a word that no public article writes as one is left out.

        One database query for all that are not yet known. `وزير` → وزير, `اذربيجان` → أذربيجان or آذربایجان.
        """
        asked = list(dict.fromkeys(folded))
        unknown = [word for word in asked if word not in self._known]
        if unknown:
            self._learn(unknown)
        found = {word: self._known.get(word) for word in asked}
        return {word: surface for word, surface in found.items() if surface is not None}

    def _learn(self, unknown: list[str]) -> None:
        sample = {name for word in unknown for name in self.words.identifiers(word, SAMPLE)}
        seen = _spellings(sample, frozenset(unknown))
        for word in unknown:
            self._known[word] = _best(seen.get(word, Counter()))
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)


def _spellings(identifiers: Iterable[str], wanted: frozenset[str]) -> dict[str, Counter[tuple[str, str]]]:
    """How often each wanted word is written how, in which language, in so much of the texts as may be shown."""
    rows = Article.objects.filter(identifier__in=sorted(identifiers)).still_published()
    seen: dict[str, Counter[tuple[str, str]]] = {}
    names = directory()
    for source, language, *texts in rows.values_list("source", "language", "kicker", "title", "body"):
        texts[-1] = allowed(texts[-1], rights(source, Audience.PAGE, names))
        for word, count in Counter(split_pieces("\n".join(texts))[1::2]).items():
            folded = fold(word)
            if folded in wanted:
                seen.setdefault(folded, Counter())[unicodedata.normalize("NFC", word), language] += count
    return seen


def _best(spellings: Counter[tuple[str, str]]) -> Surface | None:
    """The most frequent one; of equals the shortest, which has no marks."""
    best = min(spellings, key=lambda found: (-spellings[found], len(found[0]), found[0]), default=None)
    return Surface(*best) if best else None

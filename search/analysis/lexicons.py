"""The words the stemmers know: how frequent, which are places, names, months; read once, on first need."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from search.analysis.normalizer import clean, fold
from search.analysis.resources import read_lines, read_rows

HAMZATED_ALEFS: Final = ("أ", "إ", "آ")
_ARTICLE: Final = "ال"


class Lexicon(NamedTuple):
    """What one language's stemmer knows; every word is folded."""

    frequency: dict[str, int]
    places: frozenset[str]
    names: frozenset[str]  # persons and months
    lemmas: dict[str, str]
    stop_words: frozenset[str]
    al_words: frozenset[str]  # words whose ال is no article
    hamza_inside: frozenset[str] = frozenset()  # words like واكد that most write with a hamza: وأكد
    countries: frozenset[str] = frozenset()  # places that are countries, without the article
    demonyms: dict[str, str] = {}  # what no rule derives: نمساوي of the country نمسا
    doubtful: dict[str, str] = {}  # what is of a place and another word, too, and when: `never`, `article`, `yeh`
    ordinary: frozenset[str] = frozenset()  # places that are ordinary nouns as well, and inflected: مشهد, عيون

    def count(self, word: str) -> int:
        """How often a word was seen, with and without the article."""
        return self.frequency.get(word, 0) + self.count_with_article(word)

    def count_with_article(self, word: str) -> int:
        """How often a word was seen with the article: 0 for `قاء`, because `القاء` (إلقاء) has none."""
        return 0 if _ARTICLE + word in self.al_words else self.frequency.get(_ARTICLE + word, 0)

    def is_protected(self, word: str) -> bool:
        return word in self.places or word in self.names

    def knows(self, word: str) -> bool:
        """Say whether a word is frequent enough, or a name: what remains after a cut must be one."""
        if self.frequency.get(word, 0) > 2 or self.is_protected(word):
            return True
        return self.count_with_article(word) > 2


@cache
def arabic() -> Lexicon:
    return Lexicon(
        _frequencies("freq_ar.tsv"),
        frozenset(_with_and_without_article(_place_words("ar"))),
        _names(),
        _lemmas("ar"),
        stop_words("ar"),
        frozenset(map(fold, (*read_lines("alwords.txt"), *read_lines("alwords_hand.txt")))),
        frozenset(read_lines("hamza_inside.txt")),
        frozenset(_with_and_without_article(_place_words("ar", "country:"))),
        _demonyms("ar"),
        {fold(word): when for word, when, _why in read_rows("doubtful_nisbas.tsv")},
        frozenset(map(fold, read_lines("places_that_are_nouns.txt"))),
    )


@cache
def persian() -> Lexicon:
    places = frozenset(map(fold, _place_words("fa")))
    return Lexicon(
        _frequencies("freq_fa.tsv"),
        places,
        _names(),
        _lemmas("fa"),
        stop_words("fa"),
        frozenset(),
        countries=frozenset(map(fold, _place_words("fa", "country:"))),
        demonyms=_demonyms("fa"),
    )


@cache
def stop_words(lang: str | None = None) -> frozenset[str]:
    """Give the folded function words of `ar`, `fa`, `en` or all; optional in a query, never dropped from a text."""
    if lang is None:
        return stop_words("ar") | stop_words("fa") | stop_words("en")
    return frozenset(map(fold, read_lines(f"stop_{lang}.txt")))


@cache
def _names() -> frozenset[str]:
    return frozenset(
        (*read_lines("persons.txt"), *map(fold, read_lines("persons_hand.txt")), *map(fold, read_lines("months.txt")))
    )


def _frequencies(name: str) -> dict[str, int]:
    return {word: int(count) for word, count in read_rows(name)}


def _lemmas(lang: str) -> dict[str, str]:
    return {fold(plural): fold(singular) for row, plural, singular in read_rows("lemmas.tsv") if row == lang}


def _demonyms(lang: str) -> dict[str, str]:
    """The country of each demonym, without the article, as stems are."""
    rows = [row for row in read_rows("demonyms.tsv") if row[0] == lang]
    return {fold(word): min(_with_and_without_article([country]), key=len) for _lang, word, country in rows}


def _place_words(lang: str, of: str = "") -> Iterable[str]:
    """Give the one-word place names of a language as written; `of` is how their identifiers begin."""
    for place, _kind, row, name in read_rows("places.tsv"):
        if row == lang and place.startswith(of) and " " not in name and len(name) > 2:
            yield name


def _with_and_without_article(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        word = fold(name)
        yield word
        if word.startswith(_ARTICLE) and len(word) > 4 and not clean(name).startswith(HAMZATED_ALEFS):
            yield word[2:]

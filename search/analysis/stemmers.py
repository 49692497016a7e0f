"""Chooses the stemmers of a word by its language and letters, and gives its loose stem for ranking."""

from __future__ import annotations

from typing import Final

from search.analysis.characters import PERSIAN_ONLY, ZWNJ
from search.analysis.lexicons import arabic, persian
from search.analysis.normalizer import clean
from search.analysis.stem_arabic import stem_arabic
from search.analysis.stem_persian import stem_persian

_LIGHT10_PREFIXES: Final = ("ال", "وال", "بال", "كال", "فال", "لل")
_LIGHT10_SUFFIXES: Final = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_PERSIAN_SUFFIXES: Final = ("ات", "ان", "ترين", "تر", "يي", "ي", "ها")
_ARABIC_WORDS_FOR_ONE_PERSIAN: Final = 5  # the sizes of the two frequency lists' sources
_MUCH_MORE: Final = 20
_PERSIAN_SIGNS: Final = frozenset(PERSIAN_ONLY + ZWNJ)


def find_stems(norm: str, written: str, parts: tuple[str, ...], lang: str | None) -> tuple[tuple[str, ...], str | None]:
    """Give the guarded stems of a word, for matching, and its loose stem, for ranking only.

    `norm` and `parts` are folded, `written` is the word of the text. A word with پ چ ژ گ or a half-space is Persian
    whatever `lang` says; None asks for the stems of both languages.
    """
    if not _PERSIAN_SIGNS.isdisjoint(written) or (lang is None and _is_persian(norm)):
        lang = "fa"
    if lang == "fa":
        return stem_persian(norm, parts), loose_persian(norm)
    stems = stem_arabic(norm, clean(written))
    if lang is None:
        stems = tuple(dict.fromkeys((*stems, *stem_persian(norm, parts))))
    return stems, loose_arabic(norm)


def _is_persian(norm: str) -> bool:
    """Say whether Persian news have a word so much more often that it is Persian: `آسمان`, `مجازات`; not `وزیر`."""
    seen = persian().frequency.get(norm, 0)
    return seen > 2 and seen * _ARABIC_WORDS_FOR_ONE_PERSIAN > _MUCH_MORE * arabic().frequency.get(norm, 0)


def loose_arabic(norm: str) -> str:
    """Cut like light10, without a lexicon: `والوزارات` → `وزار`, but also `فلسطين` → `فلسط`; for ranking only."""
    for prefix in _LIGHT10_PREFIXES:
        if norm.startswith(prefix) and len(norm) - len(prefix) > 1:
            norm = norm[len(prefix) :]
            break
    else:
        norm = norm[1:] if norm.startswith("و") and len(norm) > 3 else norm
    return _cut_suffixes(norm, _LIGHT10_SUFFIXES)


def loose_persian(norm: str) -> str:
    """Cut like the Persian stemmer of Lucene 10: `کتابهای` → `كتابها`, `تهران` → `تهر`; for ranking only."""
    return _cut_suffixes(norm, _PERSIAN_SUFFIXES)


def _cut_suffixes(word: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) > 1:
            word = word[: -len(suffix)]
    return word

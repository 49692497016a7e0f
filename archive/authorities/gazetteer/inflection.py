"""The spellings under which a form of a name is met: inflected demonyms of both languages, the Persian ezafe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from archive.authorities.gazetteer.kinds import NameUse
from archive.authorities.gazetteer.words import split_words
from search.analysis import fold

_ZWNJ: Final = "\u200c"
# Feminine, plurals, dual of the feminine, accusative: سعودية سعوديون سعوديين سعوديات سعوديتين سعوديتان سعودياً.
_ARABIC_ENDINGS: Final = ("", "ه", "ون", "ين", "ات", "تين", "تان", "ا")
# Plural, plural with ezafe, indefinite, plural of persons: ایرانی‌ها ایرانی‌های ایرانیان; ترک‌ها.
_PERSIAN_ENDINGS: Final = ("", "ها", "هاي", "هايي", "ان")


class FormSpelling(NamedTuple):
    """Folded letters without spaces, and the offsets between them at which the form is written apart."""

    key: str
    breaks: frozenset[int]


def inflect(text: str, language: str, use: str) -> Iterator[FormSpelling]:
    """Yield the spellings of a form, its own first.

    The demonym `قطري` (ar) yields `قطري`, `قطريه`, `قطريون` …; `ایرانی` (fa) `ايراني`, `ايرانيها`, `ايرانيان` …;
    the name `آمریکا` (fa) also `امريكاي` with ezafe; a name otherwise only itself. A form is cut at spaces and
    half-spaces; the analyzer decides what a word is.
    """
    pieces = (text[word.start : word.end].split(_ZWNJ) for word in split_words(text))
    words = [folded for parts in pieces for folded in map(fold, parts) if folded]
    if not words:
        return
    yield spell(words)
    if use == NameUse.DEMONYM and language == "ar":
        yield from map(spell, _arabic_demonyms(words))
    elif use == NameUse.DEMONYM and language == "fa":
        for ending in _PERSIAN_ENDINGS:
            yield spell([*words, ending] if ending not in ("", "ان") else [*words[:-1], words[-1] + ending])
    elif use == NameUse.DEMONYM:
        yield spell([*words[:-1], words[-1] + "s"])
    elif language == "fa" and words[-1][-1] in "او":
        yield spell([*words[:-1], words[-1] + "ي"])


def spell(words: list[str]) -> FormSpelling:
    key, breaks = "", set[int]()
    for word in words:
        if key:
            breaks.add(len(key))
        key += word
    return FormSpelling(key, frozenset(breaks))


def _arabic_demonyms(words: list[str]) -> Iterator[list[str]]:
    """Inflect each word in ـي: كورية جنوبية, الكوري الجنوبي; what does not end so stays: جنوب أفريقية, أرمن."""
    for ending in _ARABIC_ENDINGS:
        inflected = [word + ending if word.endswith("ي") else word for word in words]
        yield inflected
        if len(words) > 1:
            yield ["ال" + word for word in inflected]
            yield ["ال" + inflected[0], *inflected[1:]]

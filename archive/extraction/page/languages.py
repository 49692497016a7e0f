"""Tells Arabic from Persian by counting letters and small words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from archive.extraction.page.folding import fold

_SAMPLE = 50_000
_PERSIAN_LETTERS = "پچژگ"
_ARABIC_LETTERS = "ةىأإ"
_OTHER_LETTERS = "ٹڈڑںےټډړښۍێۆڕڵەڭۇۋېۈڄڃڳڻ"
"""Letters of Urdu, Pashto, Kurdish, Uyghur and Sindhi."""

_PERSIAN_LINE = "از در به که این را با برای است شد می های بر تا یا آن هم نیز وی شده کرد گفت"
_ARABIC_LINE = "في من على إلى عن مع التي الذي هذا هذه أن إن بين خلال بعد وقد كما"
_PERSIAN_WORDS = frozenset(fold(_PERSIAN_LINE).split())
_ARABIC_WORDS = frozenset(fold(_ARABIC_LINE).split())
_SHARED_WORDS = _PERSIAN_WORDS & _ARABIC_WORDS
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """ "ar", "fa" or "und", with the points for each language and what they were counted from."""

    language: str
    counts: tuple[tuple[str, int], ...]


def guess_language(text: str) -> LanguageGuess:
    """Return the language of a text: "ar", "fa", or "und" where neither can be said.

    NFC text in logical order; the first 50,000 characters are counted. Three points for a letter that Arabic lacks
    (پ چ ژ گ) or a ZWNJ, two for a small word or a letter of one language alone, one for the Persian ک and ی and
    for a word that opens with the article ال. Words are compared folded, so that Persian typed with Arabic yeh
    and kaf is Persian still. Urdu, Pashto, Kurdish and Uyghur letters, if frequent, make it "und".

    >>> guess_language("وزیر امور خارجه در این دیدار گفت").language
    'fa'
    >>> guess_language("وزير امور خارجه در اين ديدار گفت").language
    'fa'
    >>> guess_language("وزارة الخارجية").language
    'ar'
    >>> guess_language("AzVision").language
    'und'
    """
    sample = text[:_SAMPLE]
    letters = Counter(sample)
    words = Counter(_WORD.findall(fold(sample)))
    persian = 3 * (sum(letters[letter] for letter in _PERSIAN_LETTERS) + letters["\u200c"])
    persian += 2 * sum(words[word] for word in _PERSIAN_WORDS - _SHARED_WORDS) + bool(letters["ک"] or letters["ی"])
    arabic = 2 * sum(letters[letter] for letter in _ARABIC_LETTERS)
    arabic += 2 * sum(words[word] for word in _ARABIC_WORDS - _SHARED_WORDS)
    arabic += sum(count for word, count in words.items() if word.startswith("ال") and len(word) > 3)
    other = sum(letters[letter] for letter in _OTHER_LETTERS)
    script = sum(count for letter, count in letters.items() if "\u0620" <= letter <= "\u06d5")
    latin = sum(count for letter, count in letters.items() if letter.isalpha() and letter < "\u0250")
    unclear = script == 0 or latin > 3 * script or 50 * other > script or persian == arabic
    language = "und" if unclear else "fa" if persian > arabic else "ar"
    return LanguageGuess(language, (("ar", arabic), ("fa", persian), ("other", other), ("letters", script)))

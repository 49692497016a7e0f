"""Tells Arabic from Persian by letters and small words, without a model."""

from __future__ import annotations

import re
from typing import Final, Literal

from search.analysis.characters import ZWNJ

Language = Literal["ar", "fa"]

_PERSIAN_WORDS: Final = frozenset(
    "از در به كه اين را با براي است شد مي هاي بر تا يا ان هم نيز شده كرد خود وي گفت".split()
)
_ARABIC_WORDS: Final = frozenset("في من علي الي عن مع التي الذي هذا هذه ان الذين بين قال ذلك بعد كان".split())
_SHARED: Final = _PERSIAN_WORDS & _ARABIC_WORDS
_TO_ARABIC_KEYS: Final = str.maketrans("یکىأإآ", "يكيااا")
_WORD: Final = re.compile(r"[^\W\d_]+")
_PERSIAN_LETTERS: Final = re.compile(f"[پچژگ{ZWNJ}]")
_ARABIC_SIGNS: Final = re.compile("[ةىأإ]")
_OTHER_LANGUAGES: Final = re.compile("[ٹڈڑںےټډړښۍێۆڕڵە]")
_SAMPLE: Final = 4000


def guess_language(text: str) -> Language | None:
    """Say whether a text is Arabic (`ar`) or Persian (`fa`); None when nothing speaks for either, or it is a third.

    Any spelling: Persian typed with Arabic yeh and kaf is still Persian. Looks at the first 4,000 characters.
    `مشاورات سياسية` → `ar`; `رایزنی سیاسی` → `fa`; `Baku` → None.
    """
    sample = text[:_SAMPLE]
    words = [word.translate(_TO_ARABIC_KEYS) for word in _WORD.findall(sample)]
    if len(_OTHER_LANGUAGES.findall(sample)) * 4 > len(words):
        return None
    persian, arabic = _persian_score(sample, words), _arabic_score(sample, words)
    if persian == arabic:
        return None
    return "fa" if persian > arabic else "ar"


def _persian_score(sample: str, words: list[str]) -> int:
    small = sum(word in _PERSIAN_WORDS and word not in _SHARED for word in words)
    return 3 * len(_PERSIAN_LETTERS.findall(sample)) + 2 * small + ("ی" in sample or "ک" in sample)


def _arabic_score(sample: str, words: list[str]) -> int:
    small = sum(word in _ARABIC_WORDS and word not in _SHARED for word in words)
    articles = sum(word.startswith("ال") for word in words)
    return 2 * len(_ARABIC_SIGNS.findall(sample)) + 2 * small + articles

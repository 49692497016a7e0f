"""Cuts stored text into words, numbers and the gaps between them, without changing a character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from search.analysis.characters import ARABIC_LETTERS, IGNORED, MARKS, NOT_SIGN, TATWEEL

Kind = Literal["arabic", "latin", "number"]

# Signs that stand for several words are words of their own, also behind a letter: محمدﷺ; ﷻ; ﷽.
_SIGNS = "\ufdfa\ufdfb\ufdfd"
_AL = ARABIC_LETTERS.replace("\ufdf0-\ufdfd", "\ufdf0-\ufdf9\ufdfc")
_INSIDE = f"{_AL}{MARKS}{IGNORED}"
_ARABIC = f"[{_AL}][{_INSIDE}]*(?:(?<=[{_AL}]){NOT_SIGN}(?=[{_AL}])[{_INSIDE}]*)*(?<=[{_AL}{MARKS}{TATWEEL}])"
_NUMBER = r"\d+(?:[.,\u066b\u066c]\d+)*"
_ARABIC_BLOCKS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_LETTER = rf"[^\W\d_{_ARABIC_BLOCKS}]"
_LATIN_INSIDE = rf"(?:[^\W_{_ARABIC_BLOCKS}]|[\u0300-\u036f]|[{IGNORED}]+(?={_LETTER}))"
_LATIN = f"{_LETTER}{_LATIN_INSIDE}*"

_PIECES: Final = re.compile(f"({_ARABIC}|{_NUMBER}|{_LATIN}|[{_SIGNS}])")
_IS_ARABIC: Final = re.compile(f"[{_AL}{_SIGNS}]")

split_pieces = _PIECES.split
"""Gap, word, gap, word, …, gap; joined again they are the text. Both ends are gaps and may be empty."""


def iter_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, word)` for each orthographic word and number of the text as written.

    Letters and digits never share a word in Arabic script; a full stop, comma, slash or hyphen always separates;
    a word neither begins nor ends with a control. `سوريا،الأردن` gives two words, `ســـلام` and `می‌کند` one each.
    Source: Unicode text segmentation (UAX 29). Differs: `كلمة.كلمة` and `17،18` are two words each.
    """
    for found in _PIECES.finditer(text):
        yield found.start(), found.end(), found.group()


def kind_of(word: str) -> Kind:
    """Say whether a word of the tokenizer is `arabic` (script), a `number`, or `latin` (any other script)."""
    if _IS_ARABIC.match(word):
        return "arabic"
    return "number" if word[:1].isdecimal() else "latin"

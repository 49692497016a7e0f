"""What folding does to each character of a word, to be shown to a person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from search.analysis.characters import SOFT_BREAKS
from search.analysis.normalizer import fold
from search.analysis.tokenizer import kind_of

Fate = Literal["kept", "folded", "dropped", "composed", "half_space"]
_BREAKS: Final = frozenset(SOFT_BREAKS)
_UNNAMED: Final = "<no name>"


class LetterFate(NamedTuple):
    """One code point of a word as written, and its fate.

    `fate`: `kept`, `folded` (into `becomes`), `dropped` (a mark, tatweel or invisible sign), `composed` (one letter
    with the character before it), `half_space` (it parts the word and is dropped).
    """

    char: str
    code: str
    name: str
    fate: Fate
    becomes: str


def characters(word: str) -> tuple[LetterFate, ...]:
    """Tell of each character of one word, as written, what folding makes of it; "" gives ().

    >>> [(letter.name, letter.fate) for letter in characters("أَـ")]
    [('ARABIC LETTER ALEF WITH HAMZA ABOVE', 'folded'), ('ARABIC FATHA', 'dropped'), ('ARABIC TATWEEL', 'dropped')]
    """
    return tuple(_letters(word))


def _letters(word: str) -> Iterator[LetterFate]:
    is_number = kind_of(word) == "number"
    before = ""
    for char in word:
        becomes = _alone(char, is_number)
        fate = _fate(before, char, becomes)
        yield LetterFate(char, f"U+{ord(char):04X}", unicodedata.name(char, _UNNAMED), fate, becomes)
        before = char


def _alone(char: str, is_number: bool) -> str:
    """What folding makes of a character by itself; the separators of a number are the number's."""
    return char if is_number and not char.isdecimal() else fold(char)


def _fate(before: str, char: str, becomes: str) -> Fate:
    if char in _BREAKS:
        return "half_space"
    if becomes == char and not unicodedata.combining(char):
        return "kept"
    if before and len(unicodedata.normalize("NFC", before + char)) == 1:
        return "composed"
    return "folded" if becomes and becomes != char else "dropped"

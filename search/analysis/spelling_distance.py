"""How far two spellings are apart, when a dot or a letter is wrong."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

# Letters of one shape that differ in their dots: confusing two of them costs half a letter.
_SHAPES: Final = ("بتثني", "جحخچ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "كگ")
_UNDOTTED: Final = str.maketrans({letter: shape[0] for shape in _SHAPES for letter in shape})
SHORTEST: Final = 4
LONG: Final = 8


def allowed_distance(word: str) -> int:
    """How many letters may be wrong in a folded word: none below four letters, one below eight, then two."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < LONG else 2


def spelling_distance(first: str, second: str) -> float:
    """Count wrong, missing, added and swapped letters between two folded words; a wrong dot counts one half.

    `الخارحيه` to `الخارجيه` 0.5, `اذريجان` to `اذربيجان` 1.0, `سلام` to `سلام` 0.0.
    """
    letters = OSA.distance(first, second)
    shapes = OSA.distance(first.translate(_UNDOTTED), second.translate(_UNDOTTED))
    return shapes + (letters - shapes) / 2


def is_near(asked: str, word: str) -> bool:
    """Say whether a folded word may be the one asked for, misspelled: `اذريجان` for `اذربيجان`; not `حرب` for `حزب`."""
    allowed = allowed_distance(max(asked, word, key=len))
    if not allowed or abs(len(asked) - len(word)) > allowed:
        return False
    return spelling_distance(asked, word) <= allowed

"""Rounds that a text counts: «الجولة الثانية», «دور دوم». Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from search.analysis import Token, fold

ROUNDS: Final = frozenset(
    map(fold, ("جولة", "الجولة", "للجولة", "والجولة", "بالجولة", "دور", "دوره", "دورة", "الدورة"))
)
_COUNTED: Final = (
    ("الأولى", "اول", "نخست", "یکم", "نخستین", "اولین"),
    ("الثانية", "دوم", "دومین"),
    ("الثالثة", "سوم", "سومین"),
    ("الرابعة", "چهارم", "چهارمین"),
    ("الخامسة", "پنجم", "پنجمین"),
    ("السادسة", "ششم", "ششمین"),
    ("السابعة", "هفتم", "هفتمین"),
    ("الثامنة", "هشتم", "هشتمین"),
    ("التاسعة", "نهم", "نهمین"),
    ("العاشرة", "دهم", "دهمین"),
)
ORDINALS: Final = {fold(word): number for number, words in enumerate(_COUNTED, 1) for word in words}


def rounds(tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """`(start, end, number)` of each round, half open; in Persian the ordinal may come first."""
    words = [token for token in tokens if token.span == 1]
    for first, second in pairwise(words):
        if first.norm in ROUNDS and second.norm in ORDINALS:
            yield first.start, second.end, ORDINALS[second.norm]
        elif second.norm in ROUNDS and first.norm in ORDINALS:
            yield first.start, second.end, ORDINALS[first.norm]

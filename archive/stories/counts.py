"""What a report counts: killed and wounded («قتل 65 مدنيا»), and rounds («الجولة الثانية», «دور دوم»). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from search.analysis import Token, fold

# On which side of its number a word stands: «قتل 65», «65 قتيلا», «۶۵ نفر کشته».
_BEFORE: Final = {"killed": "قتل ومقتل مقتل", "wounded": "أصيب وأصيب إصابة وإصابة"}
_BEHIND: Final = {"killed": "قتيل قتيلا قتلى کشته جان‌باخته", "wounded": "جريح جريحا جرحى زخمی مجروح مصدوم"}
_REACH: Final = 2  # words between the number and what it counts


def _by_word(words: dict[str, str]) -> dict[str, str]:
    return {fold(word): what for what, listed in words.items() for word in listed.split()}


SIDES: Final = {-1: _by_word(_BEFORE), 1: _by_word(_BEHIND)}


def counted(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """`(what, number)` for each number with the word nearest to it that says what is counted."""
    words = [token for token in tokens if token.span == 1]
    for at, token in enumerate(words):
        if token.kind == "number" and token.norm.isdecimal():
            near = [
                (distance, SIDES[side][words[place].norm])
                for distance in range(1, _REACH + 1)
                for side in SIDES
                if 0 <= (place := at + side * distance) < len(words) and words[place].norm in SIDES[side]
            ]
            if near:
                yield min(near)[1], int(token.norm)


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

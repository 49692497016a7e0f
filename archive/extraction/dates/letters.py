"""Spelling folded for reading dates, with the way back to the original offsets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_FAMILIES: Final = {
    "ا": "آأإٱٲٳٵ",
    "و": "ؤۄۅۆۇۈۉۊۋ",
    "ي": "ىیئۍێېےۓ",
    "ه": "ةۀہۂۃەھ",
    "ك": "کڪګݣ",
    "ت": "ټٹ",
    "د": "ډڈ",
    "ر": "ړڑ",
    "ن": "ںڼ",
    "ش": "ښ",
    "ژ": "ږ",
    "ف": "ڤ",
    "ق": "ڨ",
    "e": "əƏ",
    "i": "ıİ",
    "-": "‐‑‒−",
    "–": "—―",
    ":": "：∶",
    "/": "⁄∕",
    "\n": "\r\u2028\u2029\x0b\x0c\x85",
}

# Harakat and Quranic signs, tatweel, ZWNJ and other invisible characters.
_DROPPED: Final = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1"
    "\u08e3-\u08ff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u061c\ufeff\u00ad\u034f\ufe00-\ufe0f"
    "\u0300-\u036f]"
)
# Marks and tatweel belong to the letter before them; a span ends after them.
_CLINGS: Final = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_PRESENTATION: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc\uff10-\uff19]")


def _letters() -> dict[int, str]:
    table = {ord(letter): target for target, sources in _FAMILIES.items() for letter in sources}
    table |= {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    for zero in (0x0660, 0x06F0):
        table |= {zero + digit: str(digit) for digit in range(10)}
    return table


_LETTERS: Final = _letters()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, unless nothing was dropped or expanded, the original index of each character."""

    text: str
    offsets: list[int] | None
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original half-open span of a non-empty folded one, with the marks on its last letter."""
        if self.offsets is None:
            return start, end
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        while last < len(self.original) and _CLINGS.match(self.original, last):
            last += 1
        return first, last


def fold(text: str) -> Folded:
    """Fold letters and digits one to one, drop marks and invisible characters, expand presentation forms.

    Any text; never raises. ``۱۲ مِهر‌ماه`` becomes ``12 مهرماه``; ``3-2`` does not change.
    """
    if _PRESENTATION.search(text):
        return _expand(text)
    if not _DROPPED.search(text):
        return Folded(text.translate(_LETTERS), None, text)
    kept = _DROPPED.sub("", text)
    dropped = {match.start() for match in _DROPPED.finditer(text)}
    offsets = [index for index in range(len(text)) if index not in dropped]
    return Folded(kept.translate(_LETTERS), offsets, text)


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """Fold one word of a table as the text is folded."""
    return fold(word).text


def _expand(text: str) -> Folded:
    pieces: list[str] = []
    offsets: list[int] = []
    for index, letter in enumerate(text):
        expanded = _DROPPED.sub("", unicodedata.normalize("NFKC", letter) if ord(letter) > 0xFB4F else letter)
        pieces.append(expanded)
        offsets.extend([index] * len(expanded))
    return Folded("".join(pieces).translate(_LETTERS), offsets, text)

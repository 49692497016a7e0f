"""A text folded for reading dates, cut into numbers, words and single marks, and tables of phrases over them.

Offsets lead back into the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

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
    "-": "‐‑‒−⁃﹣－",
    "–": "—―﹘",
    "|": "¦∣ǀ｜",
    "\\": "∖⧵＼",
    ":": "：∶",
    "/": "⁄∕／",
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
class FoldedText:
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


def fold(text: str) -> FoldedText:
    """Fold letters and digits one to one, drop marks and invisible characters, expand presentation forms.

    Any text; never raises. ``۱۲ مِهر‌ماه`` becomes ``12 مهرماه``; ``3-2`` does not change.
    """
    if _PRESENTATION.search(text):
        pieces: list[str] = []
        offsets: list[int] = []
        for index, letter in enumerate(text):
            expanded = _DROPPED.sub("", unicodedata.normalize("NFKC", letter) if ord(letter) > 0xFB4F else letter)
            pieces.append(expanded)
            offsets.extend([index] * len(expanded))
        return FoldedText("".join(pieces).translate(_LETTERS), offsets, text)
    if not _DROPPED.search(text):
        return FoldedText(text.translate(_LETTERS), None, text)
    kept = _DROPPED.sub("", text)
    dropped = {match.start() for match in _DROPPED.finditer(text)}
    offsets = [index for index in range(len(text)) if index not in dropped]
    return FoldedText(kept.translate(_LETTERS), offsets, text)


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """Fold one word of a table as the text is folded."""
    return fold(word).text


_TOKEN: Final = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|\n")
_OUTSIDE: Final = "\n"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one text: folded words with their folded offsets, and the language they are read in.

    `read` keeps what was found to begin at a token, None for nothing: it does not depend on the day of the text.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    lang: str | None
    folded: FoldedText = field(repr=False)
    read: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)  # expressions by their first token

    def word(self, index: int) -> str:
        """Return the token, or a line break outside the text."""
        return self.words[index] if 0 <= index < len(self.words) else _OUTSIDE

    def number(self, index: int) -> int | None:
        """Return the value of a number of at most four digits."""
        word = self.word(index)
        return int(word) if len(word) <= 4 and "0" <= word[0] <= "9" else None

    def glued(self, index: int) -> bool:
        """Tell whether the token touches the one before it."""
        return 0 < index < len(self.words) and self.starts[index] == self.ends[index - 1]

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Return the original offsets of the tokens ``first`` up to, not including, ``stop``."""
        return self.folded.span(self.starts[first], self.ends[stop - 1])


def tokenize(text: str, lang: str | None) -> Tokens:
    """Cut a text into tokens; offsets lead back into ``text`` as given."""
    folded = fold(text)
    spans = [match.span() for match in _TOKEN.finditer(folded.text)]
    words = [folded.text[start:end] for start, end in spans]
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    return Tokens(words, starts, ends, lang, folded)


class Phrases(Generic[Value]):
    """Values by phrases of one or more folded words; the longest phrase is read first."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        """Take (folded phrase, value) pairs; a phrase may have several values, kept in the order given."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[Value]]]] = {}
        grouped: dict[tuple[str, ...], list[Value]] = {}
        for phrase, value in entries:
            grouped.setdefault(tuple(_TOKEN.findall(phrase)), []).append(value)
        for words in sorted(grouped, key=len, reverse=True):
            self._by_first.setdefault(words[0], []).append((words[1:], grouped[words]))

    def __contains__(self, word: object) -> bool:
        return word in self._by_first

    def first_words(self) -> frozenset[str]:
        """Return the words with which a phrase can begin."""
        return frozenset(self._by_first)

    def read_all(self, tokens: Tokens, index: int, *, prefixes: str = "") -> tuple[list[Value], int] | None:
        """Return every value of the longest phrase at ``index``, and the index after it.

        ``prefixes`` are one-letter particles that may be written onto the first word, as in «وأكتوبر».
        """
        words = tokens.words
        word = words[index] if 0 <= index < len(words) else _OUTSIDE
        options = self._by_first.get(word)
        if options is None and prefixes and word[0] in prefixes:
            options = self._by_first.get(word[1:])
        for rest, values in options or ():
            stop = index + 1 + len(rest)
            if not rest or tuple(words[index + 1 : stop]) == rest:
                return values, stop
        return None

    def read(self, tokens: Tokens, index: int, *, prefixes: str = "") -> tuple[Value, int] | None:
        """Return the first value of the longest phrase at ``index``, and the index after it."""
        found = self.read_all(tokens, index, prefixes=prefixes)
        return (found[0][0], found[1]) if found else None

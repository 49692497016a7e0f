"""The folded text cut into numbers, words and single marks, and tables of phrases over them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from archive.extraction.dates.letters import Folded, fold

_TOKEN: Final = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|\n")
_OUTSIDE: Final = "\n"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one text: folded words with their folded offsets, and the language they are read in."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    lang: str | None
    folded: Folded = field(repr=False)

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
        word = tokens.word(index)
        options = self._by_first.get(word)
        if options is None and prefixes and word[0] in prefixes:
            options = self._by_first.get(word[1:])
        for rest, values in options or ():
            stop = index + 1 + len(rest)
            if not rest or tuple(tokens.words[index + 1 : stop]) == rest:
                return values, stop
        return None

    def read(self, tokens: Tokens, index: int, *, prefixes: str = "") -> tuple[Value, int] | None:
        """Return the first value of the longest phrase at ``index``, and the index after it."""
        found = self.read_all(tokens, index, prefixes=prefixes)
        return (found[0][0], found[1]) if found else None

"""Two texts beside each other, word by word: what both have, and what only one has. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from archive.extraction.page.folding import fold

MOST: Final = 1500  # words of a paragraph, or paragraphs, that are compared; more are marked as a whole
_PIECE: Final = re.compile(r"\s+|\S+\s*")  # a word with what follows it


@dataclass(frozen=True, slots=True)
class DifferingPiece:
    """A run of text; `is_own` where the other text has it not."""

    text: str
    is_own: bool = False


Paragraph = list[DifferingPiece]


def compared(one: str, other: str) -> list[tuple[Paragraph, Paragraph]]:
    """Two texts, paragraph beside paragraph; an empty list stands beside a paragraph that only one has."""
    mine, theirs = one.split("\n\n"), other.split("\n\n")
    if len(mine) + len(theirs) > 2 * MOST:
        return [_words(one, other)]
    rows: list[tuple[Paragraph, Paragraph]] = []
    for _tag, low, high, from_, to in _opcodes([fold(text) for text in mine], [fold(text) for text in theirs]):
        for left, right in zip_longest(mine[low:high], theirs[from_:to]):
            rows.append(_words(left or "", right or ""))
    return rows


def _words(one: str, other: str) -> tuple[Paragraph, Paragraph]:
    if not one or not other:
        return _runs([(one, True)]), _runs([(other, True)])
    mine, theirs = _PIECE.findall(one), _PIECE.findall(other)
    if len(mine) + len(theirs) > 2 * MOST:
        is_own = one != other
        return _runs([(one, is_own)]), _runs([(other, is_own)])
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for tag, low, high, from_, to in _opcodes(mine, theirs):
        left.append(("".join(mine[low:high]), tag != "equal"))
        right.append(("".join(theirs[from_:to]), tag != "equal"))
    return _runs(left), _runs(right)


def _opcodes(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    yield from SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()


def _runs(said: list[tuple[str, bool]]) -> Paragraph:
    return [DifferingPiece(text, is_own) for text, is_own in said if text]

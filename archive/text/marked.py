"""A text cut at ranges, its paragraphs, and the window around a match; offsets are code points. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

PARAGRAPH_BREAK = "\n\n"


class TextRange(Protocol):
    """A stretch of a text, half open."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


R = TypeVar("R", bound=TextRange)


def pieces(text: str, ranges: Iterable[R], start: int = 0, end: int | None = None) -> Iterator[tuple[str, R | None]]:
    """The text from `start` to `end` piece by piece, each with the range that covers it, None between ranges.

    The first of two ranges that overlap counts, of two that begin together the longer one. One that reaches beyond the
    text is of an earlier wording and left out.
    """
    end = len(text) if end is None else end
    for one in sorted(ranges, key=lambda one: (one.start, -one.end)):
        if one.start < start or one.end > end:
            continue
        if one.start > start:
            yield text[start : one.start], None
        yield text[one.start : one.end], one
        start = one.end
    if start < end:
        yield text[start:end], None


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph stands: they are parted by one empty line.

    >>> list(paragraphs("باكو\\n\\nعقدت الجولة"))
    [(0, 4), (6, 17)]
    """
    start = 0
    for paragraph in text.split(PARAGRAPH_BREAK):
        yield start, start + len(paragraph)
        start += len(paragraph) + len(PARAGRAPH_BREAK)


def window(text: str, start: int, end: int, before: int, behind: int) -> tuple[int, int]:
    """A match with up to so many code points around it, cut between words.

    >>> window("بحث وزير خارجية قطر التعاون", 9, 15, 6, 5)
    (4, 19)
    """
    low = 0 if start <= before else text.find(" ", start - before, start) + 1 or start - before
    high = len(text) if end + behind >= len(text) else max(text.rfind(" ", end, end + behind), end)
    return low, high

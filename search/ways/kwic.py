"""Keywords in context: each match of a text with what stands before and behind it, and the orders of such lines; pure.

Before and behind are in reading order, whichever way the script runs. A line holds stored text, as written; only the
words that lines are sorted by are folded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from search.analysis import fold
from search.analysis.collation import Key, collation_key
from search.analysis.tokenizer import iter_words

CONTEXT: Final = 90  # code points on each side, at most
SORTED_BY: Final = 3  # words on each side
# How lines may be ordered: as their articles are, or by the n-th word before or behind the match and on from there.
ORDERS: Final = ("", "before-3", "before-2", "before-1", "after-1", "after-2", "after-3")


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One match: `start` and `end` are code points into its text, half open, widened to whole words.

    `number` says which of the ranges it is, from 0.
    `words_before` are the folded words before it, the nearest first; `words_after` those behind it. The three pieces of
    text joined are a stretch of one paragraph; `cut_before` and `cut_after` say whether it goes on.
    """

    number: int
    start: int
    end: int
    before: str
    match: str
    after: str
    cut_before: bool
    cut_after: bool
    words_before: tuple[str, ...]
    words_after: tuple[str, ...]


def lines(text: str, ranges: Iterable[tuple[int, int]], context: int = CONTEXT) -> Iterator[ConcordanceLine]:
    """A line for each range of a text; a range that touches no word gives none. O(text).

    >>> [(line.before, line.match, line.after) for line in lines("بحث وزير خارجية قطر التعاون", [(4, 8)])]
    [('بحث ', 'وزير', ' خارجية قطر التعاون')]
    """
    words = list(iter_words(text))
    starts = [start for start, _end, _word in words]
    for number, (start, end) in enumerate(ranges):
        first = bisect_right(starts, start) - 1
        if first < 0 or words[first][1] <= start:
            first += 1
        last = bisect_left(starts, end)
        if first < last:
            yield _line(text, words, number, first, last, context)


def _line(
    text: str, words: Sequence[tuple[int, int, str]], number: int, first: int, last: int, context: int
) -> ConcordanceLine:
    """The line of the words from `first` up to `last`, excluded."""
    start, end = words[first][0], words[last - 1][1]
    opens = text.rfind("\n", 0, start) + 1
    closes = text.find("\n", end)
    closes = len(text) if closes < 0 else closes
    low, high = _low(text, opens, start, context), _high(text, end, closes, context)
    around = words[max(first - SORTED_BY, 0) : first], words[last : last + SORTED_BY]
    return ConcordanceLine(
        number=number,
        start=start,
        end=end,
        before=text[low:start],
        match=text[start:end],
        after=text[end:high],
        cut_before=low > opens,
        cut_after=high < closes,
        words_before=tuple(fold(word) for at, _end, word in reversed(around[0]) if at >= opens),
        words_after=tuple(fold(word) for at, _end, word in around[1] if at < closes),
    )


def _low(text: str, opens: int, start: int, context: int) -> int:
    """Where the context begins: between two words, unless one word is all there is room for."""
    low = max(opens, start - context)
    return low if low == opens else (text.find(" ", low, start) + 1 or low)


def _high(text: str, end: int, closes: int, context: int) -> int:
    high = min(closes, end + context)
    space = text.rfind(" ", end + 1, high + 1)
    return high if high == closes or space < 0 else space


def sort_key(line: ConcordanceLine, order: str, language: str) -> tuple[bool, tuple[Key, ...]]:
    """What a line is sorted by in one of `ORDERS`: the n-th word and those farther off; nothing as the articles are.

    The alphabet is that of the reader's `language`. Lines whose paragraph has no such word stand last.
    """
    side, _dash, number = order.partition("-")
    if not number:
        return False, ()
    words = line.words_before if side == "before" else line.words_after
    keys = tuple(collation_key(word, language) for word in words[int(number) - 1 :])
    return not keys, keys

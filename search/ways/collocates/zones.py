"""A text as running words, each with what it is counted as and whether it stands near a match; pure.

Text is stored text, NFC, in logical order; offsets are code points into it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from search.analysis import Token, analyze, stop_words
from search.analysis.asking import is_small_spelling

AWAY, BEFORE, AFTER, MATCH = range(4)
NEAR: Final = (BEFORE, AFTER)
# Folded the first two are the name علي, which is no function word; the others are links within names.
_LINKS: Final = frozenset(("على", "وعلى", "بن", "ابن", "بنت"))
_TOUCHING: Final = frozenset(" \u00a0\u200c\u200d\u0640")


class RunningWord(NamedTuple):
    """A word of a text; `zone` says where it stands: `AWAY`, `BEFORE` or `AFTER` a match, or in a `MATCH`.

    `key` is what its spellings are counted together as: folded, and of Arabic without particles and article, so that
    «بالرياض» and «الرياض» are one. `has_content` is false of function words, numbers and single letters. `follows`:
    nothing but a space stands between it and the word before.
    """

    key: str
    start: int
    end: int
    has_content: bool
    follows: bool
    zone: int


Paragraph = list[RunningWord]


def paragraphs(text: str, language: str | None, matches: Sequence[tuple[int, int]], window: int) -> Iterator[Paragraph]:
    """The words of each paragraph in their order; so many words on each side of a match are near it.

    `matches` are disjoint ranges in order. A window ends with its paragraph, and counts every word, also function
    words; a word between two matches belongs to the nearer one.

    >>> [[(word.key, word.zone) for word in part] for part in paragraphs("قال وزير قطر أمس", "ar", [(4, 8)], 1)]
    [[('قال', 1), ('وزير', 3), ('قطر', 2), ('امس', 0)]]
    """
    part: Paragraph = []
    end = 0
    lows, highs = [low for low, _high in matches], [high for _low, high in matches]
    for token in _words(analyze(text, language), matches):
        gap = text[end : token.start]
        if part and "\n" in gap:
            yield _with_zones(part, window)
            part = []
        at = bisect_right(highs, token.start)  # the first match that does not end before the word
        zone = MATCH if at < len(lows) and lows[at] < token.end else AWAY
        part.append(_word(token, text, zone, bool(part) and (gap == " " or _TOUCHING.issuperset(gap))))
        end = token.end
    if part:
        yield _with_zones(part, window)


def _words(tokens: Iterable[Token], matches: Sequence[tuple[int, int]]) -> Iterator[Token]:
    """One token after the other: what is written apart and is one word as one, unless a match ends within it."""
    longest: dict[int, Token] = {}
    for token in tokens:
        if token.span == 1 or not _is_cut(matches, token.start, token.end):
            longest[token.position] = token  # of one position the longest comes last
    position = 0
    while position in longest:
        yield longest[position]
        position += longest[position].span


def _is_cut(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < edge < end for where in ranges for edge in where)


def _word(token: Token, text: str, zone: int, follows: bool) -> RunningWord:
    _start, _end, _position, kind, norm, parts, stems, _loose, _span = token
    key = stems[0] if stems else norm
    has_content = _has_content(kind, norm, parts, key, text[token.start : token.end])
    return RunningWord(key, token.start, token.end, has_content, follows, zone)


@lru_cache(maxsize=65_536)
def _has_content(kind: str, norm: str, parts: tuple[str, ...], key: str, written: str) -> bool:
    if kind == "number" or len(norm) < 2 or written in _LINKS:
        return False
    return key not in stop_words() and not is_small_spelling(norm, parts)


def _with_zones(words: Paragraph, window: int) -> Paragraph:
    """The words with those near a match told; what is nearest goes first."""
    zones = [word.zone for word in words]
    if MATCH not in zones:
        return words
    edges = [place for place, zone in enumerate(zones) if zone == MATCH]
    for distance in range(1, window + 1):
        for place in edges:
            for near, zone in ((place - distance, BEFORE), (place + distance, AFTER)):
                if 0 <= near < len(zones) and zones[near] == AWAY:
                    zones[near] = zone
    return [word._replace(zone=zone) for word, zone in zip(words, zones, strict=True)]

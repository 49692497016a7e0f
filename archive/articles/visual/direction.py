"""Marks of direction for lines that are set by other means than a browser's: around brackets, and where words end.

They change nothing that is seen in a line set by the whole bidi algorithm. Pure; LRM and RLM are all that is added.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

RLM: Final = "\u200f"
LRM: Final = "\u200e"
_LATIN: Final = "A-Za-z\u00c0-\u024f\u0259\u1e00-\u1eff"
_ARABIC: Final = "\u0621-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9%\u066a"
_STRONG: Final = f"{_LATIN}{_ARABIC}{LRM}{RLM}"
_RIGHT_LETTER: Final = re.compile(f"[{_ARABIC}{RLM}]")
_LEFT_LETTER: Final = re.compile(f"[{_LATIN}{LRM}]")
_BETWEEN: Final = re.compile(f"[^{_STRONG}{_DIGITS}]+")
# Vocal signs, hamza above, the Quranic marks by which `visual` remembers them: they belong to the letter before.
_VOWELS: Final = re.compile("[\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff]*")
# Separators, which programs that read a PDF take for parts of numbers (bidi classes CS and ES).
_SEPARATORS: Final = re.compile("[.,:/+\\-\u060c\u00a0\u00b7](?=(.)?)")
# An address, or a piece of one between marks: one whole, in which no mark may stand.
_WHOLE: Final = re.compile(f"(https?://[^\\s{LRM}{RLM}]+|(?<={LRM})[!-~]+(?={LRM}))")
_CLOSES: Final = {")": "(", "]": "[", "}": "{"}


def is_rtl(text: str) -> bool:
    """Whether the first letter of a text is of a script written from right to left; no for a text without letters."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in {"R", "AL", "L"}:
            return direction != "L"
    return False


def isolated(text: str, *, rtl: bool) -> str:
    """A text that is set into a line of the other direction, so that neither moves letters, digits or stops.

    Marks of its own direction and, around these, of the line's do what isolates do; a line may be broken inside.
    """
    strong = next((way for way in map(unicodedata.bidirectional, text) if way in {"L", "R", "AL"}), None)
    own = strong in {"R", "AL"}
    if strong is None or own is rtl:
        return text
    inner, outer = (RLM, LRM) if own else (LRM, RLM)
    return f"{outer}{inner}{text}{inner}{outer}"


def paired(line: str, *, rtl: bool) -> str:
    """Put marks of direction around each pair of brackets: rule N0 of the bidi algorithm, which the library lacks.

    A pair goes with the line, unless it holds only words of the other direction and follows such a word.
    """
    marks: dict[int, str] = {}
    # The places of the brackets that belong together.
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for place, letter in enumerate(line):
        if letter in _CLOSES.values():
            opened.append(place)
        elif letter in _CLOSES and opened and line[opened[-1]] == _CLOSES[letter]:
            pairs.append((opened.pop(), place))
    for opening, closing in pairs:
        inside = {_way(letter) for letter in line[opening + 1 : closing]} - {None}
        before = next((way for letter in reversed(line[:opening]) if (way := _way(letter)) is not None), rtl)
        if inside:
            way = (not rtl) if inside == {not rtl} and before is not rtl else rtl
            mark = RLM if way else LRM
            marks[opening], marks[closing] = mark + line[opening], line[closing] + mark
    return "".join(marks.get(place, letter) for place, letter in enumerate(line))


def _way(letter: str) -> bool | None:
    """True for a letter from right to left (digits count as such here), False for one from left to right."""
    direction = unicodedata.bidirectional(letter)
    return None if direction not in {"L", "R", "AL", "EN", "AN"} else direction != "L"


def parted(line: str, *, rtl: bool) -> str:
    """Put marks of direction where words of the other direction end, and after separators, if they go with the line.

    They change nothing that is seen. pdftotext needs them: it counts a stop and the space after it to the number or
    word of the other direction beside them. A line of one direction, from left to right, needs none; an address stays
    as it is written.
    """
    if not rtl and not _RIGHT_LETTER.search(line):
        return line
    pieces = _WHOLE.split(line)
    return "".join(piece if place % 2 else _parted(piece, rtl=rtl) for place, piece in enumerate(pieces))


def _parted(line: str, *, rtl: bool) -> str:

    def part(between: re.Match[str]) -> str:
        before, after = line[: between.start()][-1:], line[between.end() :][:1]
        if not (_goes(before, rtl) or _goes(after, rtl) or "\u00b7" in between[0]):
            return between[0]
        vowels = between[0][: _VOWELS.match(between[0]).end()]  # type: ignore[union-attr]
        parted = _SEPARATORS.sub(lambda found: _separated(found, mark, after), between[0][len(vowels) :])
        return vowels + (parted if _goes(before, rtl) else mark + parted)

    mark = RLM if rtl else LRM
    return _BETWEEN.sub(part, line)


def _goes(letter: str, rtl: bool) -> bool:
    """Whether a letter has the direction of the line; so do its ends."""
    return not letter or bool((_RIGHT_LETTER if rtl else _LEFT_LETTER).match(letter))


def _separated(found: re.Match[str], mark: str, after: str) -> str:
    """A separator with a mark after it, but for one that begins a number: +994."""
    return found[0] if not found[1] and after and re.match(f"[{_DIGITS}]", after) else found[0] + mark

"""Shaped and reordered text for places where nothing else shapes text: terminals, PDF and pictures.

The only importer of arabic_reshaper and bidi. What comes from here is for the eye alone: it holds presentation forms
in visual order, cannot be turned back, and never enters storage, the index, HTML or feeds.

A line is broken in logical order, then shaped, then reordered: shape the words to measure them, choose the line, and
reorder it last. The letters of a paragraph that is reordered before it is broken stand in the wrong lines.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path
from typing import Final

from arabic_reshaper import ArabicReshaper

# The Python algorithm, not the faster `bidi.get_display`: that one leaves brackets unmirrored.
from bidi.algorithm import get_display

from archive.articles.visual.direction import LRM, RLM, is_rtl, isolated, paired, parted

__all__ = [
    "FONTS",
    "LRM",
    "RLM",
    "ZWNJ",
    "for_eye",
    "for_terminal",
    "glyphs",
    "is_rtl",
    "isolated",
    "ordered",
    "shaped",
]

FONTS: Final = Path(__file__).with_name("fonts")
ZWNJ: Final = "\u200c"
_MARKS: Final = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# The bidi algorithm drops ZWNJ; ARABIC LETTER MARK has no width either, is kept, and stands where it stood.
_STAND_IN: Final = "\u061c"
# Persian «هٔ» has a letter of its own with joined forms, so that no font has to place the mark.
_HEH_HAMZA: Final = "\u0647\u0654"
_HEH_WITH_YEH: Final = "\u06c0"
_HAMZA_APART: Final = "\u08f3"  # a mark of Quranic use, which remembers that the text has two characters
# Marks between lam and alef, while they stand behind the ligature: marks of Quranic use that no news report has.
_TASHKIL: Final = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
_REMEMBERED: Final = "\u08f0\u08f1\u08f2\u08e4\u08e5\u08e6\u08ea\u08eb"
_MARKS_OUT: Final = str.maketrans(_TASHKIL, _REMEMBERED)
_MARKS_BACK: Final = str.maketrans(_REMEMBERED, _TASHKIL, _HAMZA_APART)
_MARKED_LAM_ALEF: Final = re.compile(f"\u0644([{_TASHKIL}]+)([اأإآ])")
_CLUSTERS: Final = re.compile(f"[{_REMEMBERED}]+[\ufef5-\ufefc]|{_HAMZA_APART}[\ufba4\ufba5]|.", re.DOTALL)
# Each bracket as one of a pair that no text has: what comes back tells which was written and whether it was mirrored.
_BRACKETS: Final = "()[]{}<>«»‹›"
_PAIRS: Final = "⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⟪⟫⦑⦒⦓⦔⦕⦖⦗⦘⟦⟧⟨⟩"
_BRACKETS_OUT: Final = {ord(bracket): _PAIRS[2 * place] for place, bracket in enumerate(_BRACKETS)}
_BRACKETS_BACK: Final = {
    _PAIRS[2 * place + mirrored]: (_BRACKETS[place ^ mirrored], bracket)
    for place, bracket in enumerate(_BRACKETS)
    for mirrored in (0, 1)
}


@functools.cache
def _reshaper() -> ArabicReshaper:
    # Lam-alef is obligatory in the script; the other ligatures only where a font wants them.
    return ArabicReshaper(
        configuration={"delete_harakat": False, "support_ligatures": True, "ARABIC LIGATURE ALLAH": False}
    )


def shaped(text: str) -> str:
    """Join the letters, in logical order: to measure words and to break lines. ZWNJ stays, the letters it parts too.

    >>> shaped("سلام") == "ﺳﻼﻡ"
    True
    """
    prepared = _MARKED_LAM_ALEF.sub(_marks_last, text.replace(_HEH_HAMZA, _HEH_WITH_YEH + _HAMZA_APART))
    return str(_reshaper().reshape(prepared))


def _marks_last(found: re.Match[str]) -> str:
    """«لًا» as «لا» with its marks behind it, so that the letters join; these marks remember that they stood before."""
    return "ل" + found[2] + found[1].translate(_MARKS_OUT)


def ordered(line: str, *, rtl: bool) -> str:
    """Put one line of `shaped` text in visual order, its first character leftmost; brackets are mirrored.

    ZWNJ, LRM and RLM stay in their places for a PDF, which lets a reader copy them; other marks of direction go.
    """
    kept = paired(line, rtl=rtl).replace(ZWNJ, _STAND_IN)
    return str(get_display(kept, base_dir="R" if rtl else "L")).replace(_STAND_IN, ZWNJ).translate(_MARKS_BACK)


def glyphs(line: str, *, rtl: bool) -> list[tuple[str, str]]:
    """One line of `shaped` text from left to right: the character to draw, "" for none, and the letters it stands for.

    A PDF draws the one and tells the other, so that its text is copied and found as letters. Programs that read a PDF
    put a row of right-to-left letters in order again, so letters come here in the order they are seen, one a glyph:
    lam-alef is its alef without a shape, then its shape as lam. A bracket that was mirrored stands for the one that was
    written. Marks of direction stand where letters of one direction end, for these programs alone.
    """
    kept = parted(paired(line, rtl=rtl), rtl=rtl).replace(ZWNJ, _STAND_IN).translate(_BRACKETS_OUT)
    visual = str(get_display(kept, base_dir="R" if rtl else "L"))
    return [glyph for cluster in _CLUSTERS.findall(visual) for glyph in _cluster(cluster)]


def _cluster(cluster: str) -> list[tuple[str, str]]:
    """One character; or «هٔ»; or a lam-alef with marks to its left that are written between its two letters."""
    marks, letter = cluster[:-1], cluster[-1]
    if marks == _HAMZA_APART:
        return [("", _HEH_HAMZA[1]), (letter, _HEH_HAMZA[0])]
    drawn = _glyph(letter)
    between = [(mark.translate(_MARKS_BACK),) * 2 for mark in marks]
    return [*drawn[:-1], *between, drawn[-1]]


def _glyph(letter: str) -> list[tuple[str, str]]:
    if letter in _BRACKETS_BACK:
        return [_BRACKETS_BACK[letter]]
    if letter == _STAND_IN:
        return [("", ZWNJ)]
    if _MARKS.match(letter):
        return [("", letter)]
    letters = unicodedata.normalize("NFKC", letter) if _is_form(letter) else letter
    if len(letters) == 2 and letters[0] == "ل":
        return [("", letters[1]), (letter, letters[0])]
    return [(letter, letters)]


def _is_form(letter: str) -> bool:
    return "\ufb50" <= letter <= "\ufbff" or "\ufe80" <= letter <= "\ufefc"


def for_eye(text: str, *, rtl: bool) -> str:
    """One line shaped and in visual order, without any character that has no shape: for a picture.

    >>> for_eye("(سلام)", rtl=True)
    '(ﻡﻼﺳ)'
    """
    return _MARKS.sub("", ordered(shaped(text), rtl=rtl))


def for_terminal(text: str, *, rtl: bool | None = None) -> str:
    """Give one line of text in visual order with joined letters, for a terminal without bidi support.

    The direction is that of the first letter where none is given.

    >>> for_terminal("Baku")
    'Baku'
    >>> for_terminal("سلام")
    'ﻡﻼﺳ'
    """
    return for_eye(text, rtl=is_rtl(text) if rtl is None else rtl)

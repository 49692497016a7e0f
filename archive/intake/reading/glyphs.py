"""The letters of a PDF's page, each at its place → lines of text in the order in which they are read. Pure.

A page shows letters from left to right, whatever is read from right to left; some as presentation forms, which are the
letters as they are joined (ﻴ), some two at once (ﻻ).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FORMS: Final = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]")
UNKNOWN: Final = "\ufffd"  # a letter that the file gives no character for
_RTL: Final = re.compile("[\u0590-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
MIRRORED: Final = str.maketrans("()[]{}«»‹›<>", ")(][}{»«›‹><")
_DIGIT: Final = re.compile("[0-9٠-٩۰-۹]")
_RUN: Final = re.compile("N(?:[SH]?N)*|[LN](?:[LNSHWO]*[LN])?")
_MARKS_OF_DIRECTION: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CLOSING: Final = frozenset(".،؛!؟")
_GAP: Final = 0.18  # of a letter's size, from which on there is a blank between two letters


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter as it is drawn, or two drawn as one, from `left` to `right` in points; "" where it is unknown."""

    text: str
    left: float
    right: float
    size: float


def line_of(glyphs: Iterable[Glyph]) -> str:
    """The text of a line, its blanks put in and its order put right.

    >>> line_of([Glyph("ﺮ", 0, 5, 10), Glyph("ﻄ", 5, 10, 10), Glyph("ﻗ", 10, 15, 10)])
    'قطر'
    """
    drawn = _with_blanks(sorted(glyphs, key=lambda glyph: (glyph.left + glyph.right, glyph.left)))
    if sum(len(_RTL.findall(text)) for text in drawn) * 2 < sum(map(str.isalpha, "".join(drawn))):
        return _plain("".join(drawn))
    text = _plain("".join(_read(_placed_marks(drawn[::-1]))))
    # A page that does not say its direction draws the full stop at the right.
    return f"{text[1:].lstrip()}{text[0]}" if text[:1] in _CLOSING and text[1:2].strip(".") else text


def _with_blanks(drawn: list[Glyph]) -> list[str]:
    found: list[str] = []
    end = drawn[0].left if drawn else 0.0
    for glyph in drawn:
        text = glyph.text or UNKNOWN
        if found and glyph.left - end > _GAP * glyph.size and not found[-1].isspace() and not text.isspace():
            found.append(" ")
        if not (text.isspace() and found and found[-1].isspace()):
            found.append(text)
        end = max(end, glyph.right)
    return found


def _placed_marks(read: list[str]) -> list[str]:
    """A vowel mark after its letter, from right to left: it is drawn within it, and may come before."""
    found = list(read)
    for at in range(len(found) - 1):
        if all(map(unicodedata.combining, found[at])) and found[at] and (at == 0 or found[at - 1].isspace()):
            found[at], found[at + 1] = found[at + 1], found[at]
    return found


def _read(glyphs: list[str]) -> list[str]:
    """Letters from right to left, with numbers and words of Latin letters turned round again.

    After Arabic letters a hyphen parts numbers: 26-10-2020 is drawn as three numbers, the first at the right (UAX 9, W2
    and W4).
    """
    kinds = "".join(map(_kind, glyphs))
    first = kinds.find("R")
    kinds = re.sub("H", lambda found: "O" if 0 <= first < found.start() else "H", kinds)
    found: list[str] = []
    end = 0
    for run in _RUN.finditer(kinds):
        found += [text.translate(MIRRORED) for text in glyphs[end : run.start()]]
        found += glyphs[run.start() : run.end()][::-1]
        end = run.end()
    found += [text.translate(MIRRORED) for text in glyphs[end:]]
    return found


def _kind(text: str) -> str:
    if _RTL.search(text) and not _DIGIT.search(text):
        return "R"
    if _DIGIT.match(text):
        return "N"
    if text.isspace():
        return "W"
    if text in {".", ",", ":", "/", "٫", "٬", "،"}:
        return "S"
    return "H" if text in {"-", "+"} else "L" if text.isalpha() else "O"


def _plain(text: str) -> str:
    """The letters of presentation forms; ZWNJ where a letter that joins ends a word within a word («ﻣﯽﺷﻮد»)."""
    found: list[str] = []
    for at, letter in enumerate(text):
        if not FORMS.match(letter):
            found.append(letter)
            continue
        form, _blank, _code = unicodedata.decomposition(letter).partition(" ")
        plain = unicodedata.normalize("NFKC", letter)
        found.append(plain.replace(" ", "") if len(plain) < 4 else plain)  # a mark alone is drawn on a blank
        after = text[at + 1 : at + 2]
        if form in {"<final>", "<isolated>"} and plain[-1:] in _JOINING and FORMS.match(after) and len(plain) == 1:
            found.append("\u200c")
    return unicodedata.normalize("NFC", _MARKS_OF_DIRECTION.sub("", "".join(found))).strip()


def _joining() -> frozenset[str]:
    """The letters that join the one after them: those that have an initial form."""
    held = map(chr, (*range(0xFB50, 0xFDD0), *range(0xFE70, 0xFEFD)))
    initial = (unicodedata.decomposition(letter) for letter in held)
    return frozenset(chr(int(found.split()[1], 16)) for found in initial if found.startswith("<initial>"))


_JOINING: Final = _joining()


def crossed(text: str) -> int:
    """How many brackets and quotation marks of a text close what nothing opened.

    >>> crossed("(«قطر»)"), crossed(")قطر(")
    (0, 1)
    """
    open_, wrong = dict.fromkeys("([{«‹<", 0), 0
    for mark in text:
        if mark in open_:
            open_[mark] += 1
        elif (opener := mark.translate(MIRRORED)) in open_:
            wrong += not open_[opener]
            open_[opener] = max(0, open_[opener] - 1)
    return wrong

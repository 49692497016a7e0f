"""Fonts of a PDF: each line drawn from `visual.glyphs`, so that what is seen is shaped and what is copied is letters.

A PDF names its letters by font codes. Where the drawn character and the letters it stands for differ, the pair gets a
private code of its own: its shape is that of the drawn character, its text the letters.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from itertools import groupby
from typing import Any, Final

from reportlab.pdfbase.ttfonts import TTFont

from archive.articles.visual.visual import FONTS, glyphs, shaped

FACES: Final = {
    "reading": ("amiri-regular", "vazirmatn-regular"),
    "title": ("amiri-bold", "vazirmatn-bold"),
    "interface": ("vazirmatn-regular", "amiri-regular"),
    "strong": ("vazirmatn-bold", "amiri-bold"),
}
FIRST_CODE: Final = 0xE000
LAST_CODE: Final = 0xF8FF
_CMAP_LINE: Final = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4})>")
_MAKING: Final = threading.Lock()
Run = tuple["LetteredFont", str]


class LetteredFont(TTFont):
    """A TrueType font whose codes may stand for other letters than their shape is known by."""

    def __init__(self, name: str) -> None:
        super().__init__(f"diwan-{name}", str(FONTS / f"{name}.ttf"), shapable=False)
        self._codes: dict[tuple[str, str], str] = {}
        self._letters: dict[int, str] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()

    def has(self, shape: str) -> bool:
        """Whether there is a shape for a character; what is to be empty has one."""
        return not shape or ord(shape) in self.face.charToGlyph

    def code(self, shape: str, letters: str) -> str:
        """The character to write for a shape ("" for none) that stands for these letters."""
        if shape == letters:
            return shape
        with self._lock:
            held = self._codes.get((shape, letters))
            return held or self._new_code(shape, letters)

    def _new_code(self, shape: str, letters: str) -> str:
        number = FIRST_CODE + len(self._codes)
        if number > LAST_CODE:
            return shape or " "
        like = ord(shape or " ")
        self.face.charToGlyph[number] = self.face.charToGlyph[like]
        self.face.charWidths[number] = self.face.getCharWidth(like) if shape else 0
        self._letters[number] = letters
        self._codes[shape, letters] = chr(number)
        return chr(number)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Write the font into a document, and into its ToUnicode tables the letters that the codes stand for.

        One document at a time: reportlab reads the shapes by a place in the font's file that all documents share.
        """
        with self._writing:
            super().addObjects(doc)
        for font in doc.idToObject["BasicFonts"].dict.values():
            table = getattr(font, "ToUnicode", None)
            if table is not None and f"+{self.face.name.decode('latin-1')}" in str(font.BaseFont):
                stream = doc.idToObject[table.name]
                stream.content = _CMAP_LINE.sub(self._told, stream.content)

    def _told(self, line: re.Match[str]) -> str:
        letters = self._letters.get(int(line[2], 16))
        return f"<{line[1]}> <{letters.encode('utf-16-be').hex().upper()}>" if letters else line[0]


def font(name: str) -> LetteredFont:
    """A font of the `fonts` folder, known to reportlab from now on; one for all threads, which share its codes."""
    with _MAKING:
        return _made(name)


@functools.cache
def _made(name: str) -> LetteredFont:
    from reportlab.pdfbase import pdfmetrics

    made = LetteredFont(name)
    pdfmetrics.registerFont(made)
    return made


@functools.lru_cache(maxsize=8192)  # a line is measured when it is placed, and written when its page is
def runs(line: str, face: str, *, rtl: bool) -> tuple[Run, ...]:
    """One line, in logical order, as fonts and what to write in them, from left to right."""
    written = [_written(shape, letters, face) for shape, letters in glyphs(shaped(line), rtl=rtl)]
    return tuple((used, "".join(code for _font, code in group)) for used, group in groupby(written, key=lambda w: w[0]))


def width(line: str, face: str, size: float, *, rtl: bool) -> float:
    """The width of one line in points."""
    return float(sum(used.stringWidth(codes, size) for used, codes in runs(line, face, rtl=rtl)))


@functools.lru_cache(maxsize=4096)
def _written(shape: str, letters: str, face: str) -> Run:
    """The first font of a face that has the shape, else the letter without its marks, else no shape."""
    fonts = [font(name) for name in FACES[face]]
    bare = unicodedata.normalize("NFKD", shape)[:1]
    for drawn in (shape, bare) if bare.isalnum() else (shape,):
        for one in fonts:
            if one.has(drawn):
                return one, one.code(drawn, letters)
    return fonts[0], fonts[0].code("", letters if ord(letters[0]) > 31 else " ")

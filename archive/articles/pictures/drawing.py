"""Drawing lines of Arabic, Persian and Latin text with Pillow, which is told nothing of scripts: see `visual`."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from archive.articles.visual.visual import FONTS, for_eye

# A letter that a face lacks comes from the next one: Amiri has no ə, Vazirmatn no letters of Urdu and Sindhi.
FACES: Final = {
    "reading": ("amiri-regular.ttf", "vazirmatn-regular.ttf"),
    "title": ("amiri-bold.ttf", "vazirmatn-bold.ttf"),
    "interface": ("vazirmatn-regular.ttf", "amiri-regular.ttf"),
    "strong": ("vazirmatn-bold.ttf", "amiri-bold.ttf"),
}


@dataclass(frozen=True, slots=True)
class PictureStyle:
    """A face of `FACES`, its size and the distance of two lines in pixels, and a colour as `#0f5a63`."""

    face: str
    size: int
    leading: int
    colour: str


@functools.cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _has(name: str, letter: str) -> bool:
    """Whether a face draws this letter: letters without a glyph all look like the one of a private code."""
    font = _font(name, 24)
    return bool(letter.isspace() or _shape(font, letter) != _shape(font, "\uf8ff"))


def _shape(font: ImageFont.FreeTypeFont, letter: str) -> bytes:
    image = Image.new("1", (48, 48))
    ImageDraw.Draw(image).text((8, 36), letter, font=font, fill=1, anchor="ls")
    return image.tobytes()


@functools.cache
def _face(style_face: str, letter: str) -> str:
    """The first face that has the letter; the first one for a letter that none has."""
    return next((name for name in FACES[style_face] if _has(name, letter)), FACES[style_face][0])


def _runs(visual: str, face: str) -> Iterator[tuple[str, str]]:
    known = "".join(letter if any(_has(name, letter) for name in FACES[face]) else _bare(letter) for letter in visual)
    for name, letters in groupby(known, key=lambda letter: _face(face, letter)):
        yield name, "".join(letters)


def _bare(letter: str) -> str:
    """A letter that no face has without its marks; nothing for a lone mark or a picture."""
    bare = unicodedata.normalize("NFKD", letter)[0]
    return bare if bare != letter and bare.isalnum() else ""


def width(text: str, style: PictureStyle, *, rtl: bool) -> float:
    """The width of one line in pixels."""
    runs = _runs(for_eye(text, rtl=rtl), style.face)
    return sum(_font(name, style.size).getlength(letters) for name, letters in runs)


def broken(text: str, style: PictureStyle, room: float, *, rtl: bool, most: int) -> list[str]:
    """Lines no wider than `room` pixels, at most `most`; what does not fit ends in an ellipsis. Logical order."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, style, rtl=rtl) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = lines[:most]
    if len(lines) > most:
        shown[-1] += "…"
    return [_fitted(line, style, room, rtl=rtl) for line in shown]


def _fitted(line: str, style: PictureStyle, room: float, *, rtl: bool) -> str:
    """A line that grew by its ellipsis without its last words, and one long word without its last letters."""
    while line and width(line, style, rtl=rtl) > room:
        shorter = line.rstrip("…").rpartition(" ")[0] or line.rstrip("…")[:-1]
        line = f"{shorter}…" if shorter else ""
    return line


def draw(
    image: Image.Image, text: str, style: PictureStyle, edge: float, baseline: float, *, rtl: bool, end: bool
) -> None:
    """One line with its baseline at `baseline`; `edge` is its right end where `end` is set, else its left one."""
    pen = ImageDraw.Draw(image)
    place = edge - width(text, style, rtl=rtl) if end else edge
    for name, letters in _runs(for_eye(text, rtl=rtl), style.face):
        font = _font(name, style.size)
        pen.text((place, baseline), letters, font=font, fill=style.colour, anchor="ls")
        place += font.getlength(letters)

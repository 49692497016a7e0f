"""Pages of a PDF filled line by line: text is broken in logical order, each line is drawn where it was placed."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from archive.articles.dossier.fonts import runs, width
from archive.articles.visual.visual import LRM, is_rtl

WIDTH: Final = 595.28  # A4, in points
HEIGHT: Final = 841.89
SIDE: Final = 70.0
TOP: Final = 74.0
BOTTOM: Final = 84.0
ROOM: Final = WIDTH - 2 * SIDE
LONGEST: Final = 400  # letters of one line that are measured
JUSTIFIED_FROM: Final = 0.75  # of the room; a shorter line is left ragged


@dataclass(frozen=True, slots=True)
class PageStyle:
    """A face of `dossier_fonts.FACES`, size and leading in points, colour, and whether lines fill the column."""

    face: str
    size: float
    leading: float
    colour: str = "#1d1f24"
    justified: bool = False


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """One line, its baseline `y` points above the lower edge; `edge` is the right end of a right-to-left line."""

    text: str
    style: PageStyle
    edge: float
    y: float
    rtl: bool
    to_the_end: bool = False
    extra: float = 0.0  # points added to every space
    target: str = ""  # a bookmark that the line leads to


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the column."""

    y: float
    colour: str
    thickness: float


@dataclass(slots=True)
class DossierPage:
    """What stands on a page; `bookmark` and `title` are set where an article begins."""

    marks: list[PlacedLine | Rule] = field(default_factory=list)
    bookmark: str = ""
    title: str = ""


class Column:
    """Fills pages from top to bottom; a new page begins by itself."""

    def __init__(self, *, rtl: bool) -> None:
        self.rtl = rtl
        self.pages = [DossierPage()]
        self.y = HEIGHT - TOP

    @property
    def page(self) -> DossierPage:
        return self.pages[-1]

    def new_page(self) -> None:
        self.pages.append(DossierPage())
        self.y = HEIGHT - TOP

    def space(self, points: float) -> None:
        self.y -= points

    def rule(self, colour: str, thickness: float) -> None:
        self.page.marks.append(Rule(self.y, colour, thickness))

    def keep(self, points: float) -> None:
        """Begin a new page unless this much room is left."""
        if self.y - points < BOTTOM:
            self.new_page()

    def text(
        self, text: str, style: PageStyle, *, rtl: bool | None = None, start: float = 0.0, end: float = 0.0
    ) -> None:
        """A paragraph in its own direction, on the side where reading begins, indented by `start` and `end` points."""
        way = is_rtl(text) if rtl is None else rtl
        room = ROOM - start - end
        lines = list(broken(text, style, room, rtl=way))
        for number, line in enumerate(lines):
            self.keep(style.leading)
            self.y -= style.leading
            extra = _stretch(line, style, room, rtl=way) if number < len(lines) - 1 else 0.0
            edge = WIDTH - SIDE - start if way else SIDE + start
            self.page.marks.append(PlacedLine(line, style, edge, self.y, way, extra=extra))


def broken(text: str, style: PageStyle, room: float, *, rtl: bool) -> Iterator[str]:
    """Lines no wider than `room`, in logical order: words are measured shaped, one by one."""
    line, used = "", 0.0
    gap = width(" ", style.face, style.size, rtl=rtl)
    for word in _words(text, style, room, rtl):
        wide = _measured(word, style.face, style.size, rtl)
        if line and used + gap + wide > room:
            yield line
            line, used = word, wide
        else:
            line, used = (f"{line} {word}", used + gap + wide) if line else (word, wide)
    if line:
        yield line


@functools.lru_cache(maxsize=20_000)
def _measured(word: str, face: str, size: float, rtl: bool) -> float:
    return width(word, face, size, rtl=rtl)


def _words(text: str, style: PageStyle, room: float, rtl: bool) -> Iterator[str]:
    """The words, and those wider than the column, as addresses are, in pieces."""
    for word in text.split():
        if _measured(word, style.face, style.size, rtl) <= room:
            yield word
        else:
            yield from _cut(word, style, room, rtl)


def _cut(word: str, style: PageStyle, room: float, rtl: bool) -> Iterator[str]:
    """Pieces of one word as wide as the room; among right-to-left text a Latin piece keeps its stops by marks."""
    mark = LRM if rtl and not is_rtl(word) else ""
    while word:
        most = bisect_right(
            range(1, min(len(word), LONGEST) + 1), room, key=lambda n: width(word[:n], style.face, style.size, rtl=rtl)
        )
        piece, word = word[: max(most, 1)], word[max(most, 1) :]
        yield f"{mark}{piece}{mark}"


def _stretch(line: str, style: PageStyle, room: float, *, rtl: bool) -> float:
    """Points to add to every space so that a line fills its room."""
    gaps = line.count(" ")
    wide = width(line, style.face, style.size, rtl=rtl)
    return (room - wide) / gaps if style.justified and gaps and wide > room * JUSTIFIED_FROM else 0.0


def draw_line(canvas: Any, line: PlacedLine) -> None:
    """Draw one line; the letters that follow each other on the page follow each other in the file."""
    wide = width(line.text, line.style.face, line.style.size, rtl=line.rtl) + line.extra * line.text.count(" ")
    left = line.edge - wide if line.rtl != line.to_the_end else line.edge
    pen = canvas.beginText(left, line.y)
    pen.setFillColor(line.style.colour)
    pen.setWordSpace(line.extra)
    for used, codes in runs(line.text, line.style.face, rtl=line.rtl):
        pen.setFont(used.fontName, line.style.size)
        pen.textOut(codes)
    canvas.drawText(pen)
    if line.target:
        box = (SIDE, line.y - 4, WIDTH - SIDE, line.y + line.style.leading - 6)
        canvas.linkAbsolute("", line.target, box, Border="[0 0 0]")

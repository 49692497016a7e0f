"""Pictures of links: 1200 by 630 pixels with the title, source and date of an article, or with a search.

They are kept in Django's cache `pictures` under the digest of all that they show: a corrected title gets a new picture.
"""

from __future__ import annotations

import hashlib
import io
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Final

from django.core.cache import caches
from PIL import Image, ImageDraw

from archive.articles.pictures.drawing import PictureStyle, broken, draw, width
from archive.articles.visual.visual import is_rtl

SIZE: Final = (1200, 630)
MARGIN: Final = 84
PAPER, INK, SOFT, HAIRLINE, ACCENT = "#fbfaf6", "#1d1f24", "#5b606b", "#e3dfd4", "#0f5a63"
EYEBROW: Final = PictureStyle("strong", 30, 44, ACCENT)
TITLES: Final = (
    PictureStyle("title", 64, 100, INK),
    PictureStyle("title", 54, 86, INK),
    PictureStyle("title", 46, 74, INK),
)
FOOT: Final = PictureStyle("interface", 30, 44, SOFT)
NAME: Final = PictureStyle("strong", 34, 44, ACCENT)
TITLE_LINES: Final = 4
VERSION: Final = "1"  # of the drawing; a new one makes every picture anew


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture shows, in logical order: a line above, the title, a line below; `name` is that of the archive."""

    title: str
    above: str
    below: str
    name: str
    rtl: bool

    @property
    def digest(self) -> str:
        """The SHA-256 digest of all that is shown, in hex."""
        shown = json.dumps([VERSION, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()


def picture(card: Card) -> bytes:
    """The PNG of a card, from the cache when it was drawn before; a full disk costs only time."""
    held: bytes | None = None
    with suppress(OSError):
        held = caches["pictures"].get(card.digest)
    if held is None:
        held = drawn(card)
        with suppress(OSError):
            caches["pictures"].set(card.digest, held)
    return held


def drawn(card: Card) -> bytes:
    """Draw a card; the same card gives the same bytes."""
    image = Image.new("RGB", SIZE, PAPER)
    # A band of the accent at the side where reading begins, and the line above the foot.
    pen = ImageDraw.Draw(image)
    pen.rectangle((SIZE[0] - 20, 0, SIZE[0], SIZE[1]) if card.rtl else (0, 0, 19, SIZE[1]), fill=ACCENT)
    pen.line((MARGIN, SIZE[1] - 138, SIZE[0] - MARGIN, SIZE[1] - 138), fill=INK, width=3)
    style, lines = _title(card)
    edge = SIZE[0] - MARGIN if card.rtl else MARGIN
    above = broken(card.above, EYEBROW, _room(), rtl=card.rtl, most=1)
    height = style.leading * len(lines) + (70 if above else 0)
    top = 56 + (SIZE[1] - 56 - 170 - height) / 2
    for line in above:
        draw(image, line, EYEBROW, edge, top + 34, rtl=card.rtl, end=card.rtl)
        top += 70
    for number, line in enumerate(lines):
        baseline = top + style.leading * (number + 0.72)
        draw(image, line, style, edge, baseline, rtl=is_rtl(card.title), end=card.rtl)
    _foot(image, card, edge)
    stream = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _room() -> int:
    return SIZE[0] - 2 * MARGIN


def _title(card: Card) -> tuple[PictureStyle, list[str]]:
    """The largest size in which the title fits; the smallest one shortens it."""
    for style in TITLES:
        lines = broken(card.title, style, _room(), rtl=is_rtl(card.title), most=TITLE_LINES)
        if len(lines) < TITLE_LINES and not any(line.endswith("…") for line in lines):
            return style, lines
    return TITLES[-1], lines


def _foot(image: Image.Image, card: Card, edge: int) -> None:
    """Source and date where reading begins, the archive's name at the other end."""
    baseline = SIZE[1] - 78
    other = MARGIN if card.rtl else SIZE[0] - MARGIN
    room = _room() - width(card.name, NAME, rtl=card.rtl) - 40
    for line in broken(card.below, FOOT, room, rtl=card.rtl, most=1):
        draw(image, line, FOOT, edge, baseline, rtl=card.rtl, end=card.rtl)
    draw(image, card.name, NAME, other, baseline, rtl=card.rtl, end=not card.rtl)

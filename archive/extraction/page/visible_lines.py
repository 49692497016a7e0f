"""Walks the markup of a page and yields its lines in reading order, as a browser would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from archive.extraction.page.boxes import Box, SeenLine, closed_boxes, prose
from archive.extraction.page.characters import clean
from archive.extraction.page.furniture import is_hidden, is_small_print, kind_of, rule_of
from archive.extraction.page.lines import PageLine
from archive.extraction.page.titles import LONGEST_KICKER

_ROLES = {"h1": "title", "h2": "heading", "blockquote": "quote"} | dict.fromkeys(("h3", "h4", "h5", "h6"), "subheading")
_KICKER = re.compile(
    r"(?:^|[-_\s])(?:kicker|eyebrow|overline|roo?-?titr|ru-?titr|(?:up|pre|over|sur|sup)-?title)(?:$|[-_\s])",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")
_BLOCK_NAMES = (
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())


@dataclass(frozen=True, slots=True)
class _Place:
    """What the elements around a piece of text say about it."""

    role: str = ""
    box: int = 0
    in_link: bool = False


class _OpenLine:
    """The line being read: its pieces, where it stands, and how much of it is link."""

    def __init__(self, place: _Place) -> None:
        self.place = place
        self._pieces: list[str] = []
        self._linked = self._total = 0

    def add(self, text: str | None, *, in_link: bool) -> None:
        if text:
            size = len(text.strip())
            if self._pieces and self._pieces[-1][-1:].isdecimal() and text[:1].isdecimal():
                self._pieces.append(" ")  # two boxes side by side: a number and a day
            self._pieces.append(text if size else " ")
            self._total += size
            self._linked += size if in_link else 0

    @property
    def is_empty(self) -> bool:
        return self._total == 0

    def line(self) -> SeenLine | None:
        words = clean(_BLANKS.sub(" ", "".join(self._pieces))).replace("\n", " ").strip()
        if not words:
            return None
        role = self.place.role
        is_link = self._linked >= 0.9 * self._total
        return SeenLine(words, role, is_link, self.place.box)


def visible_lines(root: HtmlElement) -> list[PageLine]:
    """Return the lines that a reader sees, blanks collapsed; offsets are set by whoever writes the page's text.

    A line made of links alone is marked "link-list", a line in a box of furniture with the box's rule and number.
    Walks without recursion, in time linear in the markup.
    """
    boxes = [Box("", "", 0)]
    seen = list(_seen(root, boxes))
    closed = closed_boxes(seen, boxes)
    if 2 * sum(prose(line) for line in seen if line.role == "quote") > sum(map(prose, seen)):
        seen = [replace(line, role="" if line.role == "quote" else line.role) for line in seen]
    lines = []
    for line in seen:
        box = closed[line.box]
        # A title may lead to the page itself; a smaller heading that is all link leads to another.
        leads_away = line.is_link and line.role not in ("title", "heading")
        outside = boxes[box].rule or ("link-list" if leads_away else "")
        role = "heading" if line.role == "subheading" else line.role
        lines.append(PageLine(0, 0, line.text, role, outside, box, line.is_link))
    return lines


def _seen(root: HtmlElement, boxes: list[Box]) -> Iterator[SeenLine]:
    places = [_Place()]
    line = _OpenLine(places[-1])
    for event, element in _shown(root):
        is_block = element.tag in _BLOCKS or is_small_print(element)
        if is_block and event != "tail" and (done := line.line()):
            yield done
        if event == "start":
            place = places[-1]
            box = place.box
            if rule := rule_of(element):
                boxes.append(Box(rule, kind_of(element), box))
                box = len(boxes) - 1
            role = _ROLES.get(element.tag) or ("subheading" if _is_kicker(element) else place.role)
            places.append(_Place(role, box, place.in_link or element.tag == "a"))
        elif event == "end":
            places.pop()
        if (is_block and event != "tail") or line.is_empty:
            line = _OpenLine(places[-1]) if is_block and event != "tail" else line
            line.place = places[-1]
        line.add(element.text if event == "start" else element.tail, in_link=places[-1].in_link)
    if done := line.line():
        yield done


def _is_kicker(element: HtmlElement) -> bool:
    """Whether a box is named after the line above a headline, and holds no more than one."""
    return bool(_KICKER.search(element.get("class") or "")) and len(element.text_content()) <= LONGEST_KICKER


def _shown(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Yield start and end of each shown element, and "tail" for the text behind a hidden one."""
    hidden: HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if hidden is None and event == "start" and is_hidden(element):
            hidden = element
        elif hidden is None:
            yield event, element
        elif event == "end" and element is hidden:
            hidden = None
            yield "tail", element

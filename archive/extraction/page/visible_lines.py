"""Walks the markup of a page and yields its lines in reading order, as a browser would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from archive.extraction.page.characters import clean
from archive.extraction.page.furniture import is_hidden, is_small_print, rule_of
from archive.extraction.page.lines import PageLine

LARGEST_SHARE = 0.4
"""An element whose class says "social" or "menu" but which holds more of the page's text than this is no furniture."""

_ROLES = {"h1": "title", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading"}
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
    outside: str = ""
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
            self._pieces.append(text if size else " ")
            self._total += size
            self._linked += size if in_link else 0

    @property
    def is_empty(self) -> bool:
        return self._total == 0

    def line(self) -> PageLine | None:
        words = clean(_BLANKS.sub(" ", "".join(self._pieces))).replace("\n", " ").strip()
        if not words:
            return None
        is_link = self._linked >= 0.9 * self._total and not self.place.role
        return PageLine(0, 0, words, self.place.role, self.place.outside or ("link-list" if is_link else ""))


def visible_lines(root: HtmlElement) -> Iterator[PageLine]:
    """Yield the lines that a reader sees, blanks collapsed; offsets are set by whoever writes the page's text.

    A line made of links alone is marked "link-list". Walks without recursion, in time linear in the markup.
    """
    sizes = _text_sizes(root)
    limit = LARGEST_SHARE * max(1, sizes.get(root, 1))
    places = [_Place()]
    line = _OpenLine(places[-1])
    for event, element in _shown(root):
        is_block = element.tag in _BLOCKS or is_small_print(element)
        if is_block and event != "tail" and (done := line.line()):
            yield done
        if event == "start":
            place = places[-1]
            rule = place.outside or (rule_of(element) if sizes.get(element, 0) <= limit else "")
            places.append(_Place(_ROLES.get(element.tag, place.role), rule, place.in_link or element.tag == "a"))
        elif event == "end":
            places.pop()
        if (is_block and event != "tail") or line.is_empty:
            line = _OpenLine(places[-1]) if is_block and event != "tail" else line
            line.place = places[-1]
        line.add(element.text if event == "start" else element.tail, in_link=places[-1].in_link)
    if done := line.line():
        yield done


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


def _text_sizes(root: HtmlElement) -> dict[HtmlElement, int]:
    """Return the characters of text in each element, scripts and styles aside."""
    sizes: dict[HtmlElement, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        size = sizes.get(element, 0) + len((element.text or "").strip())
        sizes[element] = size
        parent = element.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + size + len((element.tail or "").strip())
    return sizes

"""The small print of a page that is about its article: datelines and item codes, in whatever box they stand.

Style sheets call the box of a dateline byline, share-bar, breadcrumb, menu, widget, ad-date or footer. What counts is
where it stands: between title and text, right above the title, or right below the text; and that the box holds small
print alone, no headline of another report, whose date it would be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.extraction.cutting.boilerplate import rule_for, segments
from archive.extraction.dates.datelines import is_clock, is_dateline, is_labelled
from archive.extraction.page.article_stretch import weight_of
from archive.extraction.page.lines import PageLine

HEAD, TAIL, TOP, NOWHERE = range(4)
"""Where a dateline stands, in order of trust: below the title, below the text, above the title, with other reports."""

_LINES_ABOVE = 4
_LINES_BELOW = 12
_SHORT_LINE = 200
_LINES_OF_HEAD = 7
"""Where the markup names no title: lines of the head at most, up to the first line of running text."""

_LONGEST_LABEL = 4
_MOST_LINES = 8
"""Words of a line that is a label or a name, and lines of a box of small print."""

_NEVER = ("quoted-post", "page-metadata")
_OTHERS = ("related-list", "comments", "sidebar")
_LISTS = ("related-heading", "latest-heading", "popular-heading", "feedback-prompt", "more-link")
_FACTS = ("item-code", "source-line", "dateline")


@dataclass(frozen=True, slots=True)
class Zones:
    """Offsets into the page's text: of the title, of the first running text, of the end of what belongs to it."""

    title: int
    text: int
    end: int

    def of(self, start: int, line: str) -> int:
        """Return where a dateline stands. One that says what it is («تاریخ انتشار: …») counts as below the title."""
        if self.title <= start < self.text or (is_labelled(line) and start < self.text):
            return HEAD
        if start < self.title:
            return TOP
        return TAIL if start < self.end else HEAD if is_labelled(line) else NOWHERE


def zones(lines: Sequence[PageLine]) -> Zones:
    """Return the zones of a page's lines as the markup set them apart."""
    shown = [at for at, line in enumerate(lines) if line.outside != "page-metadata"]
    title = next((at for at in shown if lines[at].role == "title"), None)
    running = [at for at in shown if weight_of(lines[at]) and (title is None or at > title)]
    if title is None:
        open_lines = [at for at in shown if not lines[at].outside and not is_fact(lines[at].text)]
        head = open_lines[:_LINES_OF_HEAD]
        text = next((at for at in head if len(lines[at].text) > _SHORT_LINE), (head or [0])[-1])
    else:
        text = running[0] if running else len(lines) - 1
    end = _end_of_article(lines, (running or [text])[-1])
    starts = [line.start for line in lines] or [0]
    return Zones(starts[title] if title is not None else 0, starts[text], end)


def _end_of_article(lines: Sequence[PageLine], last: int) -> int:
    """Return the offset behind the small print below the text: up to a list, a heading or a headline of another."""
    end = lines[last].end if lines else 0
    for line in lines[last + 1 : last + 1 + _LINES_BELOW]:
        many = len(line.text.split()) > _LONGEST_LABEL
        opens = line.role in ("title", "heading") or rule_for(line.text) in _LISTS or line.outside in _NEVER
        if opens or (many and not is_fact(line.text) and (line.is_link or not rule_for(line.text))):
            break
        end = line.end
    return end + 1


def facts_in_boxes(lines: Sequence[PageLine], where: Zones) -> set[int]:
    """Return which of the lines set apart by the markup are datelines and item codes of this article."""
    boxes: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.outside and line.outside not in _NEVER:
            boxes[line.box or -at].append(at)
    found: set[int] = set()
    for places in boxes.values():
        box = [lines[at] for at in places]
        facts = [at for at in places if is_fact(lines[at].text)]
        if facts and _is_small_print(box) and all(_stands_near(lines, at, where) for at in facts):
            found.update(facts)
    return found


def _is_small_print(box: Iterable[PageLine]) -> bool:
    lines = list(box)
    return len(lines) <= _MOST_LINES and all(
        len(line.text.split()) <= _LONGEST_LABEL or is_fact(line.text) or rule_for(line.text) or segments(line.text)
        for line in lines
    )


def _stands_near(lines: Sequence[PageLine], at: int, where: Zones) -> bool:
    line = lines[at]
    place = where.of(line.start, line.text)
    if place == TOP:
        title = next((index for index in range(at, len(lines)) if lines[index].start >= where.title), at)
        return title - at <= _LINES_ABOVE
    return place == HEAD or (place == TAIL and line.outside not in _OTHERS)


def is_fact(line: str) -> bool:
    """Tell a line that says when, under which number or from whom the report is: "رقم الخبر: 7349926"."""
    if not any(character.isdecimal() or character in ":/" for character in line):
        return is_dateline(line)
    return is_dateline(line) or is_clock(line) or rule_for(line) in _FACTS or bool(segments(line))


def joined_clock(text: str, line: tuple[int, int], clocks: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the dateline with the hour that is printed right before or behind it: «12 مارس 2021» and «12:15»."""
    start, end = line
    for low, high in clocks:
        if 0 <= low - end <= 4 and _BETWEEN.fullmatch(text[end:low]):
            return start, high
        if 0 <= start - high <= 4 and _BETWEEN.fullmatch(text[high:start]):
            return low, end
    return line


_BETWEEN = re.compile(r"[\s|،,–—/·•-]*")

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
from itertools import islice

from archive.extraction.cutting.boilerplate import rule_for, segments
from archive.extraction.cutting.line_patterns import ITEM_CODE
from archive.extraction.dates import find_dates
from archive.extraction.dates.datelines import is_clock, is_dateline, is_labelled
from archive.extraction.page.article_stretch import weight_of
from archive.extraction.page.folding import fold
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

_LONGEST_MIXED, _WORDS_MIXED = 140, 16
_NEVER = ("quoted-post", "page-metadata")
_OTHERS = ("related-list", "comments", "sidebar")
_LISTS = ("related-heading", "latest-heading", "popular-heading", "feedback-prompt", "more-link")
_FACTS = ("item-code", "source-line", "dateline")
_TELLING = re.compile(r"[\d:/]")


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
        open_lines = (at for at in shown if not lines[at].outside and not is_fact(lines[at].text))
        head = list(islice(open_lines, _LINES_OF_HEAD))
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
    """Return which of the lines set apart by the markup hold datelines and item codes of this article."""
    boxes: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line.outside and line.outside not in _NEVER:
            boxes[line.box or -at].append(at)
    found: set[int] = set()
    for places in boxes.values():
        facts = [at for at in places if is_fact(lines[at].text) or mixed(lines[at])]
        labels = all(_is_label(lines[at]) for at in places if at not in facts)
        if facts and labels and len(places) <= _MOST_LINES and all(_stands_near(lines, at, where) for at in facts):
            beside = len(places) > len(facts)
            found.update(at for at in facts if not (beside and _is_of_others(lines[at], where)))
    return found


def _is_label(line: PageLine) -> bool:
    return len(line.text.split()) <= _LONGEST_LABEL or bool(rule_for(line.text) or segments(line.text))


def _is_of_others(line: PageLine, where: Zones) -> bool:
    """Tell a date below the text in a box of other reports, which says more than dates and codes."""
    return line.outside in _OTHERS and where.of(line.start, line.text) == TAIL


def mixed(line: PageLine) -> list[tuple[int, int, str]]:
    """Return the dateline, the code and the rest of a line of small print that names people or sections too.

    «بقلم أحمد سالم - 14 فبراير 2020», «الرئيسية / سياسة / 14 فبراير 2020»; [] for a sentence, and
    for a line without a day.
    The rest bears the rule of its box.
    """
    if len(line.text) > _LONGEST_MIXED or len(line.text.split()) > _WORDS_MIXED or line.text.endswith((".", "؟")):
        return []
    hits = [hit for hit in find_dates(line.text) if hit.precision in ("day", "minute") and not hit.is_range][:1]
    cuts = [(hit.start, hit.end, "dateline") for hit in hits]
    if match := ITEM_CODE.search(fold(line.text)):
        cuts.append((match.start(), match.end(), "item-code"))
    parts, start = [], 0
    for low, high, rule in sorted(cuts):
        if low < start:
            return []
        parts += [(start, low, line.outside), (low, high, rule)]
        start = high
    parts.append((start, len(line.text), line.outside))
    return [part for part in parts if line.text[part[0] : part[1]].strip()] if cuts else []


def _stands_near(lines: Sequence[PageLine], at: int, where: Zones) -> bool:
    line = lines[at]
    place = where.of(line.start, line.text)
    if place == TOP:
        title = next((index for index in range(at, len(lines)) if lines[index].start >= where.title), at)
        return title - at <= _LINES_ABOVE
    return place in (HEAD, TAIL)


def is_fact(line: str) -> bool:
    """Tell a line that says when, under which number or from whom the report is: "رقم الخبر: 7349926"."""
    if not _TELLING.search(line):
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

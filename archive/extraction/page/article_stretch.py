"""Which stretch of a page's lines is the article: trafilatura's choice, mended by the structure of the page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import trafilatura
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from archive.extraction.page.boxes import SeenLine, prose
from archive.extraction.page.folding import fold, key
from archive.extraction.page.lines import PageLine
from archive.extraction.page.titles import LONGEST_TITLE, may_be_kicker

MOST_ELEMENTS = 20_000
"""Elements up to which trafilatura is asked; larger pages are read by their structure alone, in linear time."""

_LEAST_CHOSEN = 100
_SHORTEST_TITLE = 8
_LONGEST_SECTION = 3
_HEAD_LINES = 2
"""A title and a kicker may stand above the text without any mark-up of their own."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def weight_of(line: PageLine) -> int:
    """Return how much of a line that may be the article's reads like prose; see ``boxes.prose``."""
    return 0 if line.outside else prose(SeenLine(line.text, line.role, line.is_link))


def mark_article(lines: Sequence[PageLine], markup: str, root: HtmlElement, titles: Sequence[str]) -> list[PageLine]:
    """Return the lines, those outside the article marked so, and one of them, if any, as the title.

    ``titles`` are the keys of the titles that the head of the page states. Between the first and the last line that
    trafilatura takes, every line is kept that the structure does not set apart, because trafilatura drops short
    paragraphs. A page of which trafilatura takes little is read by its structure alone. Nothing stands above the
    title but its kicker: what does are tickers and lists of other reports.
    """
    title = _title_index(lines, titles)
    marked = [replace(line, role="heading") if line.role == "title" else line for line in lines]
    if title is not None:
        marked[title] = replace(marked[title], role="title", outside="")
    taken = _taken(marked, title, _chosen_keys(markup, root))
    # A second <h1> above the title is the name of the site, no kicker.
    is_site = bool(title) and lines[(title or 0) - 1].role == "title"
    first = _head(marked, taken[0] if taken else len(marked), title, may_have_kicker=not is_site)
    last = taken[-1] if taken else len(marked)
    if not taken and title is None:
        return marked
    return [
        line if line.outside or first <= index <= last else replace(line, outside="outside-article")
        for index, line in enumerate(marked)
    ]


def _taken(lines: Sequence[PageLine], title: int | None, chosen: set[str]) -> list[int]:
    """Return the lines that trafilatura takes, or all prose below the title where it misses the most of that."""
    taken = [index for index, line in enumerate(lines) if not line.outside and key(line.text) in chosen]
    running = [index for index in range(title or 0, len(lines)) if weight_of(lines[index])]
    missed = sum(weight_of(lines[index]) for index in running if taken and not taken[0] <= index <= taken[-1])
    return running if 2 * missed > sum(weight_of(lines[index]) for index in running) else taken


def _chosen_keys(markup: str, root: HtmlElement) -> set[str]:
    """Return the keys of the lines that trafilatura takes for the article, none if it fails or finds little."""
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        return set()
    try:
        document = trafilatura.bare_extraction(markup, include_comments=False, with_metadata=False)
    except Exception:
        return set()
    words = (getattr(document, "text", "") or "") if document is not None else ""
    return {key(line) for line in words.split("\n") if key(line)} if len(words) > _LEAST_CHOSEN else set()


def _head(lines: Sequence[PageLine], first: int, title: int | None, *, may_have_kicker: bool) -> int:
    """Return where the article begins: at its title or kicker, or at short lines right above its text."""
    if title is None:
        above = first
        while first - above < _HEAD_LINES and above > 0 and not lines[above - 1].outside:
            if len(lines[above - 1].text) > LONGEST_TITLE:
                break
            above -= 1
        return above
    if sum(map(weight_of, lines[first:title])) > sum(map(weight_of, lines[title:])):
        return first  # a page that prints its title below its text
    return title - 1 if title and may_have_kicker and _is_kicker(lines, title - 1) else title


def _is_kicker(lines: Sequence[PageLine], above: int) -> bool:
    """Tell the kicker from the last item of a list above the title: a list has more than one heading."""
    kicker = lines[above]
    if (
        kicker.outside
        or kicker.is_link
        or not may_be_kicker(kicker.text, kicker.role)
        or _is_section(kicker.text, lines)
    ):
        return False
    before = lines[above - 1] if above else None
    return before is None or before.role != "heading" or bool(before.outside)


def _is_section(text: str, lines: Sequence[PageLine]) -> bool:
    """Whether a line names a section of the site: «عاجل», «اخبار جهان», or a link of its menu."""
    words = text.split()
    if len(words) == 1 and not text.endswith((":", "؛")):
        return True
    if len(words) <= _LONGEST_SECTION and fold(words[0]) in ("اخبار", "الاخبار"):
        return True
    name = key(text)
    return any(line.is_link and key(line.text) == name for line in lines)


def _title_index(lines: Sequence[PageLine], titles: Sequence[str]) -> int | None:
    """Return the line that is the title: what the head of the page repeats, headings first, else the first <h1>.

    A ticker above may print the headline too: of the lines that repeat it the <h1> is meant, else the one that is no
    link, else the one right above the text.
    """
    headings = [index for index, line in enumerate(lines) if line.role in ("title", "heading")]
    stated = [title for title in titles if len(title) > _SHORTEST_TITLE]
    repeating = [(_repeated(key(lines[index].text), stated), index) for index in headings]
    longest = max((letters for letters, _ in repeating), default=0)
    if longest:
        same = [index for letters, index in repeating if 10 * letters >= 9 * longest]
        text = next((index for index, line in enumerate(lines) if weight_of(line) and index > same[0]), len(lines))
        return max(same, key=lambda at: (lines[at].role == "title", not lines[at].is_link, at < text, at))
    for index in headings:
        if lines[index].role == "title" and not lines[index].outside:
            return index
    for index, line in enumerate(lines):
        words = "" if line.outside else key(line.text[:LONGEST_TITLE])
        if len(words) > _SHORTEST_TITLE and any(title.startswith(words) for title in stated):
            return index
    return None


def _repeated(words: str, stated: Sequence[str]) -> int:
    """Return how many letters of a heading one of the stated titles repeats, or of the title the heading."""
    if len(words) <= _SHORTEST_TITLE:
        return 0
    return max((min(len(words), len(title)) for title in stated if words in title or title in words), default=0)

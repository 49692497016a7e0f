"""Which stretch of a page's lines is the article: trafilatura's choice, mended by the structure of the page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import trafilatura
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from archive.extraction.page.folding import key
from archive.extraction.page.lines import Line
from archive.extraction.page.titles import LONGEST_KICKER, LONGEST_TITLE

MOST_ELEMENTS = 20_000
"""Elements up to which trafilatura is asked; larger pages are read by their structure alone, in linear time."""

_LEAST_CHOSEN = 100
_SHORTEST_TITLE = 8
_HEAD_LINES = 2
"""A title and a kicker may stand above the text without any mark-up of their own."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def mark_article(lines: Sequence[Line], markup: str, root: HtmlElement, titles: Sequence[str]) -> list[Line]:
    """Return the lines, those outside the article marked so, and one of them, if any, as the title.

    ``titles`` are the keys of the titles that the head of the page states. Between the first and the last line that
    trafilatura takes, every line is kept that the structure does not set apart, because trafilatura drops short
    paragraphs. A page of which trafilatura takes little is read by its structure alone.
    """
    title = _title_index(lines, titles)
    marked = [_with_one_title(line, is_title=index == title) for index, line in enumerate(lines)]
    chosen = _chosen_keys(markup, root)
    taken = [index for index, line in enumerate(marked) if not line.outside and key(line.text) in chosen]
    if not taken:
        return marked
    first, last = _head(marked, taken[0], title), taken[-1]
    return [
        line if line.outside or first <= index <= last else replace(line, outside="outside-article")
        for index, line in enumerate(marked)
    ]


def _with_one_title(line: Line, *, is_title: bool) -> Line:
    if is_title:
        return replace(line, role="title", outside="")
    return replace(line, role="heading") if line.role == "title" else line


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


def _head(lines: Sequence[Line], first: int, title: int | None) -> int:
    """Return where the article begins: at its title or kicker, or at short lines right above its text."""
    if title is None:
        above = first
        while first - above < _HEAD_LINES and above > 0 and _may_head(lines[above - 1]):
            above -= 1
        return above
    first = min(first, title)
    return first - 1 if first == title and first > 0 and _is_kicker(lines[first - 1]) else first


def _may_head(line: Line) -> bool:
    return not line.outside and len(line.text) <= LONGEST_TITLE


def _is_kicker(line: Line) -> bool:
    short = not line.outside and len(line.text) <= LONGEST_KICKER
    return short and (line.role == "heading" or line.text.endswith((":", "؛")))


def _title_index(lines: Sequence[Line], titles: Sequence[str]) -> int | None:
    """Return the line that is the title: what the head of the page repeats, headings first, else the first <h1>."""
    headings = [index for index, line in enumerate(lines) if line.role]
    stated = [title for title in titles if len(title) > _SHORTEST_TITLE]
    for index in headings:
        words = key(lines[index].text)
        if len(words) > _SHORTEST_TITLE and any(words in title or title in words for title in stated):
            return index
    for index in headings:
        if lines[index].role == "title" and not lines[index].outside:
            return index
    return next((index for index, line in enumerate(lines) if _opens_a_title(line, stated)), None)


def _opens_a_title(line: Line, titles: Sequence[str]) -> bool:
    words = key(line.text[:LONGEST_TITLE])
    return not line.outside and len(words) > _SHORTEST_TITLE and any(title.startswith(words) for title in titles)

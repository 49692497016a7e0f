"""Which stretch of a page's lines is the article: trafilatura's choice, mended by the structure of the page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import trafilatura
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from archive.extraction.page.folding import key
from archive.extraction.page.lines import PageLine
from archive.extraction.page.titles import LONGEST_TITLE, may_be_kicker

MOST_ELEMENTS = 20_000
"""Elements up to which trafilatura is asked; larger pages are read by their structure alone, in linear time."""

_LEAST_CHOSEN = 100
_SHORTEST_TITLE = 8
_HEAD_LINES = 2
"""A title and a kicker may stand above the text without any mark-up of their own."""

logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def mark_article(lines: Sequence[PageLine], markup: str, root: HtmlElement, titles: Sequence[str]) -> list[PageLine]:
    """Return the lines, those outside the article marked so, and one of them, if any, as the title.

    ``titles`` are the keys of the titles that the head of the page states. Between the first and the last line that
    trafilatura takes, every line is kept that the structure does not set apart, because trafilatura drops short
    paragraphs. A page of which trafilatura takes little is read by its structure alone.
    """
    title = _title_index(lines, titles)
    marked = [replace(line, role="heading") if line.role == "title" else line for line in lines]
    if title is not None:
        marked[title] = replace(marked[title], role="title", outside="")
    chosen = _chosen_keys(markup, root)
    taken = [index for index, line in enumerate(marked) if not line.outside and key(line.text) in chosen]
    if not taken:
        return marked
    first, last = _head(marked, taken[0], title), taken[-1]
    return [
        line if line.outside or first <= index <= last else replace(line, outside="outside-article")
        for index, line in enumerate(marked)
    ]


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


def _head(lines: Sequence[PageLine], first: int, title: int | None) -> int:
    """Return where the article begins: at its title or kicker, or at short lines right above its text."""
    if title is None:
        above = first
        while first - above < _HEAD_LINES and above > 0 and not lines[above - 1].outside:
            if len(lines[above - 1].text) > LONGEST_TITLE:
                break
            above -= 1
        return above
    if title > first or not title:
        return min(first, title)
    kicker = lines[title - 1]
    is_kicker = may_be_kicker(kicker.text, kicker.role) and not kicker.outside
    return title - 1 if is_kicker else title


def _title_index(lines: Sequence[PageLine], titles: Sequence[str]) -> int | None:
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
    for index, line in enumerate(lines):
        words = "" if line.outside else key(line.text[:LONGEST_TITLE])
        if len(words) > _SHORTEST_TITLE and any(title.startswith(words) for title in stated):
            return index
    return None

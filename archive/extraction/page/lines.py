"""A decoded page as a list of lines, whether it came as plain text or as markup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.extraction.page.types import Evidence

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the page without the blanks around it; offsets into ``Page.text``.

    ``role`` is "" for running text, "title" and "heading" for what the markup says is one, "quote" in a block
    quotation. ``outside`` names the rule by which the markup sets the line apart from the article ("navigation",
    "page-metadata"), "" if it does not; ``box`` numbers the box that does, 0 for none.
    """

    start: int
    end: int
    text: str
    role: str = ""
    outside: str = ""
    box: int = 0
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, its lines, and the facts its markup states; a fact's ``rule`` is its name."""

    text: str
    lines: tuple[PageLine, ...]
    facts: tuple[Evidence, ...] = field(default=())

    def fact(self, *names: str) -> Evidence | None:
        """Return the first fact of the first of these names that the page states."""
        for name in names:
            for fact in self.facts:
                if fact.rule == name:
                    return fact
        return None


def line_at(text: str, start: int, end: int, role: str = "", outside: str = "") -> PageLine | None:
    """Return the line between two offsets without the blanks at its ends, None for blanks alone."""
    printed = text[start:end]
    stripped = printed.strip()
    if not stripped:
        return None
    start += len(printed) - len(printed.lstrip())
    return PageLine(start, start + len(stripped), stripped, role, outside)


def read_plain(text: str) -> Page:
    """Return the page of a plain text: each line is a line."""
    found = (line_at(text, match.start(), match.end()) for match in _LINE.finditer(text))
    return Page(text, tuple(line for line in found if line))

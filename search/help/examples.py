"""The examples of docs/search-syntax.md, as links to their answers: what readers are shown is what the tests try."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from django.conf import settings

from search.question.address import url
from search.request import SearchRequest

SHOWN = 4  # of each section
SECTIONS: Final = {
    "Words": "words",
    "What is also searched": "names",
    "Phrases": "phrases",
    "OR": "either",
    "NOT and minus": "without",
    "Parentheses": "groups",
    "Proximity": "near",
    "Prefix": "beginnings",
    "Fuzzy words": "fuzzy",
    "Fields": "fields",
    "Dates and ranges": "dates",
}
"""Headings of the page, and what templates call their examples."""


class Example(NamedTuple):
    """What can be typed, and the address of its answer."""

    text: str
    url: str


@cache
def examples() -> dict[str, list[Example]]:
    """By section, in the order of the page; `KeyError` where the page lacks one."""
    page = (settings.BASE_DIR / "docs" / "search-syntax.md").read_text("utf-8")
    parts = {part.split("\n", 1)[0]: part for part in page.split("\n## ")[1:]}
    return {name: [Example(text, _url(text)) for text in _typed(parts[heading])] for heading, name in SECTIONS.items()}


def _typed(section: str) -> list[str]:
    rows = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
    return rows[:SHOWN]


def _url(text: str) -> str:
    return url(SearchRequest(q=text))

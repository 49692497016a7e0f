"""Template tags that tell the dates of a report, and the sources of a record's names and posts."""

from __future__ import annotations

from typing import Any

from django import template

from archive.articles.name_sources import told
from archive.articles.reading import shown_dates

register = template.Library()
register.simple_tag(shown_dates)
register.filter("sources_told", told)


@register.simple_tag
def sources_of(*lists: Any) -> list[str]:
    """The distinct sources of posts and names, in their order on the page, so that each is printed once and numbered.

    Takes what the record page takes: a list of posts, and a list of groups with `names`.
    """
    found: dict[str, None] = {}
    for entries in lists:
        for entry in entries or []:
            found.update((item["source"], None) for item in entry.get("names", [entry]) if item.get("source"))
    return list(found)


@register.filter
def number_in(source: str, sources: list[str]) -> int:
    """The number of a source in that list, from 1; 0 where it has none."""
    return sources.index(source) + 1 if source in sources else 0

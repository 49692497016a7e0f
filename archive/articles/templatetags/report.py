"""Template tags that tell the dates of a report, and the sources of a record's names and posts."""

from __future__ import annotations

import re
from typing import Any

from django import template

from archive.articles.reading import shown_dates

register = template.Library()
register.simple_tag(shown_dates)

DIGEST = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{20,}")


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


@register.filter
def short_digests(source: str) -> str:
    """Digests in a source cut to the twelve digits that name a capture; the page keeps the whole one in a title.

    >>> short_digests("capture sha256:26b14ba7e75e08d06ce303406ec44937b4b3909727f6c27b7bdcb631b71c272a")
    'capture sha256:26b14ba7e75e…'
    """
    return DIGEST.sub(r"\1…", source)

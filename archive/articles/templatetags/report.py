"""Template tags that tell the dates of a report, and the sources of a record's names and posts."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import template

from archive.articles.models import Article
from archive.calendars.words import date_or_blank
from archive.pages.interface import reader_calendar, reader_language
from archive.text.languages import reading_language

register = template.Library()

DIGEST = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{20,}")
LENGTHS = {"year": 4, "month": 7}  # letters of an ISO date that a precision vouches for


@register.simple_tag
def shown_dates(article: Article) -> list[dict[str, str]]:
    """The dates of a report for one line: in the reader's calendar, and in its own where that is another.

    Each has `text`, `language` and `iso` (`2023-10-04`, or `2023-10` for a month); empty for an undated report. A
    month or a year is shown in its own calendar only: it has no equal in another.
    """
    if not article.dated_on:
        return []
    language, own = reader_language(), article.date_calendar or "gregorian"
    precision, mine = article.date_precision, reader_calendar()
    if precision in LENGTHS:
        return [_shown(article.dated_on, own, language, precision)]
    shown = [_shown(article.dated_on, mine, language)]
    if own != mine:
        shown.append(_shown(article.dated_on, own, reading_language(article.language) or language))
    return [date for date in shown if date["text"]]


def _shown(day: datetime.date, calendar: str, language: str, precision: str = "day") -> dict[str, str]:
    text = date_or_blank(day, calendar, language, precision)
    return {"text": text, "language": language, "iso": day.isoformat()[: LENGTHS.get(precision)]}


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

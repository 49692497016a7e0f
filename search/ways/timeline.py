"""A result set in the order of time: its articles by the months of the reader's calendar, the undated at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.http import HttpRequest

from archive.articles.models import Article
from archive.articles.reading import listed, records
from archive.authorities.directory import Directory, directory
from archive.authorities.models import Kind
from archive.calendars.calendars import GREGORIAN
from archive.calendars.words import month_name
from archive.pages.interface import reader_calendar, reader_language
from archive.pages.shown import localdigits
from search.answer.service import ask, framed
from search.dates.buckets import DateBucket, bucket_of, buckets
from search.engine import engine
from search.pages.date_panel import date_panel
from search.pages.views import SORT_LABELS, pagination
from search.question.address import read_request, url
from search.request import SearchRequest
from search.results import ResultPage
from search.ways.frame import WayPage, way_page

VIEW: Final = "timeline"
ROWS = 50


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """The articles of a page that lie in one month, None for the undated; `count` is that of the whole result set."""

    month: DateBucket | None
    count: int
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    page: ResultPage
    groups: tuple[MonthGroup, ...]

    @property
    def pages(self) -> int:
        return max(1, -(-self.page.total // ROWS))


def timeline(request: SearchRequest) -> Timeline:
    """The wanted page, oldest first unless newest is asked for; SearchUnavailable when the index cannot answer."""
    ordered = request if request.sort == "newest" else replace(request, sort="oldest")
    asked = ask(ordered, (request.page - 1) * ROWS, ROWS)
    answer = engine().search(replace(asked.question, start=0, size=0, by_day=True))
    identifiers = [identifier for identifier, _score in asked.answer.found]
    wanted = Article.objects.described().filter(identifier__in=identifiers).still_published()
    held = {article.identifier: article for article in listed(wanted, reader_language())}
    articles = [held[identifier] for identifier in identifiers if identifier in held]
    page = framed(replace(asked, request=request), ROWS)
    return Timeline(page, tuple(grouped(articles, answer.days, reader_calendar(reader_language()))))


def grouped(articles: Iterable[Article], days: Mapping[int, int], calendar: str) -> Iterator[MonthGroup]:
    """Articles, given in the order of time, by their months; `days` counts the articles of every day, 0 the undated.

    A day for which the calendar has no name lies in its Gregorian month.
    """
    for month, held in groupby(articles, key=lambda article: _month(article.dated_on, calendar)):
        yield MonthGroup(month, _count(month, days), tuple(held))


def _month(day: date | None, calendar: str) -> DateBucket | None:
    if day is None:
        return None
    try:
        return bucket_of(calendar, "month", day)
    except ValueError:
        return bucket_of(GREGORIAN, "month", day)


def _count(month: DateBucket | None, days: Mapping[int, int]) -> int:
    if month is None:
        return days.get(0, 0)
    return sum(bucket.count for bucket in buckets(days, month.calendar, "month", month.first, month.last))


@way_page("search/timeline.html")
def page(request: HttpRequest) -> WayPage:
    read = read_request(request.GET)
    asked = read.in_view(VIEW).on_page(read.page)
    found = timeline(asked)
    return WayPage(found.page, _context(found, asked))


def _context(found: Timeline, asked: SearchRequest) -> dict[str, Any]:
    names = directory()
    return {
        "panel": date_panel(found.page),
        "groups": [_group(group, asked, names) for group in found.groups],
        "pagination": pagination(asked, found.pages),
        "sort_links": [
            {
                "name": sort,
                "label": str(SORT_LABELS[sort]),
                "url": url(asked.sorted_by("" if sort == "oldest" else sort)),
                "current": (sort == "newest") == (asked.sort == "newest"),
            }
            for sort in ("oldest", "newest")
        ],
    }


def _group(group: MonthGroup, asked: SearchRequest, names: Directory) -> dict[str, Any]:
    month = group.month
    shown: dict[str, Any] = {"count": group.count, "articles": [_item(one, asked, names) for one in group.articles]}
    if month is None:
        return {**shown, "label": "", "url": url(asked.with_values("month", ()).with_values("year", ["undated"]))}
    label = localdigits(f"{month_name(month.calendar, month.month, reader_language())} {month.year}")
    return {**shown, "label": label, "url": url(asked.between(month.first.isoformat(), month.last.isoformat()))}


def _item(article: Article, asked: SearchRequest, names: Directory) -> dict[str, Any]:
    """An article with its officials, each a link to the timeline of this official within the same results."""
    officials = records(article, Kind.OFFICIAL, names, reader_language())
    return {
        "article": article,
        "officials": [
            {"label": one["label"], "url": url(asked.with_values("official", [one["slug"]]))} for one in officials
        ],
    }

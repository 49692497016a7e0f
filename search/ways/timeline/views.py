"""The page of a result set in the order of time."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from archive.articles.reading import records
from archive.authorities.directory import Directory, directory
from archive.authorities.models import Kind
from archive.calendars.words import month_name
from archive.pages.bounds import heavy
from archive.pages.interface import reader_language
from archive.pages.shown import localdigits
from search.pages.views import SORT_LABELS, context, pagination
from search.question.address import read_request, url
from search.request import SearchRequest
from search.ways.timeline.made import MonthGroup, Timeline, timeline
from search.web.caching import revalidated
from search.web.unavailable import for_readers

VIEW: Final = "timeline"


@require_safe
@revalidated
@for_readers
@heavy
def page(request: HttpRequest) -> HttpResponse:
    read = read_request(request.GET)
    asked = read.in_view(VIEW).on_page(read.page)
    found = timeline(asked)
    told = {**context(found.page), **_context(found, asked)}
    return render(request, "search/timeline.html", told, status=400 if found.page.refused else 200)


def _context(found: Timeline, asked: SearchRequest) -> dict[str, Any]:
    names = directory()
    return {
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

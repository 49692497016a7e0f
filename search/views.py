"""The results page and the home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.bounds import heavy_if
from archive.interface import reader_language
from search.caching import revalidated
from search.costs import is_costly
from search.forms import MAX_PAGE, read_request
from search.overview import overview
from search.records import held
from search.request import SORTS, SearchRequest
from search.results import ResultPage
from search.service import search, url
from search.unanswered import for_readers

SORT_LABELS = {"relevance": _("Relevance"), "newest": _("Newest"), "oldest": _("Oldest")}


@require_safe
@held.revalidated
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "search/home.html", overview(reader_language()))


@require_safe
@revalidated
@for_readers
@heavy_if(is_costly)
def results(request: HttpRequest) -> HttpResponse:
    asked = read_request(request.GET)
    page = search(asked, helping=True)
    return render(request, "search/results.html", context(page), status=400 if page.refused else 200)


def context(page: ResultPage) -> dict[str, Any]:
    """What the template of results, or of another view of them, needs beside its own part."""
    asked = page.request
    return {
        "page": page,
        "sort_links": [
            {
                "name": sort,
                "label": str(SORT_LABELS[sort]),
                "url": url(asked.sorted_by(sort)),
                "current": sort == asked.order,
            }
            for sort in SORTS
            if sort != "relevance" or asked.q
        ],
        "pagination": pagination(asked, page.pages),
        "feeds": feed_links(asked),
        "names_off_url": url(asked.by_spelling_alone()),
        "fold_url": url(asked.folding(not asked.fold)),
        "clear_url": url(asked.without_filters()),
    }


def pagination(asked: SearchRequest, pages: int) -> dict[str, Any]:
    """Links to the pages around the present one, the first and the last; a gap stands for pages left out.

    `beyond` is how many of all `pages` cannot be turned to.
    """
    last = min(pages, MAX_PAGE)
    shown = [n for n in range(1, last + 1) if n in {1, last} or abs(n - asked.page) <= 2]
    numbers: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            numbers.append({"gap": True})
        numbers.append({"number": number, "url": url(asked.on_page(number)), "current": number == asked.page})
    return {
        "previous": url(asked.on_page(asked.page - 1)) if 1 < asked.page <= last + 1 else "",
        "next": url(asked.on_page(asked.page + 1)) if asked.page < last else "",
        "numbers": numbers if last > 1 else [],
        "last": last,
        "pages": pages,
        "beyond": pages - last,
    }


def feed_links(asked: SearchRequest) -> dict[str, str]:
    """The feeds of this question, newest first, from its first page."""
    query = asked.in_view("").sorted_by("").to_query()
    return {kind: reverse(f"feeds:{kind}") + (f"?{query}" if query else "") for kind in ("rss", "atom")}

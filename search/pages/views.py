"""The results page, and what other views of a result set have in common with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.pages.bounds import heavy_if
from search.answer.service import results_page
from search.question.address import MAX_PAGE, read_request, url
from search.question.costs import is_costly
from search.request import SORTS, SearchRequest
from search.results import ResultPage
from search.web.caching import revalidated
from search.web.unavailable import for_readers

SORT_LABELS = {"relevance": _("Relevance"), "newest": _("Newest"), "oldest": _("Oldest")}

VIEWS = {
    "": _("List"),
    "concordance": _("Words in context"),
    "timeline": _("Timeline"),
    "together": _("Who with whom"),
    "wording": _("Wording over time"),
}


@require_safe
@revalidated
@for_readers
@heavy_if(is_costly)
def results(request: HttpRequest) -> HttpResponse:
    asked = read_request(request.GET)
    page = results_page(asked)
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
        "names_off_url": url(replace(asked, names=False, page=1)),
        "fold_url": url(replace(asked, fold=not asked.fold, page=1)),
        "clear_url": url(asked.without_filters()),
    }


def view_tabs(request: SearchRequest) -> dict[str, Any]:
    """Links to the views of a result set, the filters kept."""
    return {
        "tabs": [
            {"label": label, "url": url(request.in_view(view)), "current": view == request.view}
            for view, label in VIEWS.items()
        ]
    }


def pagination(asked: SearchRequest, pages: int) -> dict[str, Any]:
    """Links to the pages of a result set, as far as they are walked; `beyond` is how many of all `pages` are not."""
    links = page_links(asked.page, min(pages, MAX_PAGE), lambda page: url(asked.on_page(page)))
    return {**links, "pages": pages, "beyond": max(0, pages - MAX_PAGE)}


def page_links(present: int, last: int, address: Callable[[int], str]) -> dict[str, Any]:
    """For `_partials/pagination.html`; a gap stands for pages left out, nothing for a list of one page."""
    numbers: list[dict[str, Any]] = []
    shown = Paginator(range(last), 1).get_elided_page_range(min(present, last), on_each_side=2, on_ends=1)
    for number in shown if last > 1 else ():
        if isinstance(number, int):
            numbers.append({"number": number, "url": address(number), "current": number == present})
        else:
            numbers.append({"gap": True})
    return {
        "previous": address(present - 1) if 1 < present <= last + 1 else "",
        "next": address(present + 1) if present < last else "",
        "numbers": numbers,
        "last": last,
    }


def feed_links(asked: SearchRequest) -> dict[str, str]:
    """The feeds of this question, newest first, from its first page."""
    query = asked.in_view("").sorted_by("").to_query()
    return {kind: reverse(f"feeds:{kind}") + (f"?{query}" if query else "") for kind in ("rss", "atom")}

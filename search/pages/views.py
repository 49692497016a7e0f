"""The results page, and what other views of a result set have in common with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search.answer.service import results_page
from search.question.address import MAX_PAGE, read_request, url
from search.request import SORTS, SearchRequest
from search.results import ResultPage
from search.web.caching import revalidated
from search.web.pagination import page_links
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
    """Links to the pages of a result set, as far as they are walked."""
    return page_links(asked.page, min(pages, MAX_PAGE), lambda page: url(asked.on_page(page)))


def feed_links(asked: SearchRequest) -> dict[str, str]:
    """The feeds of this question, newest first, from its first page."""
    query = asked.in_view("").sorted_by("").to_query()
    return {kind: reverse(f"feeds:{kind}") + (f"?{query}" if query else "") for kind in ("rss", "atom")}

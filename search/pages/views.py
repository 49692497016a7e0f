"""The results page, and what other views of a result set have in common with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from archive.pages.bounds import heavy_if
from archive.pages.shown import localnumber
from search.answer.service import results_page
from search.question.address import last_page, read_request, url
from search.question.costs import is_costly
from search.request import SIZES, SORTS, WITHIN, SearchRequest
from search.results import ResultPage
from search.web.caching import revalidated
from search.web.unavailable import for_readers

SORT_LABELS = {
    "relevance": _("Relevance"),
    "newest": _("Newest"),
    "oldest": _("Oldest"),
    "source": pgettext_lazy("order of the results", "Source"),
}

VIEWS = {
    "": _("List"),
    "concordance": _("Words in context"),
    "timeline": _("Timeline"),
    "together": _("Who with whom"),
    "wording": _("Wording over time"),
    "collocates": _("Collocates"),
    "expression": _("Regular expression"),
    "map": _("Map"),
}

VIEW_ANSWERS = {
    "concordance": _("Where do these words stand? Every place, with the words around it."),
    "timeline": _("What was reported when? The reports in the order of their days."),
    "together": _("Who is named with whom? Names that the same reports have, and how often."),
    "wording": _("What was it called, and when? Each spelling and wording over time."),
    "collocates": _("Which words stand near these more often than elsewhere?"),
    "expression": _("Where does a pattern of letters and signs stand in these reports?"),
    "map": _("Where is it about? Countries and cities that the reports speak of, and where meetings were held."),
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
        "page_title": page.in_words,
        "view_title": VIEWS[asked.view] if asked.view else "",
        "view_answers": VIEW_ANSWERS.get(asked.view, ""),
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
        "size_links": size_links(asked) if max(page.entries, page.total) > min(SIZES) else [],
        "pagination": pagination(asked, page.pages),
        "feeds": feed_links(asked),
        "names_off_url": url(replace(asked, names=False, page=1)),
        "within_links": [
            {"words": words, "url": url(asked.asked_within(*(one for one in asked.further if one != words)))}
            for words in asked.further
        ],
        "may_ask_within": page.total > 1 and len(asked.further) < WITHIN,
        "fold_url": url(replace(asked, fold=not asked.fold, page=1)),
        "clear_url": url(asked.without_filters()),
    }


def view_links(request: SearchRequest) -> list[dict[str, Any]]:
    """Links to the views of a result set, the filters kept."""
    return [
        {"label": label, "url": url(request.in_view(view)), "current": view == request.view}
        for view, label in VIEWS.items()
    ]


def pagination(asked: SearchRequest, pages: int) -> dict[str, Any]:
    """Links to the pages of a result set, as far as they are walked; `beyond` is how many of all `pages` are not."""
    last = last_page(asked.size or settings.SEARCH_PAGE_SIZE)
    links = page_links(asked.page, min(pages, last), lambda page: url(asked.on_page(page)))
    return {**links, "pages": pages, "beyond": max(0, pages - last)}


def size_links(asked: SearchRequest) -> list[dict[str, Any]]:
    """Links to the same results with fewer or more on a page."""
    present = asked.size or settings.SEARCH_PAGE_SIZE
    return [{"label": localnumber(size), "url": url(asked.sized(size)), "current": size == present} for size in SIZES]


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
    return feed_addresses(asked.in_view("").sorted_by("").sized(0).to_query())


def feed_addresses(query: str, *, of: str = "") -> dict[str, str]:
    """The feeds of a question in every format, and where it is followed by mail; `of="meetings-"` are of meetings."""
    asked = f"?{query}" if query else ""
    links = {kind: reverse(f"feeds:{of}{kind}") + asked for kind in ("rss", "atom", "json")}
    return links if of or not settings.ALERTS else {**links, "mail": reverse("alerts:follow") + asked}

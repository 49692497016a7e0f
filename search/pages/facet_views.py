"""The page that lists every value of a facet, to find one by any form of its name, to choose and to leave out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from archive.pages.bounds import heavy_if
from search.pages.facet_listing import LISTED, PER_PAGE, Listed, Listing, listed, shown_addresses
from search.pages.views import page_links
from search.question.address import clean_query, number, read_request
from search.question.costs import is_costly
from search.request import NOT
from search.web.caching import revalidated
from search.web.unavailable import for_readers

LONGEST = 100  # characters of a name
MOST_PARTS = 9999
ORDER_LABELS = {
    "count": _("Most articles"),
    "name": pgettext_lazy("order of a list", "Alphabet"),
    "post": _("Country and post"),
}


@require_safe
@revalidated
@for_readers
@heavy_if(is_costly)
def facet_values(request: HttpRequest, name: str) -> HttpResponse:
    """`/search/facet/official/?q=…&find=…&by=name`; with the parameters of the results page."""
    if name not in LISTED:
        raise Http404
    asked = read_listing(request.GET, name)
    found = listed(asked)
    return render(request, "search/facet.html", _context(asked, found), status=400 if found.refused else 200)


def read_listing(parameters: QueryDict, name: str) -> Listing:
    """What these parameters ask of a facet; what makes no sense is left out."""
    asked = Listing(read_request(parameters).on_page(1), name, clean_query(parameters.get("find", ""))[:LONGEST])
    by = parameters.get("by", "")
    part = number(parameters.get("part", "1"), MOST_PARTS)
    return replace(asked, by=by if by in asked.orders else asked.by, part=part)


def _context(asked: Listing, found: Listed) -> dict[str, Any]:
    boxes = {asked.facet, NOT + asked.facet}
    pairs = asked.request.pairs()
    return {
        "page_title": found.facet.title,
        "asked": asked,
        "found": found,
        "orders": [
            {"label": str(ORDER_LABELS[by]), "url": replace(asked, by=by, part=1).address(), "current": by == asked.by}
            for by in asked.orders
        ],
        "found_inputs": [*pairs, *(pair for pair in asked.own if pair[0] == "by")],
        "kept_inputs": [pair for pair in pairs if pair[0] not in boxes or pair[1] not in found.shown],
        "addresses": shown_addresses(asked),
        "pagination": page_links(
            asked.part, -(-found.values // PER_PAGE), lambda part: replace(asked, part=part).address()
        ),
    }

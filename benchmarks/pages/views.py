"""Pages beside ours: one of the same size without search, our own page about a kept answer, stock Haystack's."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from haystack.forms import FacetedSearchForm
from haystack.generic_views import FacetedSearchView
from haystack.query import SearchQuerySet

from benchmarks.work import FACETS
from search.forms import read_request
from search.service import search
from search.views import _context


def limit(request: HttpRequest) -> HttpResponse:
    """What Django takes to render a page as large as a page of results from plain values at hand."""
    return render(request, "measured/limit.html", _plain(int(os.environ.get("MEASURED_BYTES", "60000"))))


def kept(request: HttpRequest) -> HttpResponse:
    """Our results page about an answer that was found once: its template alone."""
    return render(request, "search/results.html", _answer())


def stock(request: HttpRequest) -> HttpResponse:
    """Haystack's faceted view with its form, as its manual has them."""
    return _view()(request)


@cache
def _answer() -> dict[str, Any]:
    return _context(search(read_request(QueryDict("q=" + os.environ.get("MEASURED_WORD", ""))), helping=True))


@cache
def _plain(size: int) -> dict[str, Any]:
    """Twenty hits and all facet values as plain text; longer texts of the hits make up for the missing markup."""
    page = _answer()["page"]
    hits = [
        {
            "title": hit.title.text,
            "url": hit.article.get_absolute_url(),
            "text": hit.fragment.text,
            "day": hit.article.dated_on,
        }
        for hit in page.hits
    ]
    facets = [{"title": f.title, "values": [(v.label, v.count, v.url) for v in f.values]} for f in page.facets]
    plain = {"hits": hits, "facets": facets}
    missing = size - len(render(HttpRequest(), "measured/limit.html", plain).content)
    for hit in hits:
        more = hit["text"] or "x"
        want = max(missing, 0) // len(hits) // 2  # two bytes a letter
        hit["text"] = (more + " " + more * (want // len(more) + 1))[: len(more) + want]
    return plain


@cache
def _view() -> Any:
    from benchmarks.engines.haystack_engine import connect
    from benchmarks.engines.whoosh_engine import as_shipped

    connect(Path(os.environ["MEASURED_STOCK"]))
    as_shipped()
    queryset = SearchQuerySet().using("stock")
    return FacetedSearchView.as_view(
        template_name="measured/stock.html", form_class=FacetedSearchForm, queryset=queryset, facet_fields=list(FACETS)
    )

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
from search import search
from search.pages.views import context
from search.question.address import read_request

LIMIT = "measured/limit.html"
_made: dict[str, Any] = {}


def limit(request: HttpRequest) -> HttpResponse:
    """What Django takes to render a page as large as a page of results from plain values at hand."""
    return render(request, LIMIT, _plain(request))


def kept(request: HttpRequest) -> HttpResponse:
    """Our results page about an answer that was found once: its template alone."""
    return render(request, "search/results.html", _answer())


def stock(request: HttpRequest) -> HttpResponse:
    """Haystack's faceted view with its form, as its manual has them."""
    return _view()(request)


@cache
def _answer() -> dict[str, Any]:
    return context(search(read_request(QueryDict("q=" + os.environ.get("MEASURED_WORD", "")))))


def _plain(request: HttpRequest) -> dict[str, Any]:
    """Twenty hits and all facet values as plain text; longer texts of the hits make up for the missing markup."""
    if not _made:
        _made.update(_plain_values())
        missing = int(os.environ.get("MEASURED_BYTES", "60000")) - len(render(request, LIMIT, _made).content)
        for hit in _made["hits"]:
            want = max(missing, 0) // len(_made["hits"]) // 2  # two bytes a letter
            text = hit["text"] or "–"
            hit["text"] = (text + " " + text * (want // len(text) + 1))[: len(text) + want]
    return _made


def _plain_values() -> dict[str, Any]:
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
    return {"hits": hits, "facets": facets}


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

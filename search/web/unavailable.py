"""What is answered while the search cannot: 503 and when to ask again, never "no results"."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from archive.pages.shown import localnumber
from search.engine.protocol import SearchUnavailable
from search.indexing.rebuilding import rebuilding

View = Callable[..., HttpResponseBase]
WAIT = 10  # seconds


def for_readers(view: View) -> View:
    """Have readers told on a page."""
    return _instead(view, _page)


def for_programs(view: View) -> View:
    """Have programs that take a file or a feed told in a sentence."""
    return _instead(view, lambda _request: told(_sentence()))


def _page(request: HttpRequest) -> HttpResponse:
    return render(request, "search/unavailable.html", {"progress": _progress()}, status=503)


def _sentence() -> str:
    sentence = gettext("The search is being prepared. Please try again in a moment.")
    return f"{sentence} {_progress()}".strip()


def _progress() -> str:
    """How far the new index is, "" when none is being built."""
    found = rebuilding()
    if found is None:
        return ""
    shown = {"done": localnumber(found.done), "total": localnumber(found.total)}
    return gettext("Articles in the new index: %(done)s of %(total)s.") % shown


def _instead(view: View, other: Callable[[HttpRequest], HttpResponse]) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
        try:
            return view(request, *arguments, **named)
        except SearchUnavailable:
            response = other(request)
            response.headers["Retry-After"] = str(WAIT)
            return response

    return answered


def told(sentence: str, status: int = 503) -> HttpResponse:
    return HttpResponse(sentence + "\n", status=status, content_type="text/plain; charset=utf-8")

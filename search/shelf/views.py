"""The shelf and what is done with it: keep, take down, save a search, cite, export."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from archive.articles.models import Article
from archive.articles.reading import listed
from archive.pages.interface import reader_language
from archive.pages.shown import localnumber
from search.export.views import formats, selection_url
from search.question.address import clean_query, read_request
from search.shelf.contents import IDENTIFIER, MAX_ARTICLES, Contents, SavedSearch
from search.shelf.keeping import ShelfFull, change, shelf
from search.shelf.origin import from_our_pages
from search.shelf.searches import shown, total

STYLES = ("house", "chicago", "apa")


@require_safe
def shelf_page(request: HttpRequest) -> HttpResponse:
    """The reader's own shelf, or with `a=…&a=…` a selection that someone shared."""
    own, picked = shelf(request), _picked(request.GET)
    articles = _articles(picked or own.articles)
    context = {
        "articles": articles,
        "missing": len(picked or own.articles) - len(articles),
        "searches": [] if picked else shown(own.searches),
        "shared": bool(picked),
        "share_url": selection_url(own.articles) if own.articles else "",
        "formats": formats().items(),
    }
    response = render(request, "shelf/shelf.html", context)
    add_never_cache_headers(response)
    return response


@require_safe
def cite(request: HttpRequest) -> HttpResponse:
    """The chosen articles as a bibliography: `style` is house, chicago or apa, `in` the language of the citation."""
    style, language = request.GET.get("style", ""), request.GET.get("in", "")
    picked = _picked(request.GET) or shelf(request).articles
    context = {
        "articles": _articles(picked),
        "picked": picked,
        "style": style if style in STYLES else "house",
        "citation_language": language if language in {"ar", "fa", "en"} else reader_language(),
        "styles": STYLES,
    }
    response = render(request, "shelf/cite.html", context)
    add_never_cache_headers(response)
    return response


@require_POST
@from_our_pages
def keep_articles(request: HttpRequest) -> HttpResponse:
    """Put the articles `a` on the shelf, or with `action=drop` take them down; back to `next`."""
    picked = _picked(request.POST)
    if request.POST.get("action") == "drop":
        return _changed(request, lambda held: held.without(picked))
    known = set(Article.objects.filter(identifier__in=picked).still_published().values_list("identifier", flat=True))
    return _changed(request, lambda held: held.keeping(one for one in picked if one in known))


@require_POST
@from_our_pages
def keep_search(request: HttpRequest) -> HttpResponse:
    """Save the search `query` with `name` and `note`, or with `action=drop` forget it; back to `next`."""
    posted = request.POST.get("query", "")
    query = read_request(QueryDict(posted)).sized(0).to_query()
    if request.POST.get("action") == "drop":
        return _changed(request, lambda held: held.asked_as(posted, query).forgetting(query))
    name, note = (clean_query(request.POST.get(field, "")) for field in ("name", "note"))
    saved = SavedSearch(query, name, note, total(read_request(QueryDict(query))) or 0)
    return _changed(request, lambda held: held.asked_as(posted, query).saving(saved))


def _changed(request: HttpRequest, changed: Callable[[Contents], Contents]) -> HttpResponse:
    """Back to where the form stood; a script that stays there is told how many things the shelf has now."""
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    stays = request.headers.get("Accept") == "application/json"
    response = HttpResponse() if stays else HttpResponseRedirect(back if own else reverse("shelf"), status=303)
    try:
        contents = change(request, response, changed)
    except ShelfFull:
        return render(request, "shelf/full.html", status=409)
    if stays:
        response.headers["Content-Type"] = "application/json"
        response.content = json.dumps({"on_shelf": localnumber(contents.number) if contents else ""})
    return response


def _picked(parameters: QueryDict) -> tuple[str, ...]:
    values = dict.fromkeys(parameters.getlist("a"))
    return tuple(value for value in values if IDENTIFIER.fullmatch(value))[:MAX_ARTICLES]


def _articles(identifiers: tuple[str, ...]) -> list[Article]:
    """The public ones among these articles, in this order."""
    held = Article.objects.described().filter(identifier__in=identifiers).still_published()
    known = {article.identifier: article for article in listed(held, reader_language())}
    return [known[identifier] for identifier in identifiers if identifier in known]

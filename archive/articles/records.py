"""Pages of the authority file: lists of records, and one record with all its names, posts and articles.

They stand among the articles, which know authority records; authority records know nothing of articles.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.articles.reading import listed
from archive.authorities import listing
from archive.authorities.directory import directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.interface import reader_language

SHOWN_ARTICLES = 10
PLURALS = {
    Kind.OFFICIAL: _("Officials"),
    Kind.COUNTRY: _("Countries"),
    Kind.BODY: _("Bodies"),
    Kind.SOURCE: _("Sources"),
}


@require_safe
def index(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Every record of a kind that a public article is linked to, by number of articles."""
    context = {
        "page_title": PLURALS[kind],
        "kind_label": PLURALS[kind],
        "records": listing.met(kind, reader_language()),
    }
    return render(request, "authorities/index.html", context)


@require_safe
def record(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    held = get_object_or_404(
        AuthorityRecord.objects.select_related("merged_into").prefetch_related(
            "names", "posts__country", "posts__body"
        ),
        kind=kind,
        slug=slug,
    )
    if held.merged_into:
        return redirect(held.merged_into, permanent=True)
    return render(request, "authorities/record.html", _context(held))


def _context(held: AuthorityRecord) -> dict[str, Any]:
    language = reader_language()
    articles = listing.articles(held)
    query = urlencode({held.kind: held.slug})
    return {
        "record": held,
        "label": directory().label(held.kind, held.slug, language),
        "kind_label": held.get_kind_display(),
        "names": listing.names(held, language),
        "posts": listing.posts(held, language),
        "articles": listed(articles[:SHOWN_ARTICLES], language),
        "total": articles.count(),
        "search_url": f"{reverse('search')}?{query}",
        "feeds": {name: f"{reverse(f'feeds:{name}')}?{query}" for name in ("rss", "atom")},
    }

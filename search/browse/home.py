"""The home page: what the archive holds."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from archive.articles.reading import listed
from archive.authorities import listing
from archive.authorities.models import Kind
from archive.pages.interface import reader_language
from search.browse import state
from search.browse.charts import calendars, finest
from search.browse.days import address, days
from search.question.address import url
from search.request import UNDATED, SearchRequest

LATEST = 5
SHOWN = 10
RANKED = (Kind.COUNTRY, Kind.OFFICIAL, Kind.SOURCE)


@require_safe
@state.revalidated
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "search/home.html", overview(reader_language()))


def overview(language: str) -> dict[str, Any]:
    """Counts, days and the newest of all reports, who and which outlets are met most often, and the ways in."""
    public, counted = Article.objects.published(), days()
    met = {kind: listing.met(kind, language) for kind in RANKED}
    titles = {Kind.COUNTRY: gettext("Countries"), Kind.OFFICIAL: gettext("Officials"), Kind.SOURCE: gettext("Sources")}
    return {
        "archive_total": sum(counted.values()),
        "latest": listed(public.described().newest_first()[:LATEST], language),
        "counts": {
            "articles": sum(counted.values()),
            "countries": len(met[Kind.COUNTRY]),
            "officials": len(met[Kind.OFFICIAL]),
            "sources": len(met[Kind.SOURCE]),
        },
        "rankings": [
            {"name": f"{kind}s", "title": titles[kind], "entries": entries[:SHOWN], "url": _list(kind)}
            for kind, entries in met.items()
        ],
        "panel": finest(counted, address),
        "calendars": calendars(),
        "undated": counted.get(0, 0),
        "undated_url": url(SearchRequest().with_values("year", [UNDATED])),
        "ways": _ways(),
    }


def _list(kind: Kind) -> str:
    return reverse("browse:countries" if kind == Kind.COUNTRY else f"browse:{kind}s")


def _ways() -> list[dict[str, str]]:
    """Where a reader can begin without a query, the readings of the whole archive last."""
    everything = SearchRequest()
    return [
        {"label": gettext("Countries"), "url": reverse("browse:countries")},
        {"label": gettext("Officials"), "url": reverse("browse:officials")},
        {"label": gettext("Bodies"), "url": reverse("browse:bodies")},
        {"label": gettext("Sources"), "url": reverse("browse:sources")},
        {"label": gettext("Dates"), "url": reverse("browse:dates")},
        {"label": gettext("Timeline"), "url": url(everything.in_view("timeline"))},
        {"label": gettext("Who with whom"), "url": url(everything.in_view("together"))},
        {"label": gettext("Words in context"), "url": url(everything.in_view("concordance"))},
        {"label": gettext("Wording over time"), "url": url(everything.in_view("wording"))},
    ]

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
from search.browse.lists import PLURALS, list_url
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
            {"name": f"{kind}s", "title": PLURALS[kind], "entries": entries[:SHOWN], "url": list_url(kind)}
            for kind, entries in met.items()
        ],
        "panel": finest(counted, address),
        "calendars": calendars(),
        "undated": counted.get(0, 0),
        "undated_url": url(SearchRequest().with_values("year", [UNDATED])),
        "ways": _ways(),
    }


def _ways() -> list[dict[str, str]]:
    """Where a reader can begin without a query, the readings of the whole archive last."""
    views = {
        "timeline": gettext("Timeline"),
        "together": gettext("Who with whom"),
        "concordance": gettext("Words in context"),
        "wording": gettext("Wording over time"),
    }
    return [
        *({"label": str(label), "url": list_url(kind)} for kind, label in PLURALS.items()),
        {"label": gettext("Dates"), "url": reverse("browse:dates")},
        *({"label": label, "url": url(SearchRequest().in_view(view))} for view, label in views.items()),
    ]

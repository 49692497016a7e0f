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
from archive.authorities.directory import revision
from archive.authorities.models import Kind
from archive.collections.held import held_collections
from archive.meetings.models import Meeting
from archive.pages.interface import reader_language
from archive.pages.kept_while import kept_while_same
from search.browse import state
from search.browse.charts import calendars, finest
from search.browse.collections import on_home
from search.browse.days import address, days
from search.browse.lists import PLURALS, list_url
from search.browse.meetings import dressed
from search.question.address import url
from search.request import UNDATED, SearchRequest
from search.web.caching import present

LATEST = 7  # as long as the lists beside them
SHOWN = 8
MEETINGS = 5
RANKED = (Kind.COUNTRY, Kind.OFFICIAL, Kind.SOURCE)


@require_safe
@state.revalidated
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "search/home.html", overview(reader_language()))


def overview(language: str) -> dict[str, Any]:
    """Counts, days and the newest of all reports, who and which outlets are met most often, and the ways in."""
    public, counted = Article.objects.published(), days()
    met = _met((present(), revision()))
    return {
        "archive_total": sum(counted.values()),
        "latest": listed(public.outlined().newest_first()[:LATEST], language),
        "counts": {
            "articles": sum(counted.values()),
            "countries": len(met[Kind.COUNTRY]),
            "officials": len(met[Kind.OFFICIAL]),
            "sources": len(met[Kind.SOURCE]),
        },
        "rankings": [
            {
                "name": f"{kind}s",
                "title": PLURALS[kind],
                "entries": listing.links(kind, entries[:SHOWN], language),
                "url": list_url(kind),
            }
            for kind, entries in met.items()
        ],
        "panel": finest(counted, address),
        "calendars": calendars(),
        "undated": counted.get(0, 0),
        "undated_url": url(SearchRequest().with_values("year", [UNDATED])),
        "ways": _ways(),
        "meetings": dressed(Meeting.objects.public().by_time()[:MEETINGS]),
        "collections": on_home(),
    }


@kept_while_same
def _met(_state: object) -> dict[Kind, list[tuple[str, int]]]:
    """Who and which outlets public articles are linked to, counted once for each state of the archive."""
    return {kind: listing.counted(kind) for kind in RANKED}


def _ways() -> list[dict[str, object]]:
    """Where a reader can begin without a query: lists, then the readings of the whole archive."""
    views = {
        "timeline": gettext("Timeline"),
        "together": gettext("Who with whom"),
        "concordance": gettext("Words in context"),
        "wording": gettext("Wording over time"),
        "collocates": gettext("Collocates"),
    }
    lists = [
        *({"label": str(label), "url": list_url(kind)} for kind, label in PLURALS.items()),
        {"label": gettext("Meetings"), "url": reverse("browse:meetings")},
        *([{"label": gettext("Collections"), "url": reverse("browse:collections")}] if held_collections() else []),
        {"label": gettext("Dates"), "url": reverse("browse:dates")},
    ]
    readings = [{"label": label, "url": url(SearchRequest().in_view(view))} for view, label in views.items()]
    return [
        {"title": gettext("Browse"), "links": lists},
        {"title": gettext("The whole archive"), "links": readings},
    ]

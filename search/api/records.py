"""Officials, countries, bodies and sources: those that public articles speak of, and one with its names and posts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router

from archive.authorities.directory import directory
from archive.authorities.listing import counted
from archive.authorities.models import AuthorityRecord, Kind
from archive.pages.interface import reader_language
from search.api.asked import InLanguage, RecordList
from search.api.shapes import CountedRecords, DescribedRecord
from search.browse.record import described

PLURALS: Final = {
    Kind.OFFICIAL: "officials",
    Kind.COUNTRY: "countries",
    Kind.BODY: "bodies",
    Kind.SOURCE: "sources",
}


def router_of(kind: Kind) -> Router:
    """The two operations of a kind: its records, and one of them."""
    router = Router(tags=["records"])
    many, one = PLURALS[kind], str(kind)
    router.get("", response=CountedRecords, url_name=many, summary=f"The {many} of public articles")(_records(kind))
    router.get("/{slug}", response=DescribedRecord, url_name=one, summary=f"One of the {many}")(_record(kind))
    return router


def _records(kind: Kind) -> Callable[..., dict[str, Any]]:
    def records(request: HttpRequest, asked: Query[RecordList]) -> dict[str, Any]:
        """In the order of their identifiers, each with the number of its public articles."""
        held = sorted(counted(kind))
        rest = [one for one in held if one[0] > asked.after]
        part, names, language = rest[: asked.size], directory(), reader_language()
        return {
            "total": len(held),
            "items": [
                {
                    "kind": kind,
                    "identifier": slug,
                    "label": names.label(kind, slug, language),
                    "articles": number,
                    "url": request.build_absolute_uri(reverse(f"browse:{kind}", args=[slug])),
                }
                for slug, number in part
            ],
            "next": going_on(request, part[-1][0]) if len(rest) > len(part) else None,
        }

    return records


def going_on(request: HttpRequest, last: str) -> str:
    """The address of the answer that begins behind this identifier."""
    parameters = request.GET.copy()
    parameters["after"] = last
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")


def _record(kind: Kind) -> Callable[..., dict[str, Any] | HttpResponse]:
    def record(request: HttpRequest, slug: str, asked: Query[InLanguage]) -> dict[str, Any] | HttpResponse:
        """Every form of its name, and its posts; one that was merged leads to the other (301)."""
        found = AuthorityRecord.objects.select_related("merged_into").prefetch_related("names")
        held = get_object_or_404(found, kind=kind, slug=slug)
        if held.merged_into:
            return HttpResponsePermanentRedirect(reverse(f"api:{kind}", args=[held.merged_into.slug]))
        query, whole = urlencode({str(kind): slug}), request.build_absolute_uri
        return described(request, held) | {
            "label": directory().label(kind, slug, reader_language()),
            "articles": whole(f"{reverse('api:articles')}?{query}"),
            "feed": whole(f"{reverse('feeds:atom')}?{query}"),
        }

    return record

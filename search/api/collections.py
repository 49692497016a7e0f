"""Collections: those that curators made public, and one, each with the question that finds its articles."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Router

from archive.collections.held import held_collections
from archive.collections.models import Collection
from archive.pages.interface import reader_language
from search.api.asked import InLanguage, RecordList
from search.api.records import going_on
from search.api.shapes import DescribedCollection, FoundCollections
from search.browse.collections import asking_for
from search.pages.views import feed_links

router = Router(tags=["collections"])
OF_PAGES: Final = {"fold", "page"}  # parameters of a saved search that say how a page shows it


@router.get("", response=FoundCollections, url_name="collections", summary="The public collections")
def collections(request: HttpRequest, asked: Query[RecordList]) -> dict[str, Any]:
    """In the order of their identifiers."""
    held = sorted(held_collections().items())
    rest = [one for slug, one in held if slug > asked.after]
    part = rest[: asked.size]
    return {
        "total": len(held),
        "items": [_described(request, one) for one in part],
        "next": going_on(request, part[-1].slug) if len(rest) > len(part) else None,
    }


@router.get("/{slug}", response=DescribedCollection, url_name="collection", summary="One of the collections")
def collection(request: HttpRequest, slug: str, asked: Query[InLanguage]) -> dict[str, Any]:
    held = held_collections().get(slug)
    if held is None:
        raise Http404("no public collection of this identifier")
    return _described(request, held)


def _described(request: HttpRequest, collection: Collection) -> dict[str, Any]:
    question, whole = asking_for(collection), request.build_absolute_uri
    query = urlencode([pair for pair in question.in_view("").pairs() if pair[0] not in OF_PAGES])
    return {
        "identifier": collection.slug,
        "url": whole(collection.get_absolute_url()),
        "label": collection.title(reader_language()),
        "titles": _written(collection, "title"),
        "introductions": _written(collection, "introduction"),
        "is_search": bool(collection.query),
        "articles": whole(f"{reverse('api:articles')}?{query}"),
        "feed": whole(feed_links(question)["atom"]),
    }


def _written(collection: Collection, what: str) -> dict[str, str]:
    told = {code: getattr(collection, f"{what}_{code}").strip() for code, _name in settings.LANGUAGES}
    return {code: text for code, text in told.items() if text}

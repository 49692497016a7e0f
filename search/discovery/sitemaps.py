"""Site maps (sitemaps.org): one of the fixed pages, and one for each block of keys of articles and of records.

A block is as large as a map may well be, so that an archive of millions is told in a few hundred, and a new article
changes one of them. An article has one address in all interface languages; other pages name theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, F, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from archive.articles.tallying import BLOCK
from archive.authorities.models import AuthorityRecord
from archive.authorities.tallies import Tally, of_each
from archive.collections.models import Collection
from archive.meetings.models import Meeting
from search.web.caching import revalidated

MOST: Final = 10**9  # maps: a key beyond them is none of a database's
FIXED: Final = (
    "home",
    "browse:officials",
    "browse:countries",
    "browse:bodies",
    "browse:sources",
    "browse:meetings",
    "browse:collections",
    "browse:dates",
    "about",
    "help",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of page that has a map for each block of keys."""

    held: Callable[[], QuerySet[Any]]
    in_languages: bool


def _articles() -> QuerySet[Article]:
    return Article.objects.published().only("identifier", "updated_at")


def _records() -> QuerySet[AuthorityRecord]:
    """Those of which there are public reports: other records have pages, but nothing to show."""
    return AuthorityRecord.objects.present().filter(Q(Exists(of_each("record"))) | Q(Exists(of_each("source"))))


PARTS: Final = {
    "articles": Part(_articles, in_languages=False),
    "records": Part(_records, in_languages=True),
    "meetings": Part(Meeting.objects.public, in_languages=True),
    "collections": Part(Collection.objects.public, in_languages=True),
}


@require_safe
@revalidated
def index(request: HttpRequest) -> HttpResponse:
    """The map of the maps, each with the moment of its last change."""
    maps = [{"location": _whole(request, "sitemap-pages")}]
    for name, part in PARTS.items():
        for number, last in _blocks(part):
            maps.append({"location": _whole(request, "sitemap", name, number), "last_mod": last})
    return render(request, "sitemap_index.xml", {"sitemaps": maps}, content_type="application/xml")


def _blocks(part: Part) -> Iterable[tuple[int, Any]]:
    """The blocks of a part that hold anything, each with the moment of its last change.

    Those of articles are tallied, for an archive has many; there a withdrawal is a change as well.
    """
    if part is PARTS["articles"]:
        held = Tally.objects.filter(what="block", number__gt=0).order_by()
        return sorted((int(key), last) for key, last in held.values_list("key", "last"))
    changes = part.held().order_by().values(number=F("pk") / BLOCK).annotate(last=Max("updated_at"))
    return list(changes.order_by("number").values_list("number", "last"))


@require_safe
@revalidated
def pages(request: HttpRequest) -> HttpResponse:
    return _map(request, [_entry(_whole(request, name), None, in_languages=True) for name in FIXED])


@require_safe
@revalidated
def block(request: HttpRequest, name: str, number: int) -> HttpResponse:
    part = PARTS.get(name)
    if part is None or number > MOST:
        raise Http404("there is no such part of the site map")
    held = part.held().filter(pk__gte=number * BLOCK, pk__lt=(number + 1) * BLOCK).order_by("pk")
    urls = [
        _entry(request.build_absolute_uri(one.get_absolute_url()), one.updated_at, in_languages=part.in_languages)
        for one in held
    ]
    if not urls:
        raise Http404("there is no such part of the site map")
    return _map(request, urls)


def _map(request: HttpRequest, urls: list[dict[str, Any]]) -> HttpResponse:
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")


def _entry(address: str, changed_at: Any, *, in_languages: bool) -> dict[str, Any]:
    return {
        "location": address,
        "lastmod": changed_at,
        "alternates": list(_alternates(address)) if in_languages else [],
    }


def _alternates(address: str) -> Iterator[dict[str, str]]:
    for code, _name in settings.LANGUAGES:
        yield {"location": f"{address}?ui={code}", "lang_code": code}
    yield {"location": address, "lang_code": "x-default"}


def _whole(request: HttpRequest, name: str, *arguments: object) -> str:
    return request.build_absolute_uri(reverse(name, args=arguments))

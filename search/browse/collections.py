"""Pages of collections: the list of the public ones, and one with its introduction and its articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.citing.metadata import json_ld, trail
from archive.articles.models import Article
from archive.articles.reading import listed
from archive.collections.held import held_collections
from archive.collections.models import Collection
from archive.pages.bounds import heavy_if
from archive.pages.interface import reader_language
from archive.text.languages import direction
from search.answer.service import articles as found_articles
from search.answer.service import ask
from search.browse.state import revalidated
from search.engine.protocol import SearchUnavailable
from search.export.views import links, most_in_files
from search.pages.views import feed_links, page_links
from search.question.address import MAX_PAGE, number, read_request, url
from search.question.costs import is_costly_query
from search.request import SearchRequest

PER_PAGE: Final = 20
_LINE: Final = 200  # code points of an introduction in a list


@dataclass(frozen=True, slots=True)
class ShownCollection:
    """A collection in the reader's language, or where it is not written in that, in another: `(text, language)`."""

    held: Collection
    title: tuple[str, str]
    introduction: tuple[str, str]

    @property
    def first_words(self) -> str:
        """The first paragraph of the introduction, cut between words."""
        text = self.introduction[0].split("\n\n")[0]
        return text if len(text) <= _LINE else f"{text[: text.rfind(' ', 0, _LINE)]} …"

    @property
    def direction(self) -> str:
        return direction(self.introduction[1])


def shown(collections: Iterable[Collection]) -> list[ShownCollection]:
    language = reader_language()
    return [
        ShownCollection(one, one.written("title", language), one.written("introduction", language))
        for one in collections
    ]


def on_home() -> list[ShownCollection]:
    return shown(one for one in held_collections().values() if one.on_home)


def asking_for(collection: Collection) -> SearchRequest:
    """The question that finds its articles: the saved search, or the collection as a value of its facet."""
    if collection.query:
        return read_request(QueryDict(collection.query)).on_page(1)
    return SearchRequest().with_values("collection", [collection.slug])


@require_safe
@revalidated
def collections(request: HttpRequest) -> HttpResponse:
    context = {"page_title": gettext("Collections"), "collections": shown(held_collections().values())}
    return render(request, "browse/collections.html", context)


def _is_costly(request: HttpRequest) -> bool:
    """Whether the saved search of a collection is heavy work, as it is on its own page; a list by hand is none."""
    match = request.resolver_match
    held = held_collections().get(match.kwargs["slug"]) if match else None
    return bool(held and held.query and is_costly_query(asking_for(held).q))


@require_safe
@revalidated
@heavy_if(_is_costly)
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    held = get_object_or_404(Collection.objects.public(), slug=slug)
    (one,) = shown([held])
    asked = asking_for(held)
    page = number(request.GET.get("page", "1"), MAX_PAGE)
    articles, total = _articles(held, asked, page)
    whole, address = request.build_absolute_uri, held.get_absolute_url()
    way = [(gettext("Diwan"), whole("/")), (gettext("Collections"), whole(reverse("browse:collections")))]
    told = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": whole(address),
        "name": one.title[0],
        "description": one.introduction[0],
        "inLanguage": one.introduction[1],
    }
    context: dict[str, Any] = {
        "page_title": one.title[0],
        "collection": one,
        "paragraphs": one.introduction[0].split("\n\n") if one.introduction[0] else [],
        "articles": articles,
        "total": total,
        "pagination": page_links(page, min(MAX_PAGE, -(-(total or 0) // PER_PAGE)), lambda at: f"?page={at}"),
        "search_url": url(asked),
        "feeds": feed_links(asked),
        "links": links(asked),
        **most_in_files(total or 0),
        "metadata": [
            mark_safe(json_ld(part))  # noqa: S308 - `<`, `>` and `&` are escaped
            for part in (told, trail(*way, (one.title[0], whole(address))))
        ],
    }
    return render(request, "browse/collection.html", context)


def _articles(collection: Collection, asked: SearchRequest, page: int) -> tuple[list[Article], int | None]:
    """A page of its articles, and how many it has; None where the search of a saved one cannot answer now."""
    start = (page - 1) * PER_PAGE
    if not collection.query:
        found = collection.public_articles()
        return listed(found.outlined()[start : start + PER_PAGE], reader_language()), found.count()
    try:
        answered = ask(asked, start, PER_PAGE)
    except SearchUnavailable:
        return [], None
    return listed(found_articles(answered), reader_language()), answered.answer.total

"""A feed of any search: the articles that came last, with names that never change, and documents of those before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.pages.bounds import heavy_if
from archive.pages.interface import reader_language
from archive.text.xml import legal
from search.answer.service import Answered, chosen_values
from search.feeds.documents import Document, document
from search.feeds.formats import FORMATS, Feed, sent
from search.feeds.items import items
from search.feeds.withdrawn import gone
from search.question.address import read_request, url
from search.question.costs import is_costly
from search.web.caching import revalidated
from search.web.unavailable import for_programs

ARCHIVE: Final = "archive"  # the parameter by which an archived document is asked for


@require_safe
@revalidated
@for_programs
@heavy_if(is_costly)
def feed_of_search(request: HttpRequest, form: str) -> HttpResponse:
    held = document(read_request(request.GET), request.GET.get(ARCHIVE))
    feed_class = FORMATS[form]
    feed = _describe(request, held, feed_class)
    for item in items(request, held.found, held.answered.names, feed_class):
        feed.add_written(item)
    return sent(feed)


def _describe(request: HttpRequest, held: Document, feed_class: type[Feed]) -> Feed:
    asked = held.answered.request.sorted_by("")
    link = request.build_absolute_uri(url(asked) if asked.to_query() else reverse("home"))
    return feed_class(
        title=legal(title(held.answered)),
        link=link,
        description=gettext("Arabic and Persian diplomatic news, archived"),
        language=reader_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=link,
        gone=() if held.is_archived else gone(),
        links=list(_around(request, held)),
        is_archived=held.is_archived,
    )


def _around(request: HttpRequest, held: Document) -> Iterator[tuple[str, str]]:
    """The feed of an archived document, and the document that goes on; `next` for those who know pages alone."""
    if held.is_archived:
        yield "current", _address(request, None)
    if held.before is not None:
        yield "prev-archive", _address(request, held.before)
        yield "next", _address(request, held.before)


def _address(request: HttpRequest, block: int | None) -> str:
    """That of another document of the same feed."""
    parameters = request.GET.copy()
    parameters.pop(ARCHIVE, None)
    if block is not None:
        parameters[ARCHIVE] = str(block)
    query = parameters.urlencode()
    return request.build_absolute_uri(request.path + (f"?{query}" if query else ""))


def title(answered: Answered) -> str:
    """The question in words: «Diwan: خلفوف · Azerbaijan · Persian»."""
    asked = answered.request
    words = ([asked.q] if asked.q else []) + [value.told for value in chosen_values(answered)]
    return " · ".join(words) + " – " + gettext("Diwan") if words else gettext("Diwan")

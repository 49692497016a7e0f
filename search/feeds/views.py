"""A feed of any search: the newest articles first, with names that never change."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from archive.pages.bounds import heavy_if
from archive.pages.interface import reader_language
from search.answer.service import articles, ask_strictly, framed
from search.feeds.formats import AtomFeed, RssFeed, content, legal
from search.question.address import read_request, url
from search.question.costs import is_costly
from search.request import SearchRequest
from search.results import ResultPage
from search.web.caching import revalidated
from search.web.unavailable import for_programs

Feed = RssFeed | AtomFeed


def _feed(request: HttpRequest, feed_class: type[Feed]) -> HttpResponse:
    asked = read_request(request.GET).sorted_by("newest")
    answered = ask_strictly(asked, 0, settings.FEED_SIZE)
    feed = _describe(request, framed(answered, settings.FEED_SIZE), feed_class)
    for article in articles(answered):
        feed.add_item(**_item(request, article))
    response = HttpResponse(content_type=f"{feed.content_type.split(';')[0]}; charset=utf-8")
    feed.write(response, "utf-8")
    return response


@require_safe
@revalidated
@for_programs
@heavy_if(is_costly)
def rss(request: HttpRequest) -> HttpResponse:
    return _feed(request, RssFeed)


@require_safe
@revalidated
@for_programs
@heavy_if(is_costly)
def atom(request: HttpRequest) -> HttpResponse:
    return _feed(request, AtomFeed)


def _describe(request: HttpRequest, page: ResultPage, feed_class: type[Feed]) -> Feed:
    asked = page.request.sorted_by("")
    link = request.build_absolute_uri(url(asked) if asked.to_query() else reverse("home"))
    return feed_class(
        title=legal(title(page)),
        link=link,
        description=gettext("Arabic and Persian diplomatic news, archived"),
        language=reader_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=link,
    )


def title(page: ResultPage) -> str:
    """The question in words: «Diwan: خلفوف · Azerbaijan · Persian»."""
    asked: SearchRequest = page.request
    words = ([asked.q] if asked.q else []) + [value.told for _facet, value in page.chosen]
    return " · ".join(words) + " – " + gettext("Diwan") if words else gettext("Diwan")


def _item(request: HttpRequest, article: Article) -> dict[str, Any]:
    return {
        "title": legal(article.title),
        "link": request.build_absolute_uri(article.get_absolute_url()),
        "description": content(article.paragraphs, article.language),
        "unique_id": article.guid,
        "unique_id_is_permalink": False,
        "pubdate": _instant(article),
        "updateddate": article.updated_at,
        "language": article.language,
        "source_name": legal(article.source_as_printed),
    }


def _instant(article: Article) -> datetime.datetime | None:
    """When the report appeared: the stated instant, or the first moment of its day; None for an undated one."""
    if article.dated_at or article.dated_on is None:
        return article.dated_at
    return datetime.datetime.combine(article.dated_on, datetime.time(), datetime.UTC)

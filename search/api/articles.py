"""Articles: those that answer a question, and one by its identifier."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from ninja import Query, Router

from archive.articles.citing.files import described
from archive.articles.citing.formats import bibtex, csl, ris
from archive.articles.citing.metadata import iso
from archive.articles.citing.styles import STYLES, plain
from archive.articles.citing.views import as_cited
from archive.articles.models import Article
from archive.articles.rights import Audience, shown
from archive.authorities.directory import directory
from archive.pages.bounds import check_time
from archive.pages.interface import reader_language
from search.answer.marking import Marked, Marker, needed, words_recalled
from search.answer.service import Answered, ask_strictly
from search.api.asked import ArticleList, ArticlePart, InLanguage
from search.api.cursors import BY_RELEVANCE, cursor, place
from search.api.of_question import of_question
from search.api.problems import problem
from search.api.shapes import CitedArticle, FoundArticles, WholeArticle
from search.question.notices import sentences
from search.request import SearchRequest

router = Router(tags=["articles"])


@router.get("", response=FoundArticles, url_name="articles", summary="Articles that answer a question")
def articles(request: HttpRequest, asked: Query[ArticleList]) -> dict[str, Any]:
    """What has all that is asked for, and no less; without a question the whole archive, newest first."""
    wanted = asked.request(request).sorted_by(asked.sort)
    begin = place(wanted, asked.cursor)
    if wanted.order == "relevance":
        size = min(asked.size, BY_RELEVANCE - (begin or 0))
        found = ask_strictly(wanted, begin or 0, size)
    else:
        found = ask_strictly(wanted, 0, asked.size, beyond=begin)
    answer = found.answer
    return {
        **of_question(request, wanted, answer.total, found.understood.expansions),
        "archive_total": answer.archive_total,
        "items": _items(request, found, whole=asked.text == "whole"),
        "next": _next(request, wanted, found, (begin or 0) + len(answer.found)),
        "notices": list(sentences(wanted, found.understood.parsed)),
    }


def _next(request: HttpRequest, wanted: SearchRequest, found: Answered, walked: int) -> str | None:
    """The address that goes on behind this answer; the last one of an order by date may be empty."""
    held = found.answer
    if not held.found or held.end is None:
        return None
    if wanted.order == "relevance":
        if walked >= min(held.total, BY_RELEVANCE):
            return None
        end = walked
    else:
        end = held.end
        if len(held.found) < found.question.size:
            return None
    parameters = request.GET.copy()
    parameters["cursor"] = cursor(wanted, end)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")


def _items(request: HttpRequest, found: Answered, *, whole: bool) -> list[dict[str, Any]]:
    """The found articles as they may leave in bulk; what left the public since the last commit is left out."""
    identifiers = [identifier for identifier, _score in found.answer.found]
    tree, items = found.understood.tree, []
    wanted = Article.objects.described().prefetch_related(*needed(tree)).still_published()
    held = wanted.in_bulk(identifiers, field_name="identifier")
    marker = Marker(tree, names=found.request.names)
    with words_recalled():
        for article in (shown(held[one], Audience.BULK, found.names) for one in identifiers if one in held):
            check_time()
            items.append(_item(request, article, marker.highlight(article), whole=whole))
    return items


def _item(request: HttpRequest, article: Article, marked: Marked, *, whole: bool) -> dict[str, Any]:
    item = described(article, as_cited(request, article))
    item |= {} if whole else {"text": None}
    fragment = marked.fragment
    return item | {
        "title_matches": marked.title.ranges,
        "fragment": {
            "start": fragment.start,
            "end": fragment.start + len(fragment.text),
            "text": fragment.text,
            "matches": fragment.ranges,
        },
    }


@router.get("/{identifier}", response=WholeArticle, url_name="article", summary="One article, whole or a part of it")
def article(request: HttpRequest, identifier: str, asked: Query[ArticlePart]) -> dict[str, Any] | HttpResponse:
    """As far as the rights of its source allow; 410 where it was withdrawn, with the reason."""
    held = _held(identifier)
    if isinstance(held, HttpResponse):
        return held
    told = described(held, as_cited(request, held))
    text = told["text"]
    start = min(asked.start, len(text))
    end = min(start + asked.length, len(text))
    return told | {"text": text[start:end], "part": {"start": start, "end": end, "length": len(text)}}


@router.get(
    "/{identifier}/citation",
    response=CitedArticle,
    url_name="citation",
    summary="How to cite one article",
)
def citation(request: HttpRequest, identifier: str, asked: Query[InLanguage]) -> dict[str, Any] | HttpResponse:
    """Ready text in the reader's language, and what reference managers read; 410 as above."""
    held = _held(identifier)
    if isinstance(held, HttpResponse):
        return held
    work, language = as_cited(request, held), reader_language()
    return {
        "identifier": held.identifier,
        "url": work.url,
        "original": work.original_url,
        "date": iso(work),
        "language": language,
        "styles": {name: plain(style(work, language)) for name, style in STYLES.items()},
        "bibtex": bibtex(work),
        "ris": ris(work),
        "csl": csl(work),
    }


def _held(identifier: str) -> Article | HttpResponse:
    """A public article as far as it may be shown; the refusal that tells why one was withdrawn."""
    try:
        held = get_object_or_404(Article.objects.published().described(), identifier=identifier)
    except Http404:
        gone = get_object_or_404(Article.objects.gone().only("withdrawal_reason"), identifier=identifier)
        return problem(410, gone.withdrawal_reason or gettext("none is given"))
    return shown(held, Audience.BULK, directory())

"""Answering a search request: read the query, add names, ask the engine, and dress the answer for a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from archive.articles.models import Article
from archive.articles.reading import listed
from archive.articles.templatetags.script import localdigits
from archive.authorities.directory import Directory, directory
from archive.interface import reader_language
from search.engine import Answer, Question
from search.expansion import expand
from search.highlight import highlight
from search.indexing import backend
from search.labels import FACET_TITLES, value_labels
from search.query import Node, distributed
from search.request import FACETS, UNDATED, SearchRequest
from search.results import Facet, FacetValue, Hit, ResultPage
from search.syntax import NOTICE_MESSAGES, Notice, parse


def search(request: SearchRequest, page_size: int = 0) -> ResultPage:
    """One page of results; SearchUnavailable when the index cannot answer. A fixed number of database queries."""
    size = page_size or settings.SEARCH_PAGE_SIZE
    parsed = parse(request.q)
    names = directory()
    understood = expand(distributed(parsed.tree), names, with_names=request.names, language=reader_language())
    question = Question(understood.tree, request.filters, request.order, (request.page - 1) * size, size)
    answer: Answer = backend().search(question)
    return ResultPage(
        request=request,
        total=answer.total,
        archive_total=answer.archive_total,
        hits=_hits(answer, understood.tree),
        facets=_facets(request, answer.counts, names),
        page_size=size,
        expansions=understood.expansions,
        notices=tuple(_sentence(notice) for notice in parsed.notices),
        refused=parsed.refused,
    )


def _sentence(notice: Notice) -> str:
    shown = {name: localdigits(value) if isinstance(value, int) else value for name, value in notice.parameters.items()}
    return gettext(NOTICE_MESSAGES[notice.code]) % shown


def _hits(answer: Answer, tree: Node) -> tuple[Hit, ...]:
    """The found articles with their marked text; an article that left the public since the last commit is left out."""
    identifiers = [identifier for identifier, _score in answer.found]
    held = Article.objects.published().described().prefetch_related("access_points__mentions")
    dressed = listed(held.filter(identifier__in=identifiers), reader_language())
    articles = {article.identifier: article for article in dressed}
    return tuple(
        Hit(articles[identifier], *highlight(articles[identifier], tree), score)
        for identifier, score in answer.found
        if identifier in articles
    )


def _facets(request: SearchRequest, counts: Mapping[str, Mapping[str, int]], names: Directory) -> tuple[Facet, ...]:
    return tuple(_facet(request, facet, counts.get(facet, {}), names) for facet in FACETS)


def _facet(request: SearchRequest, facet: str, counts: Mapping[str, int], names: Directory) -> Facet:
    chosen = request.chosen(facet)
    label = value_labels(facet, names, reader_language())
    values = [
        FacetValue(value, counts.get(value, 0), value in chosen, label(value), url(request.toggled(facet, value)))
        for value in {**counts, **dict.fromkeys(chosen, 0)}
    ]
    by_time = facet in {"year", "month"}
    values.sort(key=lambda value: _time_order(value) if by_time else (-value.count, value.label))
    return Facet(facet, str(FACET_TITLES[facet]), tuple(values))


def _time_order(value: FacetValue) -> tuple[int, str]:
    """Newest first, undated last."""
    if value.value == UNDATED:
        return (1, "")
    return (0, "".join(chr(0x10FFFF - ord(letter)) for letter in value.value))


def url(request: SearchRequest) -> str:
    """The address of the results page in this state."""
    query = request.to_query()
    return reverse("search") + (f"?{query}" if query else "")

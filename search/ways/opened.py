"""The page of an article that a reader opens from a page of results: the hits of the query are marked in its text."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest, QueryDict

from archive.articles.models import Article
from archive.articles.reading import Piece
from archive.articles.signals import page_made
from search.answer.hits import find
from search.answer.neighbours import neighbours
from search.question.address import VIEW_READ, read_request
from search.request import SearchRequest
from search.ways.expression import views as expressions
from search.ways.kwic import ORDERS


@receiver(page_made)
def mark_hits(
    request: HttpRequest,
    article: Article,
    kicker: list[Piece],
    title: list[Piece],
    paragraphs: list[list[Piece]],
    **_kwargs: object,
) -> dict[str, Any] | None:
    """Another template for the text, the hits of the query in the page's address, and the results beside this one.

    None when the address carries no query. Views of lines have no results beside.
    """
    query = _query(request.GET)
    if not query.to_query():
        return None
    beside = {} if query.view else neighbours(query, article.identifier)
    found = find(article, query, kicker, title, paragraphs)
    return {"text_template": "search/article_text.html", "found": found, "beside": beside}


def _query(parameters: QueryDict) -> SearchRequest:
    """The query in the view from which the article was opened: views of lines keep the order of these."""
    query, view = read_request(parameters), parameters.get(VIEW_READ, "")
    if view == expressions.VIEW:
        options = expressions.options_of(expressions.wanted_of(parameters))
    elif view == "concordance":
        order = parameters.get("by", "")
        options = (("by", order),) if order in ORDERS[1:] else ()
    else:
        return query
    return query.in_view(view, options).on_page(query.page)

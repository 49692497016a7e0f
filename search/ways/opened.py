"""The page of an article that a reader opens from a page of results: the hits of the query are marked in its text."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest, QueryDict

from archive.articles.models import Article
from archive.articles.reading import Piece
from archive.articles.signals import page_made
from search.answer.hits import find
from search.question.address import VIEW_READ, read_request
from search.request import SearchRequest
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
    """Another template for the text, and the hits of the query in the page's address; None when it carries none."""
    query = _query(request.GET)
    if not query.to_query():
        return None
    return {"text_template": "search/article_text.html", "found": find(article, query, kicker, title, paragraphs)}


def _query(parameters: QueryDict) -> SearchRequest:
    """The query in the view from which the article was opened: the concordance keeps the order of its lines."""
    query = read_request(parameters)
    if parameters.get(VIEW_READ) != "concordance":
        return query
    order = parameters.get("by", "")
    return query.in_view("concordance", (("by", order),) if order in ORDERS[1:] else ()).on_page(query.page)

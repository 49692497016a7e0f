"""Template tags that mark the hits of a search in an article, each with its anchor and its way to the next one."""

from __future__ import annotations

from typing import Any

from django import template

from archive.articles.models import Article
from archive.articles.reading import Piece
from search.answer.hits import ArticleHits, find
from search.pages.woven_hits import hop, woven_hits
from search.question.address import VIEW_READ, read_request
from search.ways.kwic import ORDERS

register = template.Library()
register.filter(woven_hits)
register.filter(hop)


@register.simple_tag(takes_context=True)
def hits_in(
    context: dict[str, Any], article: Article, kicker: list[Piece], title: list[Piece], paragraphs: list[list[Piece]]
) -> ArticleHits | None:
    """The hits of the question that the address of the page carries; None when it carries none.

    The way back leads to the view from which the article was opened: the concordance keeps its order.
    """
    parameters = context["request"].GET
    asked = read_request(parameters)
    if parameters.get(VIEW_READ) == "concordance":
        order = parameters.get("by", "")
        asked = asked.in_view("concordance", (("by", order),) if order in ORDERS[1:] else ()).on_page(asked.page)
    return find(article, asked, kicker, title, paragraphs) if asked.to_query() else None

"""The listeners: what the archive changes becomes a row of the change log, in the same transaction; the page of an
article has the hits of the search marked from which somebody comes to it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest, QueryDict

from archive.articles.models import Article
from archive.articles.reading import Piece
from archive.articles.signals import page_made, visibility_changed
from archive.authorities.models import AuthorityRecord
from archive.authorities.signals import record_changed
from search.forms import VIEW_READ, read_request
from search.hits import find
from search.models import IndexChange
from search.readings.kwic import ORDERS
from search.request import SearchRequest


@receiver(visibility_changed)
def note_article(article: Article, **_kwargs: object) -> None:
    IndexChange.record([article.identifier])


@receiver(record_changed)
def note_articles_of_record(record: AuthorityRecord, **_kwargs: object) -> None:
    """A name that changes is found, and no longer found, on every public article linked to its record."""
    touched = Article.objects.published().filter(Q(access_points__record=record) | Q(source=record))
    IndexChange.record(touched.order_by("pk").values_list("identifier", flat=True).distinct())


@receiver(page_made)
def mark_hits(
    request: HttpRequest,
    article: Article,
    kicker: list[Piece],
    title: list[Piece],
    paragraphs: list[list[Piece]],
    **_kwargs: object,
) -> dict[str, Any] | None:
    """The hits of the question that the address of the page carries; None when it carries none."""
    asked = _asked(request.GET)
    if not asked.to_query():
        return None
    return {"text_template": "search/article_text.html", "found": find(article, asked, kicker, title, paragraphs)}


def _asked(parameters: QueryDict) -> SearchRequest:
    """The question of an address, in the view from which the article was opened: the concordance keeps its order."""
    asked = read_request(parameters)
    if parameters.get(VIEW_READ) != "concordance":
        return asked
    order = parameters.get("by", "")
    return asked.in_view("concordance", (("by", order),) if order in ORDERS[1:] else ()).on_page(asked.page)

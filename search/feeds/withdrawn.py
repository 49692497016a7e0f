"""A feed of what was withdrawn, for whoever copied it: identifier, day and reason, as the report's address tells them.

The title is told where the curator wanted it told; nothing else that stood in the report is.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.models import GUID_NAMESPACE, Article, ArticleQuerySet, guid
from archive.pages import revalidation
from archive.pages.interface import reader_language
from archive.text.xml import legal
from search.feeds.formats import FORMATS, content, sent


def _withdrawn() -> ArticleQuerySet:
    found: ArticleQuerySet = Article.objects.gone().filter(withdrawn_at__isnull=False)
    return found


def _last() -> ArticleQuerySet:
    return _withdrawn().order_by("-withdrawn_at", "-pk")[: settings.FEED_SIZE]


def gone() -> list[tuple[str, datetime.datetime, str]]:
    """The articles that were withdrawn last, by name, with the moment and the reason."""
    told = _last().values_list("identifier", "withdrawn_at", "withdrawal_reason")
    return [(guid(identifier), when, legal(reason)) for identifier, when, reason in told]


def _state(_request: HttpRequest, **_named: object) -> object:
    return _withdrawn().aggregate(number=Count("pk"), last=Max("withdrawn_at"), changed=Max("updated_at"))


revalidated = revalidation.revalidated(_state)


@require_safe
@revalidated
def feed_of_withdrawals(request: HttpRequest, form: str) -> HttpResponse:
    feed = FORMATS[form](
        title=gettext("Withdrawn reports") + " – " + gettext("Diwan"),
        link=request.build_absolute_uri(reverse("home")),
        description=gettext("Reports that were public and are withdrawn, each with the day and the reason"),
        language=reader_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=request.build_absolute_uri(request.path),
        gone=gone(),
    )
    for article in _last().defer("body", "evidence"):
        feed.add_item(**_item(request, article))
    return sent(feed)


def _item(request: HttpRequest, article: Article) -> dict[str, Any]:
    """A withdrawal is an item of its own name: a report that comes back and goes again is told twice."""
    language = reader_language()
    is_told = article.is_title_told and not article.erased_at
    reason = gettext("Reason: %(reason)s") % {"reason": article.withdrawal_reason or gettext("none is given")}
    told = [article.title] if is_told else []
    when = article.withdrawn_at or article.updated_at
    return {
        "title": legal(gettext("Withdrawn: %(what)s") % {"what": article.title if is_told else article.identifier}),
        "link": request.build_absolute_uri(article.get_absolute_url()),
        "description": content([*told, reason, article.guid], language),
        "unique_id": uuid.uuid5(GUID_NAMESPACE, f"withdrawn {article.identifier} {when.isoformat()}").urn,
        "unique_id_is_permalink": False,
        "pubdate": when,
        "updateddate": when,
        "author_name": None,
        "categories": [],
        "language": language,
        "source_name": "",
    }

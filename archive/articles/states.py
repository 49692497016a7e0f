# ruff: noqa: S608  (the names in the statement are our own)
"""What the page of an article is made of, in one small query: when it changes, a kept copy is out of date."""

from __future__ import annotations

from typing import Final

from django.db import connections
from django.http import HttpRequest

from archive.articles.models import AccessPoint, Article, Mention, Status
from archive.captures.models import FixityEvent

# A statement of its own, for every reader of an article asks it, and to compose it anew took longer than to answer it.
ARTICLE, POINT, MENTION, EVENT = (model._meta.db_table for model in (Article, AccessPoint, Mention, FixityEvent))
MADE_OF: Final = f"""
    SELECT article.updated_at, article.capture_id, point.record_id, point.state,
        (SELECT MAX(event.at) FROM {EVENT} event WHERE event.capture_id = article.capture_id),
        (SELECT COUNT(*) FROM {MENTION} mention WHERE mention.access_point_id = point.id),
        (SELECT MAX(mention.id) FROM {MENTION} mention WHERE mention.access_point_id = point.id)
    FROM {ARTICLE} article LEFT JOIN {POINT} point ON point.article_id = article.id
    WHERE article.identifier = %s AND article.status = '{Status.PUBLISHED}' ORDER BY point.id
"""


def state(_request: HttpRequest, identifier: str, **_named: object) -> tuple[object, ...] | None:
    """The record, its capture and when that was verified, the records it is linked to and where they are mentioned.

    None for no public article.

    What the page shows besides belongs here, or to `archive.pages.revalidation`: names come with the authority file.
    """
    with connections[Article.objects.db].cursor() as cursor:
        cursor.execute(MADE_OF, [identifier])
        return tuple(cursor.fetchall()) or None

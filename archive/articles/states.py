"""What the page of an article is made of, in one small query: when it changes, a kept copy is out of date."""

from __future__ import annotations

from django.db.models import Count, Max
from django.http import HttpRequest

from archive.articles.models import Article


def state(_request: HttpRequest, identifier: str) -> tuple[object, ...] | None:
    """The record, its capture and its last fixity check, the records it is linked to and where they are mentioned.

    None for what is no public article.

    What the page shows besides belongs here, or to `archive.revalidation`: names come with the authority file.
    """
    rows = (
        Article.objects.published()
        .filter(identifier=identifier)
        .values_list("updated_at", "capture_id", "access_points__record_id", "access_points__state")
        .annotate(
            Count("access_points__mentions", distinct=True),
            Max("access_points__mentions__pk"),
            Max("capture__fixity_events__at"),
        )
        .order_by("access_points__pk")
    )
    return tuple(rows) or None

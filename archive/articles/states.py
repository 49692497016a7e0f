"""What the page of an article is made of, in one small query: when it changes, a kept copy is out of date."""

from __future__ import annotations

from django.db.models import Count, Max, OuterRef, Subquery
from django.http import HttpRequest

from archive.articles.models import Article
from archive.captures.models import FixityEvent


def state(_request: HttpRequest, identifier: str, **_named: object) -> tuple[object, ...] | None:
    """The record, its capture and when that was verified, the records it is linked to and where they are mentioned.

    None for no public article.

    What the page shows besides belongs here, or to `archive.pages.revalidation`: names come with the authority file.
    """
    verified = FixityEvent.objects.filter(capture=OuterRef("capture")).order_by("-at").values("at")[:1]
    rows = (
        Article.objects.published()
        .filter(identifier=identifier)
        .annotate(verified=Subquery(verified))
        .values_list("updated_at", "verified", "capture_id", "access_points__record_id", "access_points__state")
        .annotate(Count("access_points__mentions"), Max("access_points__mentions__pk"))
        .order_by("access_points__pk")
    )
    return tuple(rows) or None

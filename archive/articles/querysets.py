"""Questions asked of articles."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from archive.states import Status


class ArticleQuerySet(models.QuerySet[Any]):
    def published(self) -> ArticleQuerySet:
        """What the public may see: neither drafts nor withdrawn items."""
        return self.filter(status=Status.PUBLISHED)

    def still_published(self) -> ArticleQuerySet:
        """The published among few articles that are named otherwise, in no order.

        By `published` SQLite would look through all that are published, which it takes for few.
        """
        return self.exclude(status__in=(Status.DRAFT, Status.WITHDRAWN)).order_by()

    def newest_first(self) -> ArticleQuerySet:
        """By date, undated articles last; articles of one day in the order of their arrival."""
        return self.order_by(models.F("dated_on").desc(nulls_last=True), "-pk")

    def described(self) -> ArticleQuerySet:
        """With everything that a result or a page shows, in a fixed number of queries."""
        points = apps.get_model("articles", "AccessPoint").objects.select_related("record")
        return self.select_related("capture", "source").prefetch_related(models.Prefetch("access_points", points))

    def outlined(self) -> ArticleQuerySet:
        """Described, but for its text, evidence and capture, which a line that leads to it does not show."""
        return self.described().select_related(None).select_related("source").defer("body", "evidence")

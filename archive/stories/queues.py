"""Reports that are nearly the same text as another of the same source, of which no curator has decided."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.pages.queues import Queue, register
from archive.stories.models import Decision, Link


def possible_duplicates() -> QuerySet[Any]:
    """Asked of each tie, of which there are few: a join would compare every report with all others of its source."""
    decided = Decision.objects.filter(one=OuterRef("one"), other=OuterRef("other"))
    copies = Link.objects.alias(source=_source("one"), other_source=_source("other")).filter(
        ~Exists(decided), kind=Link.Kind.COPY, source=F("other_source")
    )
    return Article.objects.filter(Q(pk__in=copies.values("one")) | Q(pk__in=copies.values("other")))


def _source(side: str) -> Subquery:
    return Subquery(Article.objects.filter(pk=OuterRef(side)).values("source"))


register(Queue("duplicates", _("possible duplicates"), possible_duplicates, "articles.article", "queue=duplicates"))

"""Reports that are nearly the same text as another of the same source, of which no curator has decided."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.pages.queues import Queue, register
from archive.stories.models import Decision, Link


def possible_duplicates() -> QuerySet[Any]:
    decided = Decision.objects.filter(one=OuterRef("one__article"), other=OuterRef("other__article"))
    copies = Link.objects.filter(
        Q(one=OuterRef("pk")) | Q(other=OuterRef("pk")),
        ~Exists(decided),
        kind=Link.Kind.COPY,
        one__article__source=F("other__article__source"),
    )
    return Article.objects.filter(Exists(copies))


register(Queue("duplicates", _("possible duplicates"), possible_duplicates, "articles.article", "queue=duplicates"))

"""The queues of articles, and of mistakes that readers report: what needs a decision of a curator."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.articles.models import AccessPoint, Article, Certainty, Status
from archive.authorities.models import Kind
from archive.curation.doubts import doubtful_links
from archive.curation.models import Mistake
from archive.curation.unknown import open_names, with_unknown_person
from archive.pages.desk import KnownFilter
from archive.pages.queues import Queue, queue, queues, register

ARTICLE: Final = "articles.article"


def _open() -> QuerySet[Article]:
    """What is not withdrawn."""
    return Article.objects.exclude(status=Status.WITHDRAWN)


def new_drafts() -> QuerySet[Article]:
    return Article.objects.filter(status=Status.DRAFT)


def undated() -> QuerySet[Article]:
    """Without a date, but for those that a curator made undated."""
    held = _open().filter(date_certainty=Certainty.UNDATED)
    return held.exclude(evidence__date__rule="curator")


def without_country() -> QuerySet[Article]:
    countries = AccessPoint.objects.filter(article=OuterRef("pk"), record__kind=Kind.COUNTRY)
    return _open().filter(~Exists(countries.exclude(state=AccessPoint.State.REJECTED)))


def without_source() -> QuerySet[Article]:
    return _open().filter(source=None)


def doubtful() -> QuerySet[Article]:
    return _open().filter(Exists(doubtful_links().filter(article=OuterRef("pk"))))


def mistakes() -> QuerySet[Mistake]:
    return Mistake.objects.filter(state=Mistake.State.OPEN)


class QueueFilter(KnownFilter):
    """The articles of one queue."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(one.name, str(one.label)) for one in queues() if one.model == ARTICLE]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = queue(self.value() or "")
        return queryset.filter(pk__in=chosen.held().values("pk")) if chosen and chosen.model == ARTICLE else queryset


class MineFilter(KnownFilter):
    """Whom articles are assigned to."""

    title = _("assigned to")
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("me", _("me")), ("nobody", _("nobody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "me":
            return queryset.filter(assigned_to=request.user)
        return queryset.filter(assigned_to=None) if self.value() == "nobody" else queryset


def neighbours(name: str, article: Article) -> tuple[Article | None, Article | None, int]:
    """The one before and the one behind an article in a queue, by their keys, and how many wait.

    Behind the last one comes the first, so that a queue is worked empty wherever one begins.
    """
    chosen = queue(name)
    if chosen is None or chosen.model != ARTICLE:
        return None, None, 0
    held: QuerySet[Any] = chosen.held()
    others = held.exclude(pk=article.pk).order_by("pk")
    before = others.filter(pk__lt=article.pk).last()
    following = others.filter(pk__gt=article.pk).first() or others.first()
    return before, following, held.count()


for _name, _label, _held in (
    ("drafts", _("new drafts"), new_drafts),
    ("undated", _("without a date"), undated),
    ("no-country", _("without a country"), without_country),
    ("no-source", _("without a source"), without_source),
    ("doubtful", _("doubtful mentions"), doubtful),
    ("unknown-person", _("unknown person beside a title"), with_unknown_person),
):
    register(Queue(_name, _label, _held, ARTICLE, f"queue={_name}"))
register(Queue("unknown-names", _("names that no record has"), open_names, "curation.unknownname", "state__exact=open"))
register(Queue("mistakes", _("mistakes that readers report"), mistakes, "curation.mistake", "state__exact=open"))

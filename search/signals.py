"""The listener: what the archive announces becomes a row of a change log, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.dispatch import receiver

from archive.articles.models import Article
from archive.articles.signals import erased, groups_changed, unpublished_changed, visibility_changed
from archive.authorities.models import AuthorityRecord
from archive.authorities.signals import record_changed
from search.models import DraftChange, IndexChange


@receiver([visibility_changed, groups_changed])
def note_articles(articles: Sequence[Article], **_kwargs: object) -> None:
    IndexChange.record([one.identifier for one in articles])


@receiver(unpublished_changed)
def note_drafts(articles: Sequence[Article], **_kwargs: object) -> None:
    DraftChange.record([one.identifier for one in articles])


@receiver(erased)
def note_erased(article: Article, **_kwargs: object) -> None:
    DraftChange.record([article.identifier])


@receiver(record_changed)
def note_articles_of_record(record: AuthorityRecord, **_kwargs: object) -> None:
    """A name that changes is found, and no longer found, on every article linked to its record."""
    linked = Q(access_points__record=record) | Q(source=record)
    for log, held in ((IndexChange, Article.objects.published()), (DraftChange, Article.objects.unpublished())):
        log.record(held.filter(linked).order_by("pk").values_list("identifier", flat=True).distinct())

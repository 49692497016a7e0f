"""The listener: what the archive announces becomes a row of the change log, in the same transaction."""

from __future__ import annotations

from django.db.models import Q
from django.dispatch import receiver

from archive.articles.models import Article
from archive.articles.signals import visibility_changed
from archive.authorities.models import AuthorityRecord
from archive.authorities.signals import record_changed
from search.models import IndexChange


@receiver(visibility_changed)
def note_article(article: Article, **_kwargs: object) -> None:
    IndexChange.record([article.identifier])


@receiver(record_changed)
def note_articles_of_record(record: AuthorityRecord, **_kwargs: object) -> None:
    """A name that changes is found, and no longer found, on every public article linked to its record."""
    touched = Article.objects.published().filter(Q(access_points__record=record) | Q(source=record))
    IndexChange.record(touched.order_by("pk").values_list("identifier", flat=True).distinct())

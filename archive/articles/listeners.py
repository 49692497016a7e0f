"""The listeners: the card of an article is written in the transaction of what changes it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.dispatch import receiver

from archive.articles import cards
from archive.articles.models import Article
from archive.articles.signals import visibility_changed
from archive.authorities.models import AuthorityRecord
from archive.authorities.signals import record_changed


@receiver(visibility_changed)
def write_cards(articles: Sequence[Article], **_kwargs: object) -> None:
    cards.write_of(articles)


@receiver(record_changed)
def write_cards_of_record(record: AuthorityRecord, **_kwargs: object) -> None:
    """An identifier may have changed, or articles have moved from one record to another."""
    touched = Article.objects.filter(Q(access_points__record=record) | Q(source=record))
    cards.write(touched.order_by("pk").values_list("pk", flat=True).distinct())

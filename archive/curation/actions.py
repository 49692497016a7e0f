"""What a curator or a command does to an article; each action leaves its event in the same transaction."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from archive.articles.fitness import reason_to_hold
from archive.articles.models import Article, Status
from archive.articles.signals import visibility_changed
from archive.curation.models import CurationEvent

Action = CurationEvent.Action
Curator = User | None


@transaction.atomic
def publish(article: Article, *, by: Curator = None, note: str = "") -> bool:
    """Make an article public; False when it is already, or has next to no text (`reason_to_hold`)."""
    if article.status == Status.PUBLISHED or reason_to_hold(article):
        return False
    article.status = Status.PUBLISHED
    article.first_published_at = article.first_published_at or timezone.now()
    article.save(update_fields=["status", "first_published_at", "updated_at"])
    remember(article, Action.PUBLISH, by, note=note)
    visibility_changed.send(Article, article=article)
    return True


@transaction.atomic
def withdraw(article: Article, *, by: Curator = None, note: str = "") -> bool:
    """Take an article out of every public place, keeping the record and its capture; False when it is not public."""
    if article.status != Status.PUBLISHED:
        return False
    article.status = Status.WITHDRAWN
    article.save(update_fields=["status", "updated_at"])
    remember(article, Action.WITHDRAW, by, note=note)
    visibility_changed.send(Article, article=article)
    return True


@transaction.atomic
def remember_edit(article: Article, changes: dict[str, Any], *, by: Curator = None) -> None:
    """Note what a curator edited, and keep those fields from being overwritten by a new import."""
    fields = [name for name in changes if name not in article.curated_fields]
    if fields:
        article.curated_fields = [*article.curated_fields, *fields]
        article.save(update_fields=["curated_fields", "updated_at"])
    remember(article, Action.EDIT, by, changes=changes)
    if article.is_public:
        visibility_changed.send(Article, article=article)


def remember(article: Article, action: str, by: Curator, note: str = "", changes: dict[str, Any] | None = None) -> None:
    """Note what was done to an article, within the transaction that does it."""
    CurationEvent.objects.create(article=article, action=action, by=by, note=note[:500], changes=changes or {})

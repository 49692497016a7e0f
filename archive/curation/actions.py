"""What a curator or a command does to an article; each action leaves its event in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from archive.articles.fitness import reason_to_hold
from archive.articles.intake import IntakeOutcome, Provenance, Receipt, forget, take_in
from archive.articles.models import Article, Status
from archive.articles.signals import visibility_changed
from archive.captures.payloads import store
from archive.curation.models import CurationEvent

Action = CurationEvent.Action
Curator = User | None


def accession(
    payload: bytes, provenance: Provenance, *, by: Curator = None, refresh: bool = False, publishing: bool = False
) -> Receipt:
    """Take a page in and remember who brought it; with `publishing` a new article is published at once.

    All of it or nothing: where the database cannot take the article, its bytes do not stay either.
    """
    was_held = store().holds(payload)
    try:
        return _accession(payload, provenance, by, refresh, publishing)
    except BaseException:
        if not was_held:
            forget(payload)
        raise


@transaction.atomic
def _accession(payload: bytes, provenance: Provenance, by: Curator, refresh: bool, publishing: bool) -> Receipt:
    receipt = take_in(payload, provenance, refresh=refresh)
    if receipt.outcome is IntakeOutcome.ADDED:
        _remember(receipt.article, Action.IMPORT, by, note=provenance.received_from)
        if publishing and not publish(receipt.article, by=by):
            return replace(receipt, held_back=reason_to_hold(receipt.article))
    elif receipt.outcome is IntakeOutcome.REFRESHED:
        _remember(receipt.article, Action.REFRESH, by, note=provenance.received_from)
    return receipt


@transaction.atomic
def publish(article: Article, *, by: Curator = None, note: str = "") -> bool:
    """Make an article public; False when it is already, or has next to no text (`reason_to_hold`)."""
    if article.status == Status.PUBLISHED or reason_to_hold(article):
        return False
    article.status = Status.PUBLISHED
    article.first_published_at = article.first_published_at or timezone.now()
    article.save(update_fields=["status", "first_published_at", "updated_at"])
    _remember(article, Action.PUBLISH, by, note=note)
    visibility_changed.send(Article, article=article)
    return True


@transaction.atomic
def withdraw(article: Article, *, by: Curator = None, note: str = "") -> bool:
    """Take an article out of every public place, keeping the record and its capture; False when it is not public."""
    if article.status != Status.PUBLISHED:
        return False
    article.status = Status.WITHDRAWN
    article.save(update_fields=["status", "updated_at"])
    _remember(article, Action.WITHDRAW, by, note=note)
    visibility_changed.send(Article, article=article)
    return True


@transaction.atomic
def remember_edit(article: Article, changes: dict[str, Any], *, by: Curator = None) -> None:
    """Note what a curator edited, and keep those fields from being overwritten by a new import."""
    fields = [name for name in changes if name not in article.curated_fields]
    if fields:
        article.curated_fields = [*article.curated_fields, *fields]
        article.save(update_fields=["curated_fields", "updated_at"])
    _remember(article, Action.EDIT, by, changes=changes)
    if article.is_public:
        visibility_changed.send(Article, article=article)


def _remember(
    article: Article, action: str, by: Curator, note: str = "", changes: dict[str, Any] | None = None
) -> None:
    CurationEvent.objects.create(article=article, action=action, by=by, note=note[:500], changes=changes or {})

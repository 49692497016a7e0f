"""Erasing, for courts and privacy: nothing of an article's words stays, and a line tells that there was one.

Gone are text, evidence, links, capture, the words of givers and readers about it, what events tell of its fields, kept
pages and pictures, and its place in the index, which is built anew. The next backup does not have it; earlier ones are
the operator's to remove. Its identifier, its day of withdrawal and the reason stay.
"""

from __future__ import annotations

from contextlib import suppress

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from archive.articles.dating import DATE_FIELDS
from archive.articles.description import UNDATED
from archive.articles.models import Article, Status
from archive.articles.signals import erased, visibility_changed
from archive.captures.models import Capture
from archive.captures.payloads import store
from archive.curation.actions import Action, remember
from archive.curation.states import DESCRIBED

KEPT = ("language", "source", *DATE_FIELDS)


def erase(article: Article, *, by: User | None = None, note: str) -> None:
    """Erase an article for good; `note` is the reason that its address tells."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is written over, in copies of the file too
    with transaction.atomic():
        was_public = article.is_public
        _empty(article, note)
        _forget_told(article)
        remember(article, Action.ERASE, by, note=note)
        erase_capture(article.capture)
        if was_public:
            visibility_changed.send(Article, articles=[article])
        erased.send(Article, article=article)
        transaction.on_commit(forget_kept)


def _empty(article: Article, note: str) -> None:
    for name in DESCRIBED:
        if name not in KEPT:
            setattr(article, name, "")
    for name, value in UNDATED.items():
        setattr(article, name, value)
    article.source, article.evidence, article.curated_fields, article.card = None, {}, [], None
    article.status, article.is_title_told = Status.WITHDRAWN, False
    article.withdrawn_at = article.erased_at = timezone.now()
    article.first_published_at = article.first_published_at or article.erased_at  # its address tells of it
    article.withdrawal_reason, article.publish_on = note[:500], None
    article.save()


def _forget_told(article: Article) -> None:
    """What others told of the article, and what its history tells of its fields."""
    article.access_points.all().delete()
    article.mistakes.all().delete()
    article.unknown_mentions.all().delete()
    article.events.update(changes={}, note="")
    article.accession_items.update(stated={}, name="", parameters={})
    LogEntry.objects.filter(content_type__app_label="articles", object_id=str(article.pk)).delete()


def erase_capture(capture: Capture) -> None:
    """Take a capture's bytes away, and where they came from; the digest stays: they never come back."""
    if capture.articles.filter(erased_at=None).exists():
        return  # another report stands on the same bytes
    capture.erased_at, capture.target_uri, capture.received_from, capture.http_headers = timezone.now(), "", "", []
    capture.save()
    digest = capture.payload_digest
    transaction.on_commit(lambda: store().remove(digest))


def forget_kept() -> None:
    """Throw all kept pages and pictures away; they are made again for who asks. The log of the database is cut."""
    for cache in (caches["pages"], caches["pictures"]):
        with suppress(OSError):
            cache.clear()
    if connection.vendor == "sqlite":
        with suppress(OperationalError), connection.cursor() as cursor:  # somebody reads: it is cut later
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

"""An accession undone as a whole: what it added is gone, what a curator has touched since is kept and named."""

from __future__ import annotations

import time
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone

from archive.articles.models import AccessPoint, Article, Status
from archive.articles.signals import rested_on, unpublished_changed, visibility_changed
from archive.authorities.proposing import forget_unused
from archive.captures.models import Capture
from archive.captures.payloads import store
from archive.curation.models import CurationEvent
from archive.database.turns import INTAKE, take_turn
from archive.intake.models import Accession, AccessionItem, Pair, Version
from archive.intake.versions import detach
from archive.intake.working import forget
from archive.stories.models import Decision

SLICE: Final = 20
Outcome = AccessionItem.Outcome
TAKEN_BACK: Final = (Outcome.ADDED, Outcome.QUARANTINED, Outcome.CAPTURED, Outcome.ALIKE)


def undo(accession: Accession, until: float, by: User | None = None) -> bool:
    """Take back what an accession brought until `time.monotonic()` says `until`; whether there is more.

    It works in slices of whole items, and goes on where it stopped. Of a dry run there is nothing to take back.
    """
    forget(accession)
    while True:
        with transaction.atomic():
            take_turn(INTAKE)
            accession.refresh_from_db(from_queryset=Accession.objects.select_for_update())  # it may be under way
            left = list(_left(accession).select_related("article", "capture")[:SLICE])
            for item in left:
                _take_back(accession, item)
            is_over = len(left) < SLICE
            accession.state = Accession.State.UNDONE if is_over else Accession.State.UNDOING
            accession.undone_by, accession.undone_at = by, timezone.now()
            accession.save()
        if is_over:
            forget_unused()
            return False
        if time.monotonic() >= until:
            return True


def _left(accession: Accession) -> QuerySet[AccessionItem]:
    if accession.is_dry_run:
        return accession.items.none()
    return accession.items.filter(outcome__in=TAKEN_BACK).order_by("-place")


def _take_back(accession: Accession, item: AccessionItem) -> None:
    outcome = Outcome.UNDONE
    if item.outcome == Outcome.CAPTURED and item.capture is not None:
        if item.decided_by_id or item.capture.articles.exists():
            outcome = Outcome.KEPT
        else:
            detach(item.capture)
    elif item.article is not None and is_touched(item.article, item):
        outcome = Outcome.KEPT
    elif item.article is not None:
        try:
            with transaction.atomic():
                remove(item.article)
        except ProtectedError:
            outcome = Outcome.KEPT
    if outcome == Outcome.UNDONE:
        Pair.objects.filter(item=item).delete()
        if item.capture is not None:
            drop_capture(item.capture)
    accession.count(item.outcome, -1)
    accession.count(outcome)
    AccessionItem.objects.filter(pk=item.pk).update(outcome=outcome)


def is_touched(article: Article, item: AccessionItem) -> bool:
    """Whether somebody decided something of an article since it was taken in, a reader told of a mistake in it, or
    another intake brought another capture of it or what waits to be compared with it. So is what is put into a
    collection, or into a meeting that was decided on.
    """
    return bool(
        article.curated_fields
        or item.decided_by_id
        or article.events.filter(at__gt=item.at).exclude(action=CurationEvent.Action.REREAD).exists()
        or article.access_points.exclude(state=AccessPoint.State.RECOGNISED).exists()
        or article.mistakes.exists()
        or article.versions.exclude(capture=article.capture_id).exists()
        or Pair.objects.filter(held=article, decision=Pair.Decision.OPEN).exists()
        or Decision.objects.filter(Q(one=article) | Q(other=article)).exists()
        or any(answer for _listener, answer in rested_on.send(Article, article=article))
    )


def remove(article: Article) -> None:
    """Take an article out of every public place, then out of the archive."""
    if article.is_public:
        article.status = Status.WITHDRAWN
        article.save(update_fields=["status", "updated_at"])
        visibility_changed.send(Article, articles=[article])
    unpublished_changed.send(Article, articles=[article])
    article.delete()


def drop_capture(capture: Capture) -> None:
    """Take away a capture that no article rests on, and its bytes when that is written."""
    if not capture.articles.exists() and not Version.objects.filter(capture=capture).exists():
        digest = capture.payload_digest
        capture.delete()
        transaction.on_commit(lambda: store().remove(digest))

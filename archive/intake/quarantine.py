"""Quarantine: what is doubtful is kept with the reason; a curator makes it a draft, or discards it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop

from archive.intake.kept import kept_item
from archive.intake.models import Accession, AccessionItem
from archive.intake.reading.items import Reason
from archive.intake.taking import Outcome, Wish, read, settle
from archive.intake.undoing import drop_capture

GONE: Final = gettext_noop("Its bytes are missing.")


def to_draft(item: AccessionItem, by: User | None = None) -> Reason | None:
    """Make a draft of what waits in quarantine; the reason where no article can be read from it."""
    try:
        held = kept_item(item.capture, item) if item.capture else None
    except OSError:
        held = None
    if held is None:
        return Reason(GONE)
    found = read(held, Wish(by, despite_doubts=True))
    if found.extracted is None:
        return found.reason
    with transaction.atomic():
        receipt = settle(found, Wish(by, despite_doubts=True))
        decide(item, Outcome.ADDED, by, article=receipt.article)
    return None


@transaction.atomic
def discard(item: AccessionItem, by: User | None = None) -> None:
    """Throw away what waits in quarantine; the same again is not taken in."""
    capture = item.capture
    decide(item, Outcome.DISCARDED, by)
    if capture is not None:
        drop_capture(capture)


def decide(item: AccessionItem, outcome: str, by: User | None, **changes: Any) -> None:
    accession = Accession.objects.select_for_update().get(pk=item.accession_id)
    accession.count(item.outcome, -1)
    accession.count(outcome)
    accession.save(update_fields=["outcomes"])
    item.outcome, item.decided_by = outcome, by
    for name, value in changes.items():
        setattr(item, name, value)
    item.save()

"""Quarantine: what is doubtful is kept with the reason; a curator makes it a draft, or discards it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop

from archive.captures.models import Capture
from archive.captures.payloads import store
from archive.intake.models import Accession, AccessionItem
from archive.intake.reading.items import Bounds, Item, Reason, Stated, Whole
from archive.intake.reading.whole import read_open
from archive.intake.taking import Outcome, Wish, read, settle
from archive.intake.undoing import drop_capture

SUFFIXES: Final = {
    "application/json": ".json",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
}
GONE: Final = gettext_noop("Its bytes are missing.")


def to_draft(item: AccessionItem, by: User | None = None) -> Reason | None:
    """Make a draft of what waits in quarantine; the reason where no article can be read from it."""
    held = kept_item(item)
    found = read(held, Wish(by, despite_doubts=True)) if held else None
    if found is None or found.extracted is None:
        return found.reason if found else Reason(GONE)
    with transaction.atomic():
        receipt = settle(found, Wish(by, despite_doubts=True))
        _decide(item, Outcome.ADDED, by, article=receipt.article)
    return None


@transaction.atomic
def discard(item: AccessionItem, by: User | None = None) -> None:
    """Throw away what waits in quarantine; the same again is not taken in."""
    capture = item.capture
    _decide(item, Outcome.DISCARDED, by)
    if capture is not None:
        drop_capture(capture)


def kept_item(item: AccessionItem) -> Item | None:
    """The item as it was read, from its capture; None where that is gone."""
    capture = item.capture
    try:
        payload = store().get(capture.payload_digest) if capture else b""
    except OSError:
        return None
    if capture is None:
        return None
    bounds = Bounds(item_bytes=settings.CAPTURE_MAX_BYTES)
    columns = {field: tuple(names) for field, names in item.accession.options.get("columns", {}).items()}
    whole = Whole(io.BytesIO(payload), f"kept{SUFFIXES.get(capture.media_type, '.txt')}", bounds, columns)
    found = next((one for one in read_open(whole) if isinstance(one, Item) and one.payload == payload), None)
    found = found or Item(item.name, payload, capture.media_type)
    said: dict[str, Any] = {**item.stated, "tags": tuple(item.stated.get("tags", ()))}
    return replace(
        found,
        name=item.name,
        media_type=capture.media_type,
        stated=Stated(**said).under(found.stated),
        charset=found.charset or _charset(capture),
        address=capture.target_uri,
        captured_at=capture.captured_at,
    )


def _charset(capture: Capture) -> str | None:
    """The charset that the server declared."""
    declared = next((value for name, value in capture.http_headers if name.lower() == "content-type"), "")
    return declared.lower().partition("charset=")[2].strip("\"' ")[:40] or None


def _decide(item: AccessionItem, outcome: str, by: User | None, **changes: Any) -> None:
    accession = Accession.objects.select_for_update().get(pk=item.accession_id)
    accession.count(item.outcome, -1)
    accession.count(outcome)
    accession.save(update_fields=["outcomes"])
    item.outcome, item.decided_by = outcome, by
    for name, value in changes.items():
        setattr(item, name, value)
    item.save()

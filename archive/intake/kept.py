"""An item as it was read, from the capture that was kept of it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any, Final

from django.conf import settings

from archive.articles.models import Article
from archive.captures.models import Capture
from archive.captures.payloads import store
from archive.intake.models import AccessionItem
from archive.intake.reading.items import Bounds, Item, Stated, Whole
from archive.intake.reading.whole import read_open

SUFFIXES: Final = {
    "application/json": ".json",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
}


def item_of(article: Article) -> Item:
    """The item that an article was described from; OSError where its bytes are gone."""
    rows = article.accession_items.select_related("accession").order_by("pk")
    return kept_item(article.capture, rows.filter(capture=article.capture).first() or rows.first())


def kept_item(capture: Capture, row: AccessionItem | None) -> Item:
    """The item of a capture, with the words and the mapping of its giver; OSError where its bytes are gone."""
    payload = store().get(capture.payload_digest)
    columns = row.accession.options.get("columns", {}) if row else {}
    whole = Whole(
        io.BytesIO(payload),
        f"kept{SUFFIXES.get(capture.media_type, '.txt')}",
        Bounds(item_bytes=settings.CAPTURE_MAX_BYTES),
        {field: tuple(names) for field, names in columns.items()},
    )
    found = next((one for one in read_open(whole) if isinstance(one, Item) and one.payload == payload), None)
    found = found or Item(capture.received_from, payload)
    said: dict[str, Any] = {**row.stated, "tags": tuple(row.stated.get("tags", ()))} if row else {}
    return replace(
        found,
        name=capture.received_from,
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

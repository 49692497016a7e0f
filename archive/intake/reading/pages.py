"""One page: text or HTML, as it was saved."""

from __future__ import annotations

from collections.abc import Iterator

from archive.intake.reading.items import Found, Item, Whole, media_type, too_large


def read_page(whole: Whole) -> Iterator[Found]:
    payload = whole.all_bytes()
    yield too_large(whole) if payload is None else Item(whole.name, payload, media_type(whole.name), whole.stated)

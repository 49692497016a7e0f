"""MHTML: a page that a browser saved with its pictures; the page in it is the article."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import Final

from archive.intake.reading.items import Found, Item, Reason, SetAside, Whole, gettext_noop, too_large
from archive.intake.reading.messages import charset, content, header, leaves, moment, parsed

MARKUP: Final = ("text/html", "application/xhtml+xml")
NO_PAGE: Final = gettext_noop("The web archive holds no page.")


def read_web_archive(whole: Whole) -> Iterator[Found]:
    payload = whole.all_bytes()
    if payload is None:
        yield too_large(whole)
        return
    message = parsed(payload)
    page = _page(message)
    if page is None or not content(page).strip():
        yield SetAside(whole.name, Reason(NO_PAGE), refused=True)
        return
    yield Item(
        whole.name,
        payload,
        "multipart/related",
        whole.stated,
        page=content(page),
        charset=charset(page),
        address=_address(message, page),
        captured_at=moment(message),
    )


def is_web_archive(message: Message) -> bool:
    """Whether a message is a saved page: a browser's word, or parts that have addresses of the web."""
    if header(message, "snapshot-content-location") or "<saved by" in header(message, "from").lower():
        return True
    if message.get_content_type() != "multipart/related":
        return False
    return any(header(part, "content-location").startswith("http") for part in leaves(message))


def _page(message: Message) -> Message | None:
    """The page itself: the part that `start` names, that has the archive's address, or the first that is markup."""
    pages = [part for part in leaves(message) if part.get_content_type() in MARKUP]
    start = str(message.get_param("start") or "")
    address = header(message, "snapshot-content-location") or header(message, "content-location")
    wanted = [
        part
        for part in pages
        if (start and header(part, "content-id") == start) or (address and header(part, "content-location") == address)
    ]
    return next(iter(wanted or pages), None)


def _address(message: Message, page: Message) -> str:
    places = (header(message, "snapshot-content-location"), header(page, "content-location"))
    return next((place for place in places if place.startswith(("http://", "https://"))), "")

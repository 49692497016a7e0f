"""What stands behind an address, by what the site calls it and by its first bytes: as an item for the intake.

A site's word is a hint: a PDF that is called a page is read as a PDF, a page that is called a PDF as a page. What is no
page, text, PDF, saved page or e-mail is refused by the name that the site gives it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_noop

from archive.fetching.fetch import Fetched
from archive.intake.reading.items import Bounds, Found, Http, Item, Reason, SetAside, Stated, Whole
from archive.intake.reading.kinds import HEAD, FileKind, kind_of, opens_a_page
from archive.intake.reading.squeezed import guarded
from archive.intake.reading.whole import READERS, read_open

PAGES: Final = ("text/html", "application/xhtml+xml", "text/plain", "")
MESSAGES: Final = ("message/rfc822", "multipart/related", "application/x-mimearchive")
ANYTHING: Final = "application/octet-stream"
FILES: Final = ("application/pdf", "application/x-pdf", ANYTHING, *MESSAGES)  # a page may be called so, too
READ_AS_FILES: Final = (FileKind.PDF, FileKind.MAIL)
STATUS: Final = gettext_noop("The site answers with the status %(status)d.")
NO_PAGE: Final = gettext_noop("It is no page but %(media_type)s.")
UNLIKE: Final = gettext_noop("The site calls it %(media_type)s, but it is none.")
PARTS: Final = gettext_noop("It is a message; what is attached to it is taken in.")


def found_in(asked: str, answer: Fetched, stated: Stated) -> list[Found]:
    """What an answer holds, under the address that was asked for; that of the address itself comes last.

    Whoever finds it told of may take the whole answer for done, also where a kill fell among its parts.
    """
    if answer.status != 200:
        return [SetAside(asked, Reason(STATUS, {"status": answer.status}), refused=True)]
    told, charset = _called(answer)
    kind = _kind(answer, told)
    if kind in READ_AS_FILES:
        found = list(_of_a_file(asked, answer, kind, stated))
        return sorted(found, key=lambda one: one.name == asked)
    if told not in PAGES and not (told in FILES and opens_a_page(answer.body[:HEAD])):
        sentence = UNLIKE if told in FILES and told != ANYTHING else NO_PAGE
        return [SetAside(asked, Reason(sentence, {"media_type": told}), refused=True)]
    media_type = told if told in PAGES and told else "text/html"
    return [_received(Item(asked, answer.body, media_type, stated, charset=charset), answer)]


def _called(answer: Fetched) -> tuple[str, str | None]:
    """The media type and the charset that a site names: `("text/html", "windows-1256")`."""
    told, _semicolon, parameters = answer.header("Content-Type").lower().partition(";")
    charset = parameters.partition("charset=")[2].partition(";")[0].strip().strip("\"'")
    return told.strip(), charset or None


def _kind(answer: Fetched, told: str) -> FileKind:
    name = "message.eml" if told in MESSAGES else urlsplit(answer.address).path
    return kind_of(answer.body[:HEAD], name, {})


def _of_a_file(asked: str, answer: Fetched, kind: FileKind, stated: Stated) -> Iterator[Found]:
    """What the reader of such files finds: one item of the address, and those of what is attached to a message."""
    bounds = Bounds(item_bytes=settings.CAPTURE_MAX_BYTES)
    whole = Whole(io.BytesIO(answer.body), asked, bounds, stated=stated)
    reader = READERS[kind]
    has_own = False
    for one in guarded(replace(whole, read_within=lambda file: reader(replace(file, read_within=read_open))), asked):
        has_own |= one.name == asked
        yield _received(one, answer) if isinstance(one, Item) and one.name == asked else one
    if not has_own:
        yield SetAside(asked, Reason(PARTS))


def _received(item: Item, answer: Fetched) -> Item:
    """The item as a capture of the address that the site's answer came from, whatever it says of itself."""
    http = Http(answer.status, answer.headers)
    return replace(item, address=answer.address, captured_at=answer.at, http=http)

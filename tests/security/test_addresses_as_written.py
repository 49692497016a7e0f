"""Addresses in Arabic and Persian letters, as documents print them, are answered like their percent-encoded form."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from tests.faults.archive import Archive
from tests.security.lines import ask, request

WRITTEN = [
    "/search/?q=خلفوف",
    "/search/?q=خلف‌اف&country=az",
    "/feeds/rss/?q=قطر",
    "/sources/خارجية/",
    "http://localhost/?q=قطر",
]


@pytest.mark.parametrize("address", WRITTEN)
def test_an_address_in_letters_is_answered_like_its_encoded_form(archive: Archive, address: str) -> None:
    written = ask(archive.bind, request(address))
    encoded = ask(archive.bind, request(quote(address, safe="/:?=&")))
    assert written.status == encoded.status in {200, 404}
    assert _lasting(written.body) == _lasting(encoded.body)


def test_bytes_that_are_no_letters_are_answered_like_their_encoded_form(archive: Archive) -> None:
    written, encoded = (ask(archive.bind, request(target)) for target in (b"/search/?q=\xff\xfe", b"/search/?q=%FF%FE"))
    assert written.status == encoded.status == 200
    assert _lasting(written.body) == _lasting(encoded.body)


def _lasting(page: str) -> str:
    """What does not change from one answer to the next."""
    return re.sub(r"<lastBuildDate>.*?</lastBuildDate>|csrfmiddlewaretoken\S+ \S+", "", page)

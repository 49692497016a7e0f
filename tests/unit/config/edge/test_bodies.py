"""How long a body may be: a form's, or files', for who has leave to send them."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.signing import TimestampSigner
from django.utils.translation import override

from archive.pages.grants import PARAMETER, grant, is_granted
from archive.pages.shown import localsize
from config.edge.bodies import longest_body
from config.edge.refusals import refusal


def most(query: str) -> int:
    return longest_body(SimpleNamespace(query=query))  # type: ignore[arg-type]


def test_who_was_given_leave_may_send_files(settings: Any) -> None:
    assert most("") == most("q=1") == settings.BODY_MAX_BYTES
    assert most(urlencode({"a": "b", PARAMETER: grant(7)})) == settings.UPLOAD_MAX_BYTES


FORGERIES: dict[str, Callable[[str], str]] = {
    "nothing": lambda _given: "",
    "no signature": lambda _given: "7",
    "another signature": lambda _given: "7:1:2",
    "a letter more": lambda given: given + "x",
    "another user": lambda given: "8" + given[1:],
    "signed for something else": lambda _given: TimestampSigner().sign("7"),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_leave_that_was_not_given_is_none(settings: Any, forge: Callable[[str], str]) -> None:
    forged = forge(grant(7))
    assert not is_granted(forged)
    assert most(urlencode({PARAMETER: forged})) == settings.BODY_MAX_BYTES


def test_the_page_tells_the_bound_of_the_form_that_was_sent(settings: Any) -> None:
    """A form with files has another than all others, by the grant of a curator."""
    head = b"POST /admin/ HTTP/1.1\r\nAccept-Language: en\r\n\r\n"
    for bound in (settings.BODY_MAX_BYTES, settings.UPLOAD_MAX_BYTES):
        told = refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, head, "a", bound).decode()
        with override("en"):
            assert localsize(bound) in told

"""How long a body may be: a form's, or files', for who has leave to send them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.signing import TimestampSigner

from archive.pages.grants import PARAMETER, grant, is_granted
from config.edge.bodies import longest_body


def most(query: str) -> int:
    return longest_body(SimpleNamespace(query=query))  # type: ignore[arg-type]


def test_who_was_given_leave_may_send_files(settings: Any) -> None:
    assert most("") == most("q=1") == settings.BODY_MAX_BYTES
    assert most(urlencode({"a": "b", PARAMETER: grant(7)})) == settings.UPLOAD_MAX_BYTES


@pytest.mark.parametrize("forged", ["", "7", "7:1:2", grant(7) + "x", "8" + grant(7)[1:], TimestampSigner().sign("7")])
def test_leave_that_was_not_given_is_none(settings: Any, forged: str) -> None:
    assert not is_granted(forged)
    assert most(urlencode({PARAMETER: forged})) == settings.BODY_MAX_BYTES

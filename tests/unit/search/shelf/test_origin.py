"""Which forms are those of this site."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from search.shelf.origin import from_our_pages, is_ours


def post(**headers: str) -> HttpRequest:
    return RequestFactory().post("/shelf/articles/", headers={"host": "testserver", **headers})


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"origin": "http://testserver"}, True),
        ({"referer": "http://testserver/search/?q=خلفوف"}, True),
        ({"origin": "https://testserver"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"origin": "http://evil.example", "referer": "http://testserver/"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_a_form_is_ours_only_when_the_browser_says_so(headers: dict[str, str], ours: bool) -> None:
    assert is_ours(post(**headers)) is ours


def test_a_trusted_origin_is_ours(settings: pytest.FixtureRequest) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://diwan.example"]
    assert is_ours(post(origin="https://diwan.example"))


def test_a_form_of_another_site_changes_nothing() -> None:
    kept = []
    view = from_our_pages(lambda request: kept.append(request) or HttpResponse("kept"))
    assert view(post(origin="http://evil.example")).status_code == 403 and kept == []
    assert view(post(origin="http://testserver")).content == b"kept" and len(kept) == 1

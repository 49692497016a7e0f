"""A shelf in the reader's browser: signed, bounded, refused rather than cut; a page knows its size by the cookie."""

from __future__ import annotations

import hashlib
from http.cookies import SimpleCookie

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from search.shelf.contents import Contents, SavedSearch
from search.shelf.keeping import COOKIE, COOKIE_BYTES, SALT, ShelfFull, change, count, on_pages, shelf, signed_out

ONE, OTHER = "3d43f546d925", "650b1076e0af"


def request(cookies: SimpleCookie | None = None) -> HttpRequest:
    made = RequestFactory().get("/shelf/")
    made.user = AnonymousUser()
    made.COOKIES = {name: morsel.value for name, morsel in (cookies or {}).items()}
    return made


def keep(*articles: str) -> SimpleCookie:
    response = HttpResponse()
    change(request(), response, lambda held: held.keeping(articles))
    return response.cookies


def test_what_is_kept_is_there_at_the_next_page() -> None:
    cookies = keep(ONE, OTHER)
    assert shelf(request(cookies)).articles == (ONE, OTHER)
    assert count(request(cookies)) == 2
    pages = on_pages(request(cookies))
    assert pages["shelf_count"]() == 2 and ONE in pages["on_shelf"]


def test_an_empty_shelf_leaves_no_cookie() -> None:
    response = HttpResponse()
    assert not change(request(keep(ONE)), response, lambda _held: Contents())
    assert response.cookies[COOKIE].value == "" and response.cookies[COOKIE]["max-age"] == 0
    assert count(request()) == 0 and not shelf(request())


def test_a_cookie_that_was_written_by_somebody_else_is_an_empty_shelf() -> None:
    forged = SimpleCookie({COOKIE: signing.dumps({"a": [ONE]}, salt="something else")})
    broken = SimpleCookie({COOKIE: keep(ONE)[COOKIE].value[:-2]})
    for cookies in (forged, broken, SimpleCookie({COOKIE: "\xff"})):
        assert count(request(cookies)) == 0 and not shelf(request(cookies))


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    cookie = keep(ONE)[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and int(cookie["max-age"]) > 0


def test_what_does_not_fit_is_refused_and_the_shelf_stays() -> None:
    response = HttpResponse()
    digests = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(900)]
    kept = Contents().keeping(digest[:12] for digest in digests)
    for digest in digests:
        kept = kept.saving(SavedSearch(f"q={digest}", name=digest))
    assert len(signing.dumps(kept.to_json(), salt=SALT, compress=True)) > COOKIE_BYTES
    with pytest.raises(ShelfFull):
        change(request(keep(ONE)), response, lambda _held: kept)
    assert not response.cookies


def test_an_account_tells_its_size_by_the_cookie_alone() -> None:
    told = SimpleCookie({COOKIE: signing.dumps({"n": 7, "v": 1.5}, salt=SALT)})
    assert count(request(told)) == 7


def test_nothing_stays_in_the_browser_of_who_signs_out() -> None:
    response = HttpResponse()
    signed_out(response)
    assert response.cookies[COOKIE].value == ""

"""Pages that are kept for the next reader, under a tag that says all that they are made of."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from archive.pages import revalidation
from archive.pages.addresses import path_to
from archive.pages.interface import calendar_chosen
from archive.pages.kept import LONGEST, keep, kept
from archive.pages.revalidation import is_shared, revalidated, tag

MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept-pages"}


@pytest.fixture(autouse=True)
def memory(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages are kept in memory; no state and no cookie of other rooms counts."""
    monkeypatch.setattr(revalidation, "_shared", [])
    monkeypatch.setattr(revalidation, "_cookies", set())
    settings.CACHES = {**settings.CACHES, "pages": MEMORY}
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def asked(address: str = "/search/?q=قطر", **headers: str) -> HttpRequest:
    return RequestFactory().get(address, headers=headers)


def test_a_page_is_given_again_with_the_headers_of_its_view() -> None:
    keep("tag", asked(), HttpResponse("قطر", headers={"X-Made": "once"}))
    again = kept("tag")
    assert again is not None and again.content.decode() == "قطر" and again.headers["X-Made"] == "once"
    assert kept("another") is None


def with_cookie() -> HttpResponse:
    response = HttpResponse("خلفوف")
    response.set_cookie("choice", "1")
    return response


NOT_KEPT = {
    "a page that sets a cookie": with_cookie,
    "a page that forbids it": lambda: HttpResponse("x", headers={"Cache-Control": "private, no-store"}),
    "a page that is not found": lambda: HttpResponse("x", status=404),
    "a page in parts": lambda: StreamingHttpResponse([b"x"]),
    "a long page": lambda: HttpResponse("x" * (LONGEST + 1)),
}


@pytest.mark.parametrize("make", NOT_KEPT.values(), ids=NOT_KEPT)
def test_what_is_a_readers_own_or_takes_much_room_is_not_kept(make: Any) -> None:
    keep("tag", asked(), make())
    assert kept("tag") is None


def test_a_page_with_a_token_for_a_form_is_not_kept() -> None:
    request = asked()
    request.META["CSRF_COOKIE"] = "token"
    keep("tag", request, HttpResponse("form"))
    assert kept("tag") is None


def test_pages_are_made_as_if_there_were_no_cache_where_the_disk_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(caches["pages"]), "set", fails)
    monkeypatch.setattr(type(caches["pages"]), "get", fails)
    with caplog.at_level(logging.WARNING, "archive"):
        keep("tag", asked(), HttpResponse("قطر"))
        assert kept("tag") is None
    assert "cannot be kept" in caplog.text and "cannot be read" in caplog.text


def test_a_tag_changes_with_all_that_a_page_is_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    with override("ar"):
        tags = {"first": tag(asked(), 7), "again": tag(asked(), 7)}
        tags["another state"] = tag(asked(), 8)
        tags["another question"] = tag(asked("/search/?q=إيران"), 7)
        with calendar_chosen("solar"):
            tags["another calendar"] = tag(asked(), 7)
        now += datetime.timedelta(days=1)
        tags["another day"] = tag(asked(), 7)
        now -= datetime.timedelta(days=1)
        monkeypatch.setattr(revalidation, "release", lambda: "another")
        tags["another release"] = tag(asked(), 7)
        monkeypatch.undo()
    monkeypatch.setattr(timezone, "now", lambda: now)
    with override("fa"):
        tags["another language"] = tag(asked(), 7)
    assert tags.pop("again") == tags["first"]
    assert len(set(tags.values())) == len(tags)


def test_who_chooses_a_language_or_has_a_session_shares_nothing(settings: Any) -> None:
    assert is_shared(asked())
    assert not is_shared(asked("/?ui=fa")) and not is_shared(asked("/?cal=solar"))
    request = asked()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    assert not is_shared(request)


class Page:
    """A view that counts how often its page was made, of a state that a test changes."""

    def __init__(self, state: object = 1) -> None:
        self.state, self.made = state, 0
        self.answer = revalidated(lambda _request: self.state)(self._made)

    def _made(self, _request: HttpRequest) -> HttpResponse:
        self.made += 1
        return HttpResponse(f"{self.state}")


def test_a_page_is_made_once_for_all_who_would_get_the_same() -> None:
    page = Page()
    first, second = page.answer(asked()), page.answer(asked())
    assert page.made == 1 and first["ETag"] == second["ETag"]
    assert "public" in first["Cache-Control"] and "no-cache" in second["Cache-Control"]
    page.state = 2
    assert page.answer(asked()).content == b"2" and page.made == 2


def test_who_has_the_page_is_told_that_it_is_the_same() -> None:
    page = Page()
    given = page.answer(asked())["ETag"]
    again = page.answer(asked(**{"if-none-match": given}))
    assert (again.status_code, again.content, page.made) == (304, b"", 1)
    page.state = 2
    assert page.answer(asked(**{"if-none-match": given})).status_code == 200


def test_a_page_of_nothing_has_no_tag_and_is_made_each_time() -> None:
    page = Page(None)
    assert "ETag" not in page.answer(asked()) and page.answer(asked()).status_code == 200
    assert page.made == 2


def test_a_readers_own_page_is_made_for_him_alone(settings: Any) -> None:
    page, request = Page(), asked()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    response = page.answer(request)
    assert "private" in response["Cache-Control"]
    page.answer(asked())
    assert page.made == 2


@pytest.mark.django_db
def test_a_file_in_parts_is_revalidated_and_not_kept(tmp_path: Any) -> None:
    (tmp_path / "page").write_bytes(b"x")
    view = revalidated(lambda _request: 1)(lambda _request: FileResponse((tmp_path / "page").open("rb")))
    response = view(asked())
    response.close()
    assert response["ETag"]
    assert kept(response["ETag"]) is None


def test_the_path_of_a_page_is_asked_for_by_name() -> None:
    assert path_to("articles:detail", "3d43f546d925") == "/articles/3d43f546d925/"
    assert path_to("browse:country", "az") == "/countries/az/"

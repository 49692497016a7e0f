"""Heavy work in this process: whose turn it is, what is answered beyond the bounds, and how an answer is made whole."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from archive.pages.bounds import HEAVY, RETRY_AFTER, OutOfSpace, OutOfTime, TooMany, check_time, heavy
from config import lane, making, slots
from config.heavy import HeavyMiddleware, told

pytestmark = pytest.mark.django_db

LAYLA = "192.0.2.7"


@pytest.fixture(autouse=True)
def two_at_once(settings: Any, tmp_path: Path) -> None:
    settings.SLOTS_DIR, settings.HEAVY_AT_ONCE, settings.HEAVY_PER_MINUTE = tmp_path / "slots", 2, 0


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[HttpRequest], HttpResponseBase]], Any]:
    """Has a heavy view answer a request as the site does, without its lane."""
    names = set(HEAVY)

    def ask(view: Callable[[HttpRequest], HttpResponseBase]) -> HttpResponseBase:
        made = HeavyMiddleware(heavy(view))  # type: ignore[arg-type]
        request = RequestFactory().get("/search/export/?q=%D9%82%D8%B7%D8%B1&format=csv", REMOTE_ADDR=LAYLA)
        try:
            return made(request)
        except Exception as error:
            answer = made.process_exception(request, error)
            if answer is None:
                raise
            return answer
        finally:
            for name in set(HEAVY) - names:
                monkeypatch.delitem(HEAVY, name)

    return ask


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("قطر", status=201, headers={"X-Made": "once"})


def test_a_page_is_given_as_its_view_made_it(answered: Any) -> None:
    assert not lane.is_open()
    response = answered(page)
    assert (response.status_code, response.content.decode(), response["X-Made"]) == (201, "قطر", "once")


def test_a_file_is_sent_piece_by_piece_and_its_length_is_known(answered: Any) -> None:
    response = answered(lambda _request: StreamingHttpResponse([b"one,", b"two"], content_type="text/csv"))
    assert response.streaming and response["Content-Type"] == "text/csv"
    assert response.getvalue() == b"one,two"
    response.close()


def test_a_fault_of_the_view_is_a_fault_and_frees_its_turn(answered: Any) -> None:
    def fails(_request: HttpRequest) -> HttpResponse:
        raise ValueError("a fault of ours")

    for _again in range(4):
        with pytest.raises(ValueError, match="a fault of ours"):
            answered(fails)
    assert answered(page).status_code == 201


def test_who_finds_no_turn_is_told_when_to_come_again(answered: Any) -> None:
    with slots.take("198.51.100.1/32") or pytest.fail("a slot"), slots.take("203.0.113.1/32") or pytest.fail("a slot"):
        response = answered(page)
    assert (response.status_code, response["Retry-After"]) == (503, str(RETRY_AFTER))
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("language", "words"), [("ar", "إعادة المحاولة"), ("fa", "تلاش دوباره"), ("en", "Try again")])
def test_who_finds_no_turn_is_led_back_to_the_same_question(answered: Any, language: str, words: str) -> None:
    taken = [slots.take(address) or pytest.fail("a slot") for address in ("198.51.100.1/32", "203.0.113.1/32")]
    with override(language), taken[0], taken[1]:
        html = answered(page).content.decode()
    link = re.search(r'<a href="([^"]+)" rel="nofollow">([^<]+)</a>', html)
    assert link and link.groups() == ("/search/export/?q=%D9%82%D8%B7%D8%B1&amp;format=csv", words)


def test_who_asks_too_often_is_told_so_and_not_that_the_archive_is_busy(answered: Any, settings: Any) -> None:
    settings.HEAVY_PER_MINUTE = 1
    statuses = [answered(page).status_code for _number in range(3)]
    assert statuses == [201, 429, 429]


def test_where_work_cannot_be_counted_none_is_done(answered: Any, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.SLOTS_DIR = tmp_path / "file"
    assert answered(page).status_code == 503


def test_work_ends_when_its_time_is_up(answered: Any, settings: Any) -> None:
    settings.HEAVY_SECONDS = 0

    def endless(_request: HttpRequest) -> HttpResponse:
        while True:
            check_time()

    response = answered(endless)
    assert response.status_code == 503 and "Retry-After" not in response


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (TooMany(7), 503),
        (TooMany(7, of_address=True), 429),
        (OutOfTime(), 503),
        (OutOfTime(is_starved=True), 503),
        (OutOfSpace(), 503),
    ],
)
def test_each_bound_has_its_page_in_each_language(error: Any, status: int) -> None:
    pages = set()
    for language in ("ar", "fa", "en"):
        with override(language):
            response = told(error)
        assert response.status_code == status
        pages.add(response.content)
    assert len(pages) == 3


def test_the_pages_of_the_bounds_say_different_things() -> None:
    errors = (TooMany(7), TooMany(7, of_address=True), OutOfTime(), OutOfTime(is_starved=True), OutOfSpace())
    with override("en"):
        assert len({told(error).content for error in errors}) == 5


def test_a_task_has_what_another_process_needs_and_nothing_that_cannot_be_sent() -> None:
    request = RequestFactory().get("/search/export/?q=x", headers={"accept-language": "fa"})
    request.META["diwan.request_id"] = "5f2a8c01"
    made = making.task("view", request, (1,), {"name": "country"})
    assert made.environ["HTTP_X_REQUEST_ID"] == "5f2a8c01" and made.environ["QUERY_STRING"] == "q=x"
    assert all(isinstance(value, str) for value in made.environ.values())


def test_what_is_to_be_saved_is_compressed_while_nobody_waits() -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    file = BytesIO()
    made = making.written(StreamingHttpResponse([b"row;" * 500]), request, file)
    assert made.is_file and ("Content-Encoding", "gzip") in made.headers
    assert gzip.decompress(file.getvalue()) == b"row;" * 500


def test_a_task_is_answered_in_the_language_that_its_request_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.pages.interface import reader_calendar, reader_language

    def view(_request: HttpRequest, word: str) -> HttpResponse:
        return HttpResponse(f"{word} {reader_language()} {reader_calendar()}")

    monkeypatch.setitem(HEAVY, "a view", view)
    request = RequestFactory().get("/?ui=fa&cal=lunar")
    file = making.new_file()
    made = making.make_anew(making.task("a view", request, ("قطر",), {}), file)
    response = making.answer(made, file)
    assert isinstance(response, HttpResponse)
    word, language, calendar = response.content.decode().split()
    assert (word, language) == ("قطر", "fa") and calendar != "gregorian"

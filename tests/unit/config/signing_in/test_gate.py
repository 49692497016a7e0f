"""Before a password is checked: who has to wait is told so, before it costs a session, a form or a question."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config import slots
from config.signing_in import answers, hashing, refusals
from config.signing_in.attempts import key, name_key, plain_address
from config.signing_in.gate import GateMiddleware, doors

DOOR = "/account/sign-in/"


@pytest.fixture(autouse=True)
def one_turn(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.SLOTS_DIR, settings.PASSWORDS_AT_ONCE = tmp_path / "slots", 1
    monkeypatch.setattr(hashing, "PATIENCE", 0.05)
    monkeypatch.setattr(answers, "_told_at", -1000.0)
    refusals.forget()
    yield
    refusals.forget()


def post(path: str = DOOR, name: str = "layla", address: str = "192.0.2.7", **headers: str) -> HttpRequest:
    return RequestFactory().post(path, {"username": name, "password": "x"}, REMOTE_ADDR=address, headers=headers)


def gate() -> GateMiddleware:
    return GateMiddleware(lambda _request: HttpResponse("the form"))


def test_every_page_that_checks_a_password_is_a_door(settings: Any) -> None:
    assert {DOOR, "/account/", f"/{settings.ADMIN_PATH}login/"} < doors() and len(doors()) == 4


def test_who_need_not_wait_comes_to_the_form() -> None:
    assert gate()(post()).content == b"the form"


def test_who_has_to_wait_is_told_how_long_in_his_language() -> None:
    refusals.remember("192.0.2.7", key("layla"), 90)
    pages = {language: gate()(post(**{"accept-language": language})) for language in ("ar", "fa", "en")}
    assert {page.status_code for page in pages.values()} == {429}
    assert len({page.content for page in pages.values()}) == 3
    assert pages["fa"].headers["Retry-After"] == "90" and "no-store" in pages["fa"].headers["Cache-Control"]


def test_the_owner_elsewhere_another_name_and_another_page_are_let_in() -> None:
    refusals.remember("192.0.2.7", key("layla"), 90)
    for request in (
        post(address="198.51.100.1"),
        post(name="ramin"),
        post("/shelf/articles/"),
        RequestFactory().get(DOOR, REMOTE_ADDR="192.0.2.7"),
    ):
        assert gate()(request).content == b"the form"


def test_an_address_that_guessed_at_many_names_waits_with_any() -> None:
    refusals.remember("192.0.2.7", "", 60)
    assert gate()(post(name="anybody")).status_code == 429


def test_where_all_turns_are_taken_the_next_one_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    with (
        slots.first_free(["password-0"]) or pytest.fail("a turn"),
        caplog.at_level(logging.WARNING, "config.signing_in"),
    ):
        answered = [gate()(post()) for _again in range(3)]
    assert {answer.status_code for answer in answered} == {503}
    assert answered[0].headers["Retry-After"] == str(answers.BUSY)
    assert len([line for line in caplog.messages if "more passwords" in line]) == 1  # not a line for every guess


def test_a_page_that_sets_a_password_is_told_too_that_all_turns_are_taken() -> None:
    request = RequestFactory().post("/admin/auth/user/1/password/")
    busy = gate().process_exception(request, hashing.Busy())
    assert busy is not None and busy.status_code == 503
    assert gate().process_exception(request, ValueError()) is None


def test_a_guesser_is_held_back_where_the_server_can() -> None:
    held: list[float] = []
    request = post()
    request.META["gunicorn.socket"] = type("Line", (), {"hold_back": lambda _self, seconds: held.append(seconds)})()
    answers.locked(request, seconds=61)
    assert held == [answers.HELD_BACK]


def test_a_name_is_held_as_a_keyed_hash() -> None:
    assert key("layla") == key("layla") != key("ramin")
    assert "layla" not in key("layla") and len(key("layla")) == 64
    assert name_key(post(), None) == name_key(post(name="x"), {"username": "layla"}) == key("layla")


@pytest.mark.parametrize(
    ("address", "plain"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("", None), ("nowhere", None)],
)
def test_an_address_is_that_of_its_network(address: str, plain: str | None) -> None:
    assert plain_address(post(address=address)) == plain

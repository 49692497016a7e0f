"""R41, R37: who signs in gets a new session, signs out by a form alone, and is led nowhere but on."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from tests.security.conftest import PASSWORD

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db
DOORS = ("admin:login", "sign-in")
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "https:evil.example",
    "https:///evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    " //evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,evil",
    "\x00//evil.example",
    "//evil.example%2f..",
]


@pytest.fixture(autouse=True)
def layla_and_ramin(db: None) -> None:
    User.objects.create_superuser("layla", password=PASSWORD)
    User.objects.create_user("ramin", password=PASSWORD)


def sign_in(client: Client, door: str, **more: str) -> Any:
    return client.post(reverse(door), {"username": "layla", "password": PASSWORD, **more})


@pytest.mark.parametrize("door", DOORS)
def test_r41_a_session_that_was_planted_is_not_the_one_that_is_signed_in(door: str) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted0planted0planted0planted0"
    assert sign_in(client, door).status_code == 302
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "planted0planted0planted0planted0"
    assert not Session.objects.filter(session_key="planted0planted0planted0planted0").exists()


@pytest.mark.parametrize("door", DOORS)
def test_r41_a_real_session_of_before_gets_another_name(door: str) -> None:
    client = Client()
    session = client.session
    session["begun"] = True
    session.save()
    before = session.session_key
    sign_in(client, door)
    assert client.session.session_key != before and not Session.objects.filter(session_key=before).exists()


def test_somebody_else_who_signs_in_finds_nothing_of_the_one_before() -> None:
    client = Client()
    client.force_login(User.objects.get(username="ramin"))
    session = client.session
    session["of_ramin"] = True
    session.save()
    sign_in(client, "admin:login")
    assert "of_ramin" not in client.session


def test_r41_cookies_are_for_this_site_alone_and_for_no_script(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    cookie = sign_in(Client(), "sign-in").cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax"


def test_an_operator_signs_somebody_out_everywhere() -> None:
    layla, also_layla, ramin = Client(), Client(), Client()
    for client, name in ((layla, "layla"), (also_layla, "layla"), (ramin, "ramin")):
        client.force_login(User.objects.get(username=name))
    call_command("end_sessions", "layla")
    assert list(Session.objects.values_list("session_key", flat=True)) == [ramin.session.session_key]
    assert layla.get(reverse("admin:index")).status_code == 302
    for wrong in (["nobody"], [], ["layla", "--all"]):
        with pytest.raises(CommandError):
            call_command("end_sessions", *wrong)
    call_command("end_sessions", "--all")
    assert not Session.objects.exists()


def test_how_long_a_session_lasts_is_told(settings: Any) -> None:
    days = settings.SESSION_COOKIE_AGE // (24 * 3600)
    assert f"**Sessions** end {days} days after signing in" in (ROOT / "docs/operations.md").read_text("utf-8")


@pytest.mark.parametrize("door", ["admin:logout", "sign-out"])
def test_r41_one_signs_out_by_a_form_alone(door: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username="layla"))
    key = client.session.session_key
    assert client.get(reverse(door)).status_code == 405
    assert Session.objects.filter(session_key=key).exists()
    assert client.post(reverse(door)).status_code in {200, 302}
    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize("door", [*DOORS, "admin:logout", "sign-out", "admin:password_change"])
def test_r41_a_form_without_its_token_does_nothing(door: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="layla"))
    key = client.session.session_key
    assert sign_in(client, door).status_code == 403
    assert Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_r37_signing_in_and_out_lead_nowhere_else(onward: str) -> None:
    for door in DOORS:
        for path in (
            reverse(door),
            f"{reverse(door)}?next={quote(onward, safe='')}",
        ):
            answer = Client().post(path, {"username": "layla", "password": PASSWORD, "next": onward})
            assert answer.status_code == 302 and answer.headers["Location"] in {reverse("admin:index"), *INSIDE}
    client = Client()
    client.force_login(User.objects.get(username="ramin"))
    assert client.get(reverse("sign-in"), {"next": onward}).headers["Location"] in INSIDE
    assert client.post(reverse("sign-out"), {"next": onward}).headers["Location"] == "/"


INSIDE = {"/shelf/", "/accounts/profile/"}


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_r37_the_shelf_leads_nowhere_else(five: dict[str, Article], onward: str) -> None:
    answer = Client().post(
        reverse("shelf-articles"),
        {"a": five["000"].identifier, "next": onward},
        headers={"origin": "http://testserver"},
    )
    assert answer.status_code == 303 and answer.headers["Location"] == reverse("shelf")


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example", "/\\evil.example/", "//evil.example/%2e%2e"])
def test_r37_no_link_of_a_page_that_is_not_there_leads_elsewhere(path: str) -> None:
    """A browser takes `//evil.example` for another site."""
    answer = Client().generic("GET", "/", PATH_INFO=path)
    page = answer.content.decode()
    assert answer.status_code in {301, 404}
    assert 'href="//' not in page and 'href="/\\' not in page
    assert not answer.headers.get("Location", "").startswith(("//", "/\\"))


@pytest.mark.parametrize("onward", ["/search/?q=قطر", "/officials/"])
def test_whoever_was_going_somewhere_is_led_on(onward: str) -> None:
    answer = sign_in(Client(), "sign-in", next=onward)
    assert answer.status_code == 302 and answer.headers["Location"].startswith(onward[:8])

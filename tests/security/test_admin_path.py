"""R42, R40: the admin stands where the operator says, nothing public tells where, and nobody keeps its pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from config import env
from config.checks import admin_stands_alone
from tests.browser.pages import EVERY_PATH
from tests.conftest import ADMIN
from tests.security.conftest import ROLES
from tests.security.site import addresses

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = """
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
call_command("migrate", verbosity=0)
call_command("check")
client = Client()
for path in ("/admin/", "/admin/login/"):
    assert client.get(path).status_code == 404, path
assert reverse("admin-status") == "/back/workshop/status/"
led = client.get("/back/workshop/status/")
assert led.headers["Location"] == "/back/workshop/login/?next=/back/workshop/status/", led.headers
page = client.get("/back/workshop/login/")
assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
assert 'href="/back/workshop/"' in page.content.decode()
assert "workshop" not in client.get("/robots.txt").content.decode()
print("moved")
"""


@pytest.mark.parametrize(
    ("written", "read"),
    [("workshop", "workshop/"), ("/workshop/", "workshop/"), ("back/work_shop-7", "back/work_shop-7/")],
)
def test_a_path_is_read_with_or_without_its_slashes(monkeypatch: pytest.MonkeyPatch, written: str, read: str) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    assert env.path("DIWAN_X", "admin/") == read


@pytest.mark.parametrize("written", ["", "/", "a//b", "../x", "a b", "<slug:x>", "^x$", "ورشة", "x?y", "x.y"])
def test_a_path_that_is_none_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    with pytest.raises(ImproperlyConfigured, match=r"DIWAN_X is .* write words"):
        env.path("DIWAN_X", "admin/")


@pytest.mark.parametrize("path", ["search/", "articles/", "static/", "healthz/", "shelf/desk/", "account/"])
def test_the_admin_is_not_put_upon_the_pages_of_readers(settings: Any, path: str) -> None:
    settings.ADMIN_PATH = path
    (error,) = admin_stands_alone()
    assert path in error.msg and "Choose a word" in error.hint


def test_the_admin_stands_alone_here() -> None:
    assert admin_stands_alone() == []


def test_r42_everything_of_the_admin_follows_its_path(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DIWAN_VAR": str(tmp_path),
        "DIWAN_SECRET_KEY": "a key for tests alone",
        "DIWAN_HOSTS": "testserver",
        "DIWAN_HTTPS": "off",
        "DIWAN_ADMIN_PATH": "back/workshop",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    for command in (
        ["collectstatic", "--no-input", "--verbosity", "0"],
        ["shell", "--verbosity", "0", "-c", ELSEWHERE],
    ):
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "moved" in done.stdout


@pytest.mark.django_db
def test_r42_no_public_page_and_not_robots_txt_tell_where_the_admin_is(five: object, ramin: Client) -> None:
    for path in (*EVERY_PATH, "/robots.txt", "/nothing-here/", "/feeds/atom/"):
        assert ADMIN not in ramin.get(path).content.decode(), path


@pytest.mark.django_db
def test_every_answer_of_the_admin_is_kept_by_nobody(cast: dict[str, Client], keys: dict[str, Any]) -> None:
    """Pages, the catalogue of its scripts, redirects, refusals: for everybody, of every method."""
    paths = [address.path(keys) for address in addresses() if address.is_admins]
    paths += [ADMIN.rstrip("/"), f"{ADMIN}articles/article/999999/change/", f"{ADMIN}login"]
    signing_out = reverse("admin:logout")
    for role in ROLES:
        for method in ("get", "post", "options"):
            for path in paths:
                if (path, method) == (signing_out, "post"):
                    continue
                answer = getattr(cast[role], method)(path)
                told = answer.headers.get("Cache-Control", "")
                assert "no-store" in told and "private" in told, (role, method, path, told)
                assert "public" not in told and answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in cast["curator"].post(signing_out).headers["Cache-Control"]


@pytest.mark.django_db
def test_a_form_of_the_admin_without_its_token_is_kept_by_nobody() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {})
    assert answer.status_code == 403 and "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_the_redirect_to_https_is_kept_by_nobody(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get(ADMIN)
    assert answer.headers["Location"].startswith("https://") and "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_pages_for_readers_are_kept_as_before(five: object, ramin: Client) -> None:
    assert "no-store" not in ramin.get("/").headers["Cache-Control"]
    assert settings.ADMIN_PATH and "X-Robots-Tag" not in ramin.get("/").headers

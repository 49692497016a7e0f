"""R41, R45, R46, R47: headers on every page, no secret in the repository or the log, nothing installed unverified."""

from __future__ import annotations

import ast
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from config.logs import configured
from tests.browser.pages import EVERY_PATH
from tests.conftest import ADMIN

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
PASSWORD = "a canary of a password 7g2x"


def judged(headers: Any) -> list[str]:
    """What Mozilla's Observatory takes points for, of the headers that depend on the archive."""
    policy = dict(part.strip().partition(" ")[::2] for part in headers.get("Content-Security-Policy", "").split(";"))
    wrong = []
    if policy.get("default-src") != "'none'":
        wrong.append("the policy begins with more than 'none'")
    if re.search(r"unsafe-inline|unsafe-eval|data:|\*|http:", policy.get("script-src", "")):
        wrong.append("the policy lets scripts of a page run")
    if "unsafe" in policy.get("style-src", "") or policy.get("base-uri") != "'none'":
        wrong.append("the policy lets styles of a page or another base in")
    if "frame-ancestors" not in policy or policy.get("form-action") not in {"'self'", "'none'"}:
        wrong.append("the policy says nothing of frames, or of where forms lead")
    expected = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin"}
    wrong += [name for name, value in expected.items() if headers.get(name) != value]
    return wrong if headers.get("Referrer-Policy") else [*wrong, "no word on referrers"]


def test_r45_every_page_has_the_headers_that_observatory_asks_for(five: Any, ramin: Client, layla: Client) -> None:
    asked = [(ramin, path) for path in EVERY_PATH]
    asked += [(layla, ADMIN + path) for path in ("", "articles/article/", "auth/user/", "intake/accession/")]
    asked += [(ramin, path) for path in ("/nowhere/", "/search/?q=" + "a" * 5000, "/feeds/rss/", "/api/v1/articles")]
    wrong = {path: told for reader, path in asked if (told := judged(reader.get(path).headers))}
    assert not wrong


def test_r45_no_page_asks_another_site_for_anything(five: Any, ramin: Client) -> None:
    asks = re.compile(r"""<(?:script|img|link|iframe|source|video|audio)\b[^>]*\b(?:src|href)=["'](?:https?:)?//""")
    for path in EVERY_PATH:
        answer = ramin.get(path)
        if answer.headers["Content-Type"].startswith("text/html") and not answer.streaming:
            found = [tag[0] for tag in asks.finditer(answer.content.decode()) if 'rel="' not in tag[0]]
            assert not found, path


def test_r45_over_https_everything_is_strict() -> None:
    told = (ROOT / "config/settings.py").read_text("utf-8")
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_PRELOAD"):
        assert re.search(rf"^{name} = HTTPS$", told, flags=re.MULTILINE)
    assert "SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0" in told


EVERY_COOKIE = """
import django
django.setup()
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory
from config.middleware import CalendarMiddleware, InterfaceLanguageMiddleware
from search.shelf.contents import Contents
from search.shelf.keeping import change

def view(request):
    get_token(request)
    messages.info(request, "it is kept")
    request.session.__dict__.update(save=lambda: None, _session_key="k" * 32, _session_cache={})
    request.session["begun"] = True
    response = HttpResponse()
    change(request, response, lambda held: held.keeping(["0123456789ab"]))
    return response

for inner in (CsrfViewMiddleware, MessageMiddleware, SessionMiddleware):
    view = inner(view)
view = InterfaceLanguageMiddleware(CalendarMiddleware(view))
for cookie in view(RequestFactory().post("/?ui=fa&cal=lunar", secure=True)).cookies.values():
    print(cookie.OutputString())
"""


def test_r41_over_https_every_cookie_is_of_this_host_alone() -> None:
    """Browsers refuse a cookie of such a name from another host of the domain, and over HTTP."""
    named = {"DIWAN_HTTPS": "on", "DIWAN_SECRET_KEY": "k" * 50, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command, environment = [sys.executable, "-c", EVERY_COOKIE], {**os.environ, **named}
    told = subprocess.check_output(command, cwd=ROOT, env=environment, text=True)
    cookies = dict(line.partition("=")[::2] for line in told.splitlines())
    wanted = ("sessionid", "csrftoken", "messages", "diwan_shelf", "django_language", "cal")
    assert set(cookies) == {f"__Host-{name}" for name in wanted}
    for rest in cookies.values():
        assert "Secure" in rest and "Path=/" in rest and "Domain" not in rest and "SameSite=Lax" in rest


SECRETS = {
    "a private key": rb"-----BEGIN (?:RSA |EC |OPENSSH |)PRIVATE KEY-----",
    "a key of a cloud": rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of a forge": rb"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bglpat-[A-Za-z0-9_-]{20}\b",
    "a key of Django": rb"""(?i)\bsecret_key\s*=\s*["'][^"' ]{30,}["']""",
    "an address with a password": rb"\b[a-z]+://[^/\s:@\"'<>{}$]+:(?!password|secret|PASSWORD)[^/\s:@\"'<>{}$]{8,}@(?!\w+\.example)[a-z0-9.-]+\.[a-z]{2,}",
}


def test_every_secret_that_is_read_stands_in_the_list_of_secrets() -> None:
    """Whatever the settings read as a secret, a token or a key: `env.secret("…", "…_FILE")`."""
    told = "".join(path.read_text("utf-8") for path in ROOT.glob("config/*.py"))
    read = set(re.findall(r"\"(DIWAN_[A-Z_]+(?:PASSWORD|SECRET|TOKEN|KEY))\"", told))
    _before, _title, listed = (ROOT / "docs/operations.md").read_text("utf-8").partition("\n## Secrets\n")
    rows = set(re.findall(r"^\| `(DIWAN_\w+)`", listed.partition("\n## ")[0], flags=re.MULTILINE))
    assert read == rows and len(rows) > 5


@pytest.mark.parametrize("kind", list(SECRETS))
def test_r46_no_secret_lies_in_the_repository(kind: str) -> None:
    wanted, own = re.compile(SECRETS[kind]), Path(__file__).name
    held = [ROOT / name for name in TRACKED if not name.endswith(own) and (ROOT / name).is_file()]
    assert [str(path) for path in held if wanted.search(path.read_bytes())] == []


def test_r46_the_log_holds_no_password_no_session_and_no_question(
    five: Any, ramin: Client, layla: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ramin.raise_request_exception = False
    page = ramin.get("/account/sign-in/")
    assert page.status_code == 200
    ramin.post("/account/sign-in/", {"username": "layla", "password": PASSWORD})
    ramin.post(f"{ADMIN}login/", {"username": "layla", "password": PASSWORD, "next": ADMIN})
    ramin.get("/search/", {"q": "somebody@mail.example +98 912 000 0000"})
    ramin.get("/search/", {"q": "(" * 5000, "from": "somebody@mail.example"})
    layla.get(f"{ADMIN}articles/article/", {"q": "somebody@mail.example"})
    session = layla.cookies[settings.SESSION_COOKIE_NAME].value
    told = "".join(f"{record.getMessage()} {record.args!r}" for record in caplog.records)
    for word in (PASSWORD, session, "somebody@mail.example", "912 000"):
        assert word not in told


@pytest.mark.parametrize("form", ["lines", "json"])
def test_r46_a_record_of_the_log_is_one_line_whatever_it_holds(form: str) -> None:
    from logging import LogRecord
    from logging.config import dictConfig

    wanted = configured(form)
    assert wanted["formatters"]["line"]["()"]
    configurator = logging.config.DictConfigurator(wanted)  # type: ignore[attr-defined]
    formatter = configurator.configure_formatter(dict(wanted["formatters"]["line"]))
    record = LogRecord("archive", logging.WARNING, "x", 1, "a\nb\r\u2028c\u202e %s", ("d\ne",), None)
    record.request_id = "1"
    assert len(formatter.format(record).splitlines()) == 1
    assert dictConfig


def test_r47_everything_that_is_installed_is_pinned_with_its_hashes() -> None:
    for path in sorted(ROOT.glob("requirements*.txt")):
        pins = re.findall(r"^([A-Za-z0-9][^\s;]*==\S+)((?:.*\\\n)+.*)", path.read_text("utf-8"), flags=re.MULTILINE)
        lines = re.findall(r"^[A-Za-z0-9]\S*==", path.read_text("utf-8"), flags=re.MULTILINE)
        assert pins and len(pins) == len(lines), path.name
        assert not [name for name, hashes in pins if "--hash=sha256:" not in hashes]
    assert '"--require-hashes"' in (ROOT / "config/installing.py").read_text("utf-8")
    held = (ROOT / "tests/browser/checkers/package-lock.json").read_text("utf-8")
    packages = [told for name, told in json.loads(held)["packages"].items() if name]
    assert packages and all(told["integrity"].startswith("sha512-") for told in packages)


LOADS = {"pickle", "cPickle", "dill", "shelve", "marshal", "joblib", "cloudpickle"}
# Of files that the archive itself wrote, into folders of mode 0700; the first says what a pickle may name.
OWN_FILES = {"search/engine/whoosh/files/guarded.py", "search/analysis/spellings.py"}


def test_r47_no_bytes_become_objects_but_those_of_the_archives_own_files() -> None:
    for name in TRACKED:
        if name.endswith(".py") and name.split("/")[0] in {"archive", "search", "config"} and name not in OWN_FILES:
            for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    assert (node.module or "").split(".")[0] not in LOADS, name
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in LOADS:
                    assert node.attr.endswith("Error"), f"{name}:{node.lineno}"

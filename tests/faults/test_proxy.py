"""The nginx of `deploy/` before a real archive: TLS, limits, addresses of readers, an archive that is away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from tests.faults.archive import Archive
from tests.faults.proxy import NAME, Proxy, needs_nginx

pytestmark = needs_nginx


@pytest.fixture
def proxy(archive: Archive, tmp_path: Path) -> Iterator[Proxy]:
    archive.more = {"DIWAN_BEHIND_PROXY": "on", "DIWAN_HTTPS": "on", "DIWAN_HOSTS": f"{NAME},127.0.0.1"}
    archive.more |= {"DIWAN_TRUSTED_ORIGINS": f"https://{NAME}", "DIWAN_GUESSES_OF_ADDRESS": "3", "DIWAN_LOG": "json"}
    archive.serve()
    folder = tmp_path / "proxy"
    folder.mkdir()
    proxy = Proxy(folder, archive.bind)
    proxy.start()
    yield proxy
    proxy.stop()


def test_a_site_behind_the_nginx_of_the_guide(archive: Archive, proxy: Proxy) -> None:
    plain = urllib3.request("GET", f"http://127.0.0.1:{proxy.http}/search/?q=a", headers={"Host": NAME}, redirect=False)
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{NAME}/search/?q=a")

    found = proxy.ask("/search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81")
    assert found.status == 200 and "خلفوف" in found.data.decode()
    assert "max-age" in found.headers["Strict-Transport-Security"] and re.fullmatch(
        r"[0-9a-f]{32}", found.headers["X-Request-ID"]
    ), "nginx names the request, and the archive's log has the name"
    assert "nginx/" not in found.headers["Server"]
    again = proxy.ask("/search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81", If_None_Match=found.headers["ETag"])
    assert again.status == 304

    (style,) = re.findall(r'href="(/static/[^"]+\.css)"', found.data.decode())[:1]
    assert proxy.ask(style).status == 200 == proxy.ask(style).status
    assert list((proxy.folder / "diwan").rglob("*")), "static files are kept"

    sent = proxy.ask("/search/", "POST", body=b"x" * 4_000_000)
    assert sent.status == 413 and "nginx" in sent.data.decode()
    to_the_desk = proxy.ask("/admin/login/", "POST", body=b"x" * 4_000_000)
    assert to_the_desk.status == 413 and "nginx" not in to_the_desk.data.decode(), "the archive bounds these itself"

    missing = proxy.ask("/articles/nothing/")
    assert missing.status == 404
    archive.server.terminate()
    archive.server.wait(60)
    log = [json.loads(line) for line in archive.log.read_text("utf-8").splitlines()]
    assert "Starting gunicorn" in log[0]["message"]
    assert [line["message"] for line in log if line["request"] == missing.headers["X-Request-ID"]]
    away = proxy.ask("/")
    assert (away.status, away.headers["Retry-After"], away.headers["Cache-Control"]) == (503, "30", "no-store")
    assert 'lang="fa" dir="rtl"' in away.data.decode()


def test_the_address_of_a_reader_is_the_one_that_nginx_saw(proxy: Proxy) -> None:
    """Whatever the reader says of it: guesses of a password are counted all the same."""
    page = proxy.ask("/admin/login/")
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.data.decode())
    headers = {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"https://{NAME}/admin/login/"}
    headers["Cookie"] = page.headers["Set-Cookie"].partition(";")[0]

    def guess(number: int) -> int:
        form = f"csrfmiddlewaretoken={token}&username=name{number}&password=wrong"
        return proxy.ask("/admin/login/", "POST", form, **headers, X_Forwarded_For=f"10.0.0.{number}").status

    assert [guess(number) for number in range(3)] == [200, 200, 429]

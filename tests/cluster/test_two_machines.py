"""Two machines behind nginx: one database, one cluster, one object store and one cache; folders of their own.

Each runs all that `serve` runs: web, writer, worker. What one does the other knows.
"""

from __future__ import annotations

import os
import re
import signal
import tempfile
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3
from urllib3.exceptions import HTTPError

from tests import postgresql
from tests.cache_server import PASSWORD as CACHE_PASSWORD
from tests.cache_server import CacheServer
from tests.cluster.nodes import SearchNodes
from tests.faults.archive import PASSWORD, Archive, free_port
from tests.faults.proxy import NAME, Proxy, needs_nginx
from tests.object_store.server import SECRET, ObjectStore

pytestmark = [
    needs_nginx,
    pytest.mark.skipif(not postgresql.BINARIES, reason=postgresql.NOT_INSTALLED),
]

KNOWN = f"""
from django.contrib.auth.models import User
user = User.objects.get(username="curator")
user.set_password({PASSWORD!r})
user.save()
"""
REPORT = """<html><head><title>مشاورات سياسية في {city}</title></head><body><article>
<p>عقد معالي وزير الخارجية اليوم جولة مشاورات سياسية مع نظيره في مدينة {city}، وبحثا العلاقات الثنائية بين البلدين.</p>
<p>وأكد الجانبان أهمية مواصلة التشاور والتنسيق في القضايا ذات الاهتمام المشترك على المستويين الإقليمي والدولي.</p>
</article></body></html>"""


class Machine(Archive):
    """An archive's folders and processes on a machine, asked as nginx asks it."""

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> urllib3.BaseHTTPResponse:
        named = {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        address = f"http://{self.bind}{path}"
        try:
            return urllib3.request(method, address, headers=named, body=body, timeout=60, retries=False, redirect=False)
        except HTTPError as error:
            raise AssertionError(self.log.read_text("utf-8", "replace")[-3000:]) from error

    def sign_in(self, name: str, password: str) -> urllib3.BaseHTTPResponse:
        page = self.ask("/admin/login/")
        (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.data.decode())
        form = {"csrfmiddlewaretoken": token, "username": name, "password": password, "next": "/admin/"}
        about = {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"https://{NAME}/admin/login/"}
        about["Cookie"] = page.headers["Set-Cookie"].partition(";")[0]
        return self.ask("/admin/login/", "POST", urllib.parse.urlencode(form), **about)

    def publish(self, city: str) -> str:
        """Take a report in, published; its identifier."""
        path = self.folder / f"{city}.html"
        path.write_text(REPORT.format(city=city), "utf-8")
        told = self.run("manage.py", "import_articles", str(path), "--publish")
        return re.findall(r"added\s+\S+: (\w+)", told)[0]

    def finds(self, city: str) -> bool:
        page = self.ask(f"/search/?q={urllib.parse.quote(city)}&lang=ar", Accept_Language="en")
        return page.status == 200 and f"<mark>{city}" in page.data.decode()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory, one_node: SearchNodes) -> Iterator[tuple[Machine, Machine]]:
    objects = ObjectStore(tmp_path_factory.mktemp("objects"))
    cache = CacheServer(tmp_path_factory.mktemp("cache"), free_port())
    objects.start()
    cache.start()
    with postgresql.cluster() as database:
        shared = {
            "DIWAN_DATABASE": database.create("diwan"),
            "DIWAN_SEARCH": f"opensearch://{one_node.addresses[0].removeprefix('http://')}/two-machines",
            "DIWAN_SEARCH_REPLICAS": "0",
            "DIWAN_SEARCH_MS": "20000",
            "DIWAN_CAPTURES": objects.address("archive"),
            "DIWAN_CAPTURES_SECRET": SECRET,
            "DIWAN_CACHE": f"redis://127.0.0.1:{cache.port}/0",
            "DIWAN_CACHE_PASSWORD": CACHE_PASSWORD,
            "DIWAN_HTTPS": "on",
            "DIWAN_BEHIND_PROXY": "on",
            "DIWAN_HOSTS": f"{NAME},127.0.0.1",
            "DIWAN_GUESSES_OF_NAME": "3",
            "DIWAN_HEAVY_PER_MINUTE": "4",
        }
        both = Machine(tmp_path_factory.mktemp("first")), Machine(tmp_path_factory.mktemp("second"))
        try:
            for machine in both:
                machine.folder.chmod(0o700)
                machine.always = shared
                machine.run("manage.py", "prepare", timeout=600)
            both[0].run("manage.py", "shell", "-c", KNOWN)  # the account of the first run
            for machine in both:
                machine.serve("manage.py", "serve")
            yield both
        finally:
            for machine in both:
                machine.stop_all()
            objects.stop()
            cache.stop()


def test_what_one_publishes_the_other_finds_and_shows_with_its_original(machines: tuple[Machine, Machine]) -> None:
    first, second = machines
    assert not second.finds("كارتاخينا")
    identifier = first.publish("كارتاخينا")
    second.until(lambda: second.finds("كارتاخينا"), "the second machine finds it")
    assert "كارتاخينا" in second.ask(f"/articles/{identifier}/original/").data.decode()
    assert not (second.folder / "captures").exists() or not list((second.folder / "captures").rglob("*"))


def test_who_signs_in_at_one_is_known_at_the_other(machines: tuple[Machine, Machine]) -> None:
    first, second = machines
    signed = first.sign_in("curator", PASSWORD)
    assert signed.status == 302
    (session,) = re.findall(r"(\S*sessionid=\w+)", signed.headers["Set-Cookie"])
    assert second.ask("/admin/", Cookie=session).status == 200
    assert second.ask("/admin/").status == 302


def test_wrong_passwords_and_heavy_questions_are_counted_together(machines: tuple[Machine, Machine]) -> None:
    first, second = machines
    guessed = [machine.sign_in("nobody", "wrong").status for machine in (first, second, first, second)]
    assert guessed == [200, 200, 429, 429]
    statuses = [
        machine.ask("/search/export/?q=%D9%82%D8%B7%D8%B1&format=csv").status for machine in (first, second) * 5
    ]
    assert statuses.count(429) >= 2, "four a minute of both, not of each; a minute may end between"


def test_a_page_that_one_made_serves_the_readers_of_the_other(machines: tuple[Machine, Machine]) -> None:
    pages = [machine.ask("/search/?q=%D9%85%D8%B4%D8%A7%D9%88%D8%B1%D8%A7%D8%AA&sort=oldest") for machine in machines]
    assert pages[0].headers["ETag"] == pages[1].headers["ETag"] and pages[0].data == pages[1].data


def test_with_one_machine_gone_nginx_and_the_writer_go_on_with_the_other(machines: tuple[Machine, Machine]) -> None:
    first, second = machines
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # noqa: S103, PTH101 - nginx's own user reads it
        proxy = Proxy(Path(folder), first.bind, second.bind)
        proxy.start()
        try:
            assert {proxy.ask("/search/?q=a").status for _number in range(4)} == {200}
            for process in first.processes:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
            first.until(lambda: first.status("/healthz") == 0, "the first machine is gone")
            assert [proxy.ask(f"/search/?q=a&page=1&n={number}").status for number in range(10)] == [200] * 10
            second.publish("ماراكايبو")
            second.until(lambda: second.finds("ماراكايبو"), "the writer of the second machine is elected")
        finally:
            proxy.stop()

"""R33, R35, R36, R38: what is fetched and what leaves: no private place, no broken cell, header or feed."""

from __future__ import annotations

import csv
import io
import json
import socket
import time
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from archive.articles.models import Article
from archive.fetching.errors import FetchError
from archive.fetching.fetch import Limits, Reach, fetch
from tests.conftest import ADMIN
from tests.unit.archive.fetching.site import page, redirect, served

pytestmark = pytest.mark.django_db
PRIVATE = [
    "http://127.0.0.1/", "http://127.1/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/",
    "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://10.1.2.3/",
    "http://172.16.0.1/", "http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/",
    "http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
    "http://localhost/", "http://LOCALHOST./", "http://ip6-localhost/", "file:///etc/passwd", "gopher://127.0.0.1/",
    "ftp://127.0.0.1/", "dict://127.0.0.1:11211/", "http://127.0.0.1:22/", "http://a.example:8080/", "http://u:p@a.example/",
    "http://a.example\\@127.0.0.1/", "http://a.example/\r\nHost: b", "//127.0.0.1/", "data:text/html,x", "http:///x",
]  # fmt: skip


@pytest.fixture
def asked_of(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The places to which a connection is begun; none is made."""
    begun: list[Any] = []

    def noted(*arguments: Any, **_named: Any) -> None:
        begun.append(arguments)
        raise OSError("no connection is made here")

    monkeypatch.setattr(socket.socket, "connect", noted)
    monkeypatch.setattr(socket, "create_connection", noted)
    return begun


@pytest.mark.parametrize("address", PRIVATE)
def test_r33_a_private_place_is_refused_before_a_byte_is_sent(asked_of: list[Any], address: str) -> None:
    with pytest.raises(FetchError):
        fetch(address, reach=Reach(agent="DiwanTest"), limits=Limits(seconds=2.0, bytes=1000))
    assert asked_of == []


def test_r33_a_name_that_leads_elsewhere_a_moment_later_is_asked_where_it_was_looked_at(
    monkeypatch: pytest.MonkeyPatch, asked_of: list[Any]
) -> None:
    """DNS rebinding: the first answer is public, every later one is the machine itself."""
    answers = iter(["93.184.216.34"])
    reach = Reach(agent="DiwanTest", resolver=lambda _host, _port: [next(answers, "127.0.0.1")])
    with pytest.raises(FetchError):
        fetch("http://rebind.example/", reach=reach, limits=Limits(seconds=2.0, bytes=1000))
    assert asked_of and "127.0.0.1" not in repr(asked_of)


def test_r33_a_page_that_never_ends_or_drips_is_given_up() -> None:
    limits = Limits(seconds=1.5, bytes=100_000)
    with served() as site:
        site.pages["/endless"] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + bytes(1 << 21)
        site.pages["/round"] = redirect("/round")
        site.pages["/away"] = redirect("http://169.254.169.254/")
        site.pages["/lies"] = page(b"x", length=10**12)
        for path in ("/endless", "/round", "/away", "/lies"):
            began = time.monotonic()
            with pytest.raises(FetchError):
                fetch(site.address(path), reach=Reach(agent="DiwanTest", loopback=True), limits=limits)
            assert time.monotonic() - began < 10


FORMULAS = ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", " =1", "\u200f=1", "'=1"]


@pytest.mark.parametrize("typed", FORMULAS)
@pytest.mark.parametrize("address", ["/search/export/?format=csv", "/search/concordance/?q=قطر&format=csv"])
def test_r35_no_cell_begins_a_formula_and_json_is_unchanged(
    five: dict[str, Article], ramin: Client, typed: str, address: str
) -> None:
    Article.objects.filter(pk=five["000"].pk).update(title=typed, kicker=typed)
    answer = ramin.get(address)
    text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    for row in csv.reader(io.StringIO(text)):
        assert not [cell for cell in row if cell.lstrip(" \u200f")[:1] in set("=+-@＝＋－＠\t\r")]
    lines = b"".join(ramin.get("/search/export/?format=jsonl").streaming_content).decode().splitlines()
    assert typed in [json.loads(line)["title"] for line in lines]


SPLITTING = [
    "a\r\nSet-Cookie: x=1",
    "a\nX-Evil: 1",
    "a%0d%0aX-Evil: 1",
    "\u560d\u560aX-Evil: 1",
    "a\x0bX-Evil:1",
    "a\x85b",
]


@pytest.mark.parametrize("typed", SPLITTING)
@pytest.mark.parametrize(
    ("address", "name"),
    [("/search/export/?format=csv", "q"), ("/search/", "ui"), ("/account/sign-in/", "next"), (ADMIN, "next"),
     ("/search/picture.png", "q"), ("/feeds/rss/", "q"), ("/shelf/", "a")],
)  # fmt: skip
def test_r36_nothing_typed_makes_a_header(
    five: dict[str, Article], ramin: Client, address: str, name: str, typed: str
) -> None:
    answer = ramin.get(address, {name: typed} | ({"format": "csv"} if "format" in address else {}))
    assert answer.status_code < 500
    assert "X-Evil" not in answer.headers and "x" not in answer.cookies
    assert not [value for value in answer.headers.values() if set("\r\n\v\x85") & set(value)]


HARD = ["]]>", "\x0b\x1f", "\ufffe", "<!--", "&amp;&", "a" * 2_000_000, ""]


@pytest.mark.parametrize("number", range(len(HARD)))
@pytest.mark.parametrize(
    "address",
    [
        "/feeds/rss/",
        "/feeds/atom/",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    ],
)
def test_r38_what_machines_read_is_well_formed_whatever_an_article_holds(
    five: dict[str, Article], ramin: Client, address: str, number: int
) -> None:
    text = HARD[number]
    Article.objects.filter(pk=five["000"].pk).update(title=f"خبر {text[:400]}", body=f"فقرة {text}\n\nأخرى")
    answer = ramin.get(address)
    assert answer.status_code == 200
    ElementTree.fromstring(b"".join(answer.streaming_content) if answer.streaming else answer.content)


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_r38_a_feed_of_nothing_is_a_feed_and_one_that_did_not_change_is_not_sent_again(
    five: dict[str, Article], ramin: Client, kind: str
) -> None:
    parsed = feedparser.parse(ramin.get(f"/feeds/{kind}/", {"q": "كلمة لا توجد هنا"}).content)
    assert parsed.version and not parsed.entries and not parsed.bozo
    first = ramin.get(f"/feeds/{kind}/")
    names = [entry.id for entry in feedparser.parse(first.content).entries]
    assert len(names) == 5 and names == [
        entry.id for entry in feedparser.parse(ramin.get(f"/feeds/{kind}/").content).entries
    ]
    assert ramin.get(f"/feeds/{kind}/", headers={"if-none-match": first.headers["ETag"]}).status_code == 304

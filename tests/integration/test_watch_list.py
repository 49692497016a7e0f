"""Feeds and site maps that are watched, on real servers: what they name for the first time becomes a draft."""

from __future__ import annotations

import datetime
import gzip
import io
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.articles.models import Article
from archive.fetching import feeds, feeds_apart
from archive.intake import addresses, watching
from archive.intake.models import Accession, WatchedFeed
from archive.work.management.commands.work import work_off
from tests.integration.test_addresses import HTML, report
from tests.unit.archive.fetching.site import Behaviour, Site, page, served

pytestmark = pytest.mark.django_db


def rss(site: Site, *paths: str) -> bytes:
    items = "".join(f"<item><title>{path}</title><link>{site.address(path)}</link></item>" for path in paths)
    return page(
        f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(),
        "Content-Type: application/rss+xml",
        'ETag: "7"',
    )


@pytest.fixture
def site(captures_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(addresses, "_paces", {})
    with served() as site:
        site.pages |= {f"/{number}": page(report(number), HTML) for number in range(5)}
        yield site


def looked() -> str:
    told = io.StringIO()
    call_command("watch_feeds", all=True, stdout=told)
    return told.getvalue()


def drafts() -> int:
    return Article.objects.filter(title__startswith="خبر رقم", status="draft").count()


def test_pages_that_a_feed_names_for_the_first_time_become_drafts(site: Site) -> None:
    site.pages["/feed"] = rss(site, "/0", "/1")
    WatchedFeed.objects.create(address=site.address("/feed"), source="الشرق")
    assert "2 pages, 2 new" in looked() and drafts() == 2
    assert Article.objects.get(title="خبر رقم 0").source_as_printed == "الشرق"
    site.pages["/feed"] = rss(site, "/0", "/1", "/2")
    assert "3 pages, 1 new" in looked() and drafts() == 3
    assert Accession.objects.filter(way="feed").count() == 2


def test_a_feed_is_asked_whether_it_changed(site: Site) -> None:
    site.pages["/feed"] = rss(site, "/0")
    WatchedFeed.objects.create(address=site.address("/feed"))
    looked()
    site.pages["/feed"] = b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
    assert "0 pages, 0 new" in looked()
    assert 'If-None-Match: "7"\r\n' in site.heads[-1]


def test_an_index_of_site_maps_is_followed(site: Site) -> None:
    maps = "".join(f"<sitemap><loc>/map-{number}.xml</loc></sitemap>" for number in range(2))
    site.pages["/sitemap.xml"] = page(f"<sitemapindex>{maps}</sitemapindex>".encode())
    for number in range(2):
        site.pages[f"/map-{number}.xml"] = page(f"<urlset><url><loc>/{number}</loc></url></urlset>".encode())
    WatchedFeed.objects.create(address=site.address("/sitemap.xml"))
    assert "2 pages, 2 new" in looked() and drafts() == 2


def test_a_feed_that_fails_stops_no_other_and_is_looked_at_more_seldom(site: Site) -> None:
    site.pages["/feed"] = rss(site, "/0")
    site.pages["/broken"] = page(b"<html>no feed</html>")
    broken = WatchedFeed.objects.create(address=site.address("/broken"), minutes=60)
    WatchedFeed.objects.create(address=site.address("/feed"))
    for failures, hours in ((1, 2), (2, 4), (3, 8), (4, 16), (5, 24), (6, 24)):
        looked()
        broken.refresh_from_db()
        assert (broken.failures, round((broken.next_at - timezone.now()) / datetime.timedelta(hours=1))) == (
            failures,
            hours,
        )
    assert "neither a feed nor a site map" in broken.told and drafts() == 1


def test_a_feed_is_looked_at_when_it_is_due_and_not_before(site: Site) -> None:
    site.pages["/feed"] = rss(site, "/0")
    feed = WatchedFeed.objects.create(address=site.address("/feed"), minutes=60)
    assert watching.begin_due() == 1
    assert watching.begin_due() == 0
    work_off()
    feed.refresh_from_db()
    assert feed.looked_at and feed.next_at > timezone.now() + datetime.timedelta(minutes=50)


def test_a_feed_that_is_watched_no_more_is_left_alone(site: Site) -> None:
    WatchedFeed.objects.create(address=site.address("/feed"), is_active=False)
    looked()
    assert not site.asked


def drips(line: socket.socket, _path: str) -> None:
    """An answer that goes on, a few bytes at a time."""
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        line.sendall(b"<item/>")
        time.sleep(0.05)


def pours(line: socket.socket, _path: str) -> None:
    """An answer that goes on, as fast as it is taken."""
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>")
    while True:
        line.sendall(b"<item><link>/1</link></item>" * 1000)


LAUGHS = """<?xml version="1.0" encoding="{}"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>
<rss version="2.0"><channel><item><title>&c;</title><link>/1</link></item></channel></rss>"""
GZIP = "Content-Encoding: gzip"
HOSTILE: dict[str, tuple[bytes | Behaviour, str]] = {
    "100 MB": (page(b"", length=100 * 1024 * 1024), "the answer has more than 10,485,760 bytes"),
    "without end": (pours, "the answer has more than 200,000 bytes"),
    "dripping": (drips, "no whole answer in time"),
    "packed on the way": (page(gzip.compress(bytes(5_000_000)), GZIP), "the answer has more than 200,000 bytes"),
    "packed on the site": (page(gzip.compress(bytes(5_000_000))), "the site map has more than 1,000,000 bytes"),
    "damaged packing": (page(b"\x1f\x8b\x08" + bytes(50), GZIP), "no answer that can be read"),
    "damaged file": (page(gzip.compress(b"<rss/>")[:12] + bytes(50)), "cannot be unpacked"),
    "entities": (page(LAUGHS.format("utf-8").encode()), "DTD not allowed"),
    "entities in UTF-16": (page(LAUGHS.format("utf-16").encode("utf-16")), "DTD not allowed"),
    "tags by the thousand": (page(b"<rss><channel>" + b"<a>" * 60_000), "more than 1 seconds or"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_is_told_of_and_the_others_go_on(
    site: Site, name: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FETCH_SECONDS, settings.CAPTURE_MAX_BYTES = 3, 10_485_760 if name == "100 MB" else 200_000
    monkeypatch.setattr(feeds, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(feeds_apart, "SECONDS", 1)
    site.pages["/a"], told = HOSTILE[name]
    site.pages["/feed"] = rss(site, "/0", "/1")
    hostile = WatchedFeed.objects.create(address=site.address("/a"))
    WatchedFeed.objects.create(address=site.address("/feed"))
    assert "2 pages, 2 new" in looked() and drafts() == 2
    hostile.refresh_from_db()
    assert told in hostile.told and hostile.failures == 1 and hostile.next_at > timezone.now()


@pytest.mark.parametrize(
    ("language", "refused", "named"), [("ar", "ليس هذا خلاصة", "الجديد منها: 1"), ("fa", "نه خوراک", "تازه: 1")]
)
def test_what_became_of_a_look_is_told_in_the_language_of_who_reads_it(
    site: Site, layla: Client, language: str, refused: str, named: str
) -> None:
    site.pages |= {"/feed": rss(site, "/0"), "/broken": page(b"<html>no feed</html>")}
    for path in ("/feed", "/broken"):
        WatchedFeed.objects.create(address=site.address(path))
    looked()
    there = reverse("admin:intake_watchedfeed_changelist")
    listed = layla.get(there, headers={"Accept-Language": language}).content.decode()
    assert refused in listed and named in listed and "pages" not in listed and "neither" not in listed


def test_of_a_feed_that_names_more_than_is_read_the_first_are_taken_in_by_several_looks(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 3)
    monkeypatch.setattr(watching, "MOST_PAGES", 2)
    site.pages["/feed"] = rss(site, "/0", "/1", "/2", "/3", "/4")
    feed = WatchedFeed.objects.create(address=site.address("/feed"))
    told = looked()
    assert "3 pages, 3 new · 1 of them with the next looks" in told and drafts() == 2
    assert "it names more than 3 pages, the others are not read" in told
    feed.refresh_from_db()
    assert feed.etag == "", "the site is not asked whether it changed before all is taken in"
    assert "3 pages, 1 new ·" in looked() and drafts() == 3


def test_site_maps_of_an_index_that_are_not_read_are_told_of(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOST_MAPS", 2)
    maps = "".join(f"<sitemap><loc>/map-{number}.xml</loc></sitemap>" for number in range(3))
    site.pages["/sitemap.xml"] = page(f"<sitemapindex>{maps}</sitemapindex>".encode(), 'ETag: "7"')
    site.pages["/map-0.xml"] = page(b"<urlset><url><loc>/0</loc></url><url><loc>http://[</loc></url></urlset>")
    feed = WatchedFeed.objects.create(address=site.address("/sitemap.xml"))
    looked()
    feed.refresh_from_db()
    assert feed.told.startswith("1 pages, 1 new · ") and drafts() == 1
    assert "1 of its site maps are not read" in feed.told and "/map-1.xml: the site answers with the" in feed.told
    site.pages["/map-1.xml"] = page(b"<urlset><url><loc>/1</loc></url></urlset>")
    assert "2 pages, 1 new" in looked() and drafts() == 2, "what could not be read is asked for again"


@pytest.mark.parametrize(
    ("answer", "times"), [("503 Busy", watching.MOST_TRIES), ("429 Slowly", watching.MOST_TRIES), ("410 Gone", 1)]
)
def test_a_page_that_its_site_could_not_give_is_tried_again_though_the_feed_is_unchanged(
    site: Site, answer: str, times: int
) -> None:
    site.pages |= {"/feed": rss(site, "/0", "/1"), "/1": page(b"", HTML, status=answer)}
    feed = WatchedFeed.objects.create(address=site.address("/feed"))
    looked()
    site.pages["/feed"] = b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
    for _look in range(watching.MOST_TRIES + 1):
        looked()
    assert (site.asked.count("/0"), site.asked.count("/1"), drafts()) == (1, times, 1)
    feed.refresh_from_db()
    assert feed.told == "0 pages, 0 new", "it is given up"


def test_a_page_that_was_away_for_an_hour_is_taken_in(site: Site) -> None:
    site.pages |= {"/feed": rss(site, "/0"), "/0": page(b"", HTML, status="503 Busy")}
    WatchedFeed.objects.create(address=site.address("/feed"))
    looked()
    site.pages |= {"/feed": rss(site), "/0": page(report(0), HTML)}
    assert "0 pages, 0 new · 1 tried again" in looked() and drafts() == 1
    assert "0 pages, 0 new\n" in looked() and site.asked.count("/0") == 2


def test_an_address_longer_than_the_name_of_an_item_is_asked_for_once(site: Site) -> None:
    long = "/" + "a" * 1500
    site.pages["/feed"] = rss(site, long)
    WatchedFeed.objects.create(address=site.address("/feed"))
    for _look in range(2):
        looked()
    assert site.asked.count(long) == 1

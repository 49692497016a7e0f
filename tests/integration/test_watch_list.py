"""Feeds and site maps that are watched, on real servers: what they name for the first time becomes a draft."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from archive.articles.models import Article
from archive.intake import addresses, watching
from archive.intake.models import Accession, WatchedFeed
from archive.work.management.commands.work import work_off
from tests.integration.test_addresses import HTML, report
from tests.unit.archive.fetching.site import Site, page, served

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
    assert "neither a feed nor a site map" in broken.note and drafts() == 1


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

"""What feeds and site maps name."""

from __future__ import annotations

import datetime
import gzip
import json

import pytest

from archive.fetching import feeds_apart
from archive.fetching.errors import TooLarge
from archive.fetching.feeds import MOST_ENTRIES, Feed, FeedEntry, NoFeed, read_feed
from archive.fetching.feeds_apart import read_bounded

AT = "https://news.example/feed"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>اخبار</title>
<item><title>مشاورات سياسية</title><link>/a/1</link><pubDate>Mon, 26 Oct 2020 10:00:00 +0300</pubDate></item>
<item><title>بلا رابط</title></item></channel></rss>""".encode()
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>رایزنی</title><link href="https://news.example/a/2"/>
<updated>2023-10-04T23:23:00+03:30</updated></entry></feed>""".encode()
MAP = b"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/a/3</loc><news:news>
<news:publication_date>2024-05-01</news:publication_date><news:title>T</news:title></news:news></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/map-1.xml</loc></sitemap>
<sitemap><loc>https://news.example/map-2.xml.gz</loc></sitemap></sitemapindex>"""


def day(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[misc, arg-type]


def test_rss_atom_and_json_feeds_name_pages_with_title_and_time() -> None:
    assert read_feed(RSS, AT).entries == (
        FeedEntry("https://news.example/a/1", "مشاورات سياسية", day(2020, 10, 26, 7)),
    )
    assert read_feed(ATOM, AT).entries == (FeedEntry("https://news.example/a/2", "رایزنی", day(2023, 10, 4, 19, 53)),)
    items = [{"url": "/a/4", "title": "خبر", "date_published": "2024-01-01T00:00:00Z"}, {"id": 7}, "x"]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    assert read_feed(feed, AT).entries == (FeedEntry("https://news.example/a/4", "خبر", day(2024, 1, 1)),)


def test_a_site_map_names_pages_and_an_index_site_maps() -> None:
    assert read_feed(MAP, AT).entries == (FeedEntry("https://news.example/a/3", "T", day(2024, 5, 1)),)
    assert read_feed(gzip.compress(MAP), AT) == read_feed(MAP, AT)
    index = read_feed(INDEX, "https://news.example/sitemap.xml")
    assert (index.kind, index.more) == (
        "index",
        ("https://news.example/map-1.xml", "https://news.example/map-2.xml.gz"),
    )


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss version="2.0">
<channel><item><title>&b;</title><link>https://news.example/</link></item></channel></rss>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><urlset><url><loc>https://a/</loc></url></urlset>"""


@pytest.mark.parametrize("hostile", [BOMB, OUTSIDE, BOMB.replace(b"<rss", b"<urlset")])
def test_entities_are_refused_before_anything_is_read(hostile: bytes) -> None:
    with pytest.raises(NoFeed, match="not allowed"):
        read_feed(hostile, AT)


def test_a_site_map_that_unpacks_to_a_large_one_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_feed(gzip.compress(b"<urlset>" + b" " * (51 * 1024 * 1024)), AT)


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"<html><body>news</body></html>",
        b"{",
        b'{"items": []}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        bytes(100),
        b"\x1f\x8bxx",
    ],
)
def test_what_is_no_feed_is_told(other: bytes) -> None:
    with pytest.raises(NoFeed):
        read_feed(other, AT)


def test_a_broken_feed_gives_what_can_be_read_of_it() -> None:
    assert len(read_feed(RSS[:-30], AT).entries) == 1
    assert len(read_feed(MAP[:-12], AT).entries) == 1


def test_a_link_or_a_date_that_is_none_keeps_no_other_out() -> None:
    broken = b"<item><link>http://[</link></item><item><link>/" + b"a" * 3000 + b"</link></item>"
    later = b"<item><link>/9</link><pubDate>Mon, 26 Oct 99999 10:00:00 +0300</pubDate></item>"
    read = read_feed(RSS.replace(b"<item>", broken + later + b"<item>", 1), AT)
    assert [entry.address for entry in read.entries] == ["https://news.example/9", "https://news.example/a/1"]
    rows = [{"url": "http://["}, {"url": 7}, {"url": "/a/4"}]
    told = json.dumps({"version": "https://jsonfeed.org/version/1", "items": rows}).encode()
    assert [entry.address for entry in read_feed(told, AT).entries] == ["https://news.example/a/4"]
    assert not read_feed(b"<urlset><url><loc>http://[</loc></url><url/></urlset>", AT).entries


def test_a_feed_of_20_000_entries_is_read_apart_and_cut_where_reading_ends() -> None:
    items = "".join(f"<item><title>خبر</title><link>/{number}</link></item>" for number in range(20_000))
    read = read_bounded(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), AT)
    assert len(read.entries) == MOST_ENTRIES and read.is_cut
    assert read.entries[-1] == FeedEntry(f"https://news.example/{MOST_ENTRIES - 1}", "خبر")


@pytest.mark.parametrize("body", [RSS, ATOM, MAP, INDEX, gzip.compress(MAP)])
def test_what_is_read_apart_is_what_is_read_here(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds_apart, "SMALL", 0)
    assert read_bounded(body, AT) == read_feed(body, AT) != Feed("feed")


def test_the_process_that_reads_a_feed_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds_apart, "MEMORY", 40 << 20)
    rows = b'{"version":"https://jsonfeed.org/version/1","items":[' + b"[]," * 1_000_000 + b"[]]}"
    with pytest.raises(NoFeed, match="more than 15 seconds or 40 MB"):
        read_bounded(rows, AT)
    with pytest.raises(NoFeed, match="DTD not allowed"):
        read_bounded(BOMB + b" " * feeds_apart.SMALL, AT)

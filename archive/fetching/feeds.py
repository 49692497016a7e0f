"""The addresses that a feed or a site map names: RSS, Atom, JSON Feed; site maps and indexes of them."""

from __future__ import annotations

import calendar
import datetime
import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

import feedparser
from lxml import etree  # type: ignore[import-untyped]

from archive.fetching.errors import FetchError, TooLarge

MOST_ENTRIES: Final = 5_000
MOST_BYTES: Final = 50 * 1024 * 1024  # of a site map as unpacked; sitemaps.org allows as many
GZIP: Final = b"\x1f\x8b"
ENTITIES: Final = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[|<!DOCTYPE[^>]*\bSYSTEM\b", re.IGNORECASE)


class NoFeed(FetchError):
    """What came is neither a feed nor a site map, or one that must not be read."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A page that a feed names: its address; title and time as the feed gives them, "" and None where it does not."""

    address: str
    title: str = ""
    published: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed or site map names, the newest first as it has them; `more` are the site maps that an index names."""

    kind: str  # "feed", "sitemap", "index"
    entries: tuple[FeedEntry, ...] = ()
    more: tuple[str, ...] = ()


def read_feed(body: bytes, address: str) -> Feed:
    """Read a feed or site map that came from an address; NoFeed where it is none.

    Entities and external definitions are refused before anything is read: nothing of them can grow or reach out.
    """
    body = _unpacked(body)
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _json_feed(body, address)
    if ENTITIES.search(body):
        raise NoFeed("the feed defines entities of its own (DTD not allowed)")
    if b"<urlset" in start or b"<sitemapindex" in start:
        return _site_map(body, address)
    return _xml_feed(body, address)


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(GZIP):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as file:
            unpacked = file.read(MOST_BYTES + 1)
    except (OSError, EOFError) as error:
        raise NoFeed("the site map is packed and cannot be unpacked") from error
    if len(unpacked) > MOST_BYTES:
        raise TooLarge(f"the site map has more than {MOST_BYTES:,} bytes")
    return unpacked


def _xml_feed(body: bytes, address: str) -> Feed:
    parsed = feedparser.parse(io.BytesIO(body), response_headers={"content-location": address})
    if not parsed.get("version"):
        raise NoFeed("this is neither a feed nor a site map")
    entries = []
    for row in parsed.entries[:MOST_ENTRIES]:
        if link := str(row.get("link") or ""):
            time = row.get("published_parsed") or row.get("updated_parsed")
            published = datetime.datetime.fromtimestamp(calendar.timegm(time), datetime.UTC) if time else None
            entries.append(FeedEntry(urljoin(address, link), str(row.get("title") or ""), published))
    return Feed("feed", tuple(entries))


def _json_feed(body: bytes, address: str) -> Feed:
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoFeed("this is neither a feed nor a site map") from error
    rows = whole.get("items") if isinstance(whole, dict) else None
    if not isinstance(rows, list) or "jsonfeed.org" not in str(whole.get("version")):
        raise NoFeed("this is neither a feed nor a site map")
    return Feed("feed", tuple(_json_entries(rows[:MOST_ENTRIES], address)))


def _json_entries(rows: list[Any], address: str) -> Iterator[FeedEntry]:
    for row in rows:
        link = row.get("url") or row.get("external_url") if isinstance(row, Mapping) else None
        if isinstance(link, str) and link:
            yield FeedEntry(urljoin(address, link), str(row.get("title") or ""), _instant(row.get("date_published")))


def _site_map(body: bytes, address: str) -> Feed:
    kind, entries, more = "sitemap", [], []
    reading = etree.iterparse(
        io.BytesIO(body), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    for _event, node in reading:
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name not in {"url", "sitemap"}:
            continue
        values = {etree.QName(child).localname: (child.text or "").strip() for child in node.iter("{*}*")}
        node.clear()
        link = urljoin(address, values.get("loc", ""))
        if name == "sitemap":
            kind = "index"
            more.append(link)
        else:
            published = _instant(values.get("publication_date") or values.get("lastmod"))
            entries.append(FeedEntry(link, values.get("title", ""), published))
        if len(entries) + len(more) >= MOST_ENTRIES:
            break
    return Feed(kind, tuple(entries), tuple(more))


def _instant(told: object) -> datetime.datetime | None:
    try:
        instant = datetime.datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=datetime.UTC)

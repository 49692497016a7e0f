"""The addresses that a feed or a site map names: RSS, Atom, JSON Feed; site maps and indexes of them."""

from __future__ import annotations

import calendar
import datetime
import gzip
import io
import itertools
import json
import re
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

import feedparser
from lxml import etree  # type: ignore[import-untyped]

from archive.fetching.errors import FetchError, TooLarge, gettext_noop

MOST_ENTRIES: Final = 5_000  # of a feed
MOST_OF_A_MAP: Final = 50_000  # pages of a site map; sitemaps.org allows as many
MOST_LETTERS: Final = 2000  # of an address; longer ones are fetched from nowhere
MOST_BYTES: Final = 50 * 1024 * 1024  # of a site map as unpacked; sitemaps.org allows as many
ENTITIES_OF_ITS_OWN: Final = gettext_noop("the feed defines entities of its own (DTD not allowed)")
CANNOT_UNPACK: Final = gettext_noop("the site map is packed and cannot be unpacked")
LONG_MAP: Final = gettext_noop("the site map has more than %(most)s bytes")
NEITHER: Final = gettext_noop("this is neither a feed nor a site map")
GZIP: Final = b"\x1f\x8b"
ENTITIES: Final = re.compile(rb"<!ENTITY|<!DOCTYPE[^<>\[]*\[|<!DOCTYPE[^<>]*\bSYSTEM\b", re.IGNORECASE)
_OPENS: Final = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>/]")  # an entry of RSS or Atom


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
    """What a feed or site map names, the newest first as it has them; `more` are the site maps that an index names.

    `is_cut` where it names more than is read.
    """

    kind: str  # "feed", "sitemap", "index"
    entries: tuple[FeedEntry, ...] = ()
    more: tuple[str, ...] = ()
    is_cut: bool = False


def read_feed(body: bytes, address: str) -> Feed:
    """Read a feed or site map that came from an address; NoFeed where it is none.

    Entities and external definitions are refused before anything is read: nothing of them can grow or reach out.
    """
    body = unpacked(body)
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _json_feed(body, address)
    if ENTITIES.search(body.replace(b"\0", b"")):  # also in UTF-16
        raise NoFeed(ENTITIES_OF_ITS_OWN)
    if b"<urlset" in start or b"<sitemapindex" in start:
        return _site_map(body, address)
    return _xml_feed(body, address)


def unpacked(body: bytes) -> bytes:
    """A feed or site map that lies gzipped on its site (`sitemap.xml.gz`), unpacked; another body as it is."""
    if not body.startswith(GZIP):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as file:
            whole = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NoFeed(CANNOT_UNPACK) from error
    if len(whole) > MOST_BYTES:
        raise TooLarge(LONG_MAP, most=f"{MOST_BYTES:,}")
    return whole


def _xml_feed(body: bytes, address: str) -> Feed:
    opened = next(itertools.islice(_OPENS.finditer(body), MOST_ENTRIES, None), None)
    body = body[: opened.start()] if opened else body  # reading all to leave most of it out takes minutes
    parsed = feedparser.parse(io.BytesIO(body), response_headers={"content-location": address})
    if not parsed.get("version"):
        raise NoFeed(NEITHER)
    entries = []
    for row in parsed.entries[:MOST_ENTRIES]:
        if link := _joined(address, row.get("link")):
            told = row.get("published_parsed") or dict.get(row, "updated_parsed")  # its own `get` guesses, and warns
            entries.append(FeedEntry(link, str(row.get("title") or ""), _instant_of(told) if told else None))
    return Feed("feed", tuple(entries), is_cut=opened is not None or len(parsed.entries) > MOST_ENTRIES)


def _json_feed(body: bytes, address: str) -> Feed:
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoFeed(NEITHER) from error
    rows = whole.get("items") if isinstance(whole, dict) else None
    if not isinstance(rows, list) or "jsonfeed.org" not in str(whole.get("version")):
        raise NoFeed(NEITHER)
    return Feed("feed", tuple(_json_entries(rows[:MOST_ENTRIES], address)), is_cut=len(rows) > MOST_ENTRIES)


def _json_entries(rows: list[Any], address: str) -> Iterator[FeedEntry]:
    for row in rows:
        if isinstance(row, Mapping) and (link := _joined(address, row.get("url") or row.get("external_url"))):
            yield FeedEntry(link, str(row.get("title") or ""), _instant(row.get("date_published")))


def _joined(address: str, link: object) -> str:
    """A link as an address; "" for what is none, which keeps no other out."""
    try:
        joined = urljoin(address, link) if isinstance(link, str) and link else ""
    except ValueError:  # http://[
        return ""
    return joined if len(joined) <= MOST_LETTERS else ""


def _site_map(body: bytes, address: str) -> Feed:
    kind, is_cut = "sitemap", False
    entries: list[FeedEntry] = []
    more: list[str] = []
    reading = etree.iterparse(
        io.BytesIO(body), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    for _event, node in reading:
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name not in {"url", "sitemap"}:
            continue
        if is_cut := len(entries) + len(more) >= MOST_OF_A_MAP:
            break
        values = {etree.QName(child).localname: (child.text or "").strip() for child in node.iter("{*}*")}
        node.clear()
        link = _joined(address, values.get("loc"))
        if not link:
            continue
        if name == "sitemap":
            kind = "index"
            more.append(link)
        else:
            published = _instant(values.get("publication_date") or values.get("lastmod"))
            entries.append(FeedEntry(link, values.get("title", ""), published))
    return Feed(kind, tuple(entries), tuple(more), is_cut)


def _instant_of(parts: time.struct_time) -> datetime.datetime | None:
    with suppress(ValueError, OverflowError, OSError):
        return datetime.datetime.fromtimestamp(calendar.timegm(parts), datetime.UTC)
    return None


def _instant(told: object) -> datetime.datetime | None:
    try:
        instant = datetime.datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=datetime.UTC)

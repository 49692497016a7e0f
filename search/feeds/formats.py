"""RSS 2.0 and Atom as Django writes them, with the language and direction of every item, and JSON Feed 1.1.

Each item is written by itself, so that it can be kept and stand in other feeds of its kind. What a feed is told
besides, by name: `gone`, what was withdrawn, as `(name, when, reason)`; `links`, the documents that stand around this
one, as `(relation, address)`; `is_archived`, that it is one that keeps its place (RFC 5005).
"""

from __future__ import annotations

import io
import json
from abc import abstractmethod
from html import escape
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.safestring import SafeString, mark_safe
from django.utils.xmlutils import SimplerXMLGenerator

from archive.text.languages import direction
from archive.text.xml import legal

HISTORY: Final = "http://purl.org/syndication/history/1.0"


def content(paragraphs: list[str], language: str) -> SafeString:
    """Paragraphs as HTML that says its language and direction, which feed readers otherwise guess wrong."""
    inside = "".join(f"<p>{escape(legal(paragraph))}</p>" for paragraph in paragraphs)
    return mark_safe(f'<div lang="{escape(language)}" dir="{direction(language)}">{inside}</div>')  # noqa: S308 - escaped


def _links(feed: SyndicationFeed) -> list[tuple[str, str]]:
    """The documents around this one, and the hub that tells of changes of a feed (WebSub), where the site names one."""
    hubs = [("hub", settings.WEBSUB_HUB)] if settings.WEBSUB_HUB and not feed.feed.get("is_archived") else []
    return [*feed.feed.get("links", ()), *hubs]


def sent(feed: Feed) -> HttpResponse:
    """The feed as it is answered; what WebSub asks of the answer's head is there as well."""
    response = HttpResponse(feed.writeString("utf-8"), content_type=f"{feed.content_type.split(';')[0]}; charset=utf-8")
    if hubs := [f'<{address}>; rel="hub"' for relation, address in _links(feed) if relation == "hub"]:
        response.headers["Link"] = ", ".join([*hubs, f'<{feed.feed["feed_url"]}>; rel="self"'])
    return response


class WrittenFeed(SyndicationFeed):
    """A feed of items that are written already: `add_item` writes one, `add_written` takes one that was kept."""

    @classmethod
    def written(cls, **item: Any) -> dict[str, Any]:
        """An item as feeds of this kind hold it, with the dates from which a feed takes its own."""
        alone = cls(title="", link="", description="")
        SyndicationFeed.add_item(alone, **item)
        return {name: item.get(name) for name in ("pubdate", "updateddate")} | {"written": alone.write_item()}

    def add_item(self, *_arguments: Any, **item: Any) -> None:
        self.add_written(self.written(**item))

    def add_written(self, item: dict[str, Any]) -> None:
        self.items.append(item)

    @abstractmethod
    def write_item(self) -> Any:
        """The only item of a feed, not written yet, as it will stand in others."""


class _XmlFeed(WrittenFeed):
    """Stands before the class of Django that knows how items are written."""

    def write_item(self) -> str:
        own = io.StringIO()
        super().write_items(SimplerXMLGenerator(own, "utf-8", short_empty_elements=True))  # type: ignore[misc]
        return own.getvalue()

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        for item in self.items:
            handler.ignorableWhitespace(item["written"])  # which is written as it is


class RssFeed(_XmlFeed, Rss201rev2Feed):
    """RSS 2.0 with `dc:language` on every item."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/", "xmlns:fh": HISTORY}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in _links(self):
            handler.addQuickElement("atom:link", None, {"rel": relation, "href": address})
        if self.feed.get("is_archived"):
            handler.addQuickElement("fh:archive")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["language"])
        if item["source_name"]:
            handler.addQuickElement("dc:source", item["source_name"])


class AtomFeed(_XmlFeed, Atom1Feed):
    """Atom with `xml:lang` on every entry and the text as its content; what is gone has tombstones (RFC 6721)."""

    def root_attributes(self) -> dict[str, str]:
        tombstones = {"xmlns:at": "http://purl.org/atompub/tombstones/1.0"}
        return {**super().root_attributes(), **tombstones, "xmlns:fh": HISTORY}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in _links(self):
            handler.addQuickElement("link", None, {"rel": relation, "href": address})
        if self.feed.get("is_archived"):
            handler.addQuickElement("fh:archive")
        for name, when, reason in self.feed.get("gone", ()):
            handler.startElement("at:deleted-entry", {"ref": name, "when": when.isoformat()})
            if reason:
                handler.addQuickElement("at:comment", reason)
            handler.endElement("at:deleted-entry")

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": item["language"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        name = "summary" if item.get("is_summary") else "content"
        handler.addQuickElement(name, item["description"], {"type": "html"})


class JsonFeed(WrittenFeed):
    """JSON Feed 1.1; what was withdrawn stands in an extension of our own, as tombstones do in Atom."""

    content_type = "application/feed+json; charset=utf-8"

    def write_item(self) -> dict[str, Any]:
        return _json_item(self.items[0])

    def write(self, outfile: Any, encoding: str) -> None:
        links = dict(_links(self))
        told = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            **({"next_url": links["prev-archive"]} if "prev-archive" in links else {}),
            **({"hubs": [{"type": "WebSub", "url": links["hub"]}]} if "hub" in links else {}),
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [item["written"] for item in self.items],
            "_diwan": {
                "about": "https://www.rfc-editor.org/rfc/rfc6721",
                "withdrawn": [
                    {"id": name, "when": when.isoformat(), "reason": reason}
                    for name, when, reason in self.feed.get("gone", ())
                ],
            },
        }
        outfile.write(json.dumps(told, ensure_ascii=False))


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    told = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": str(item["description"]),
        "date_published": item["pubdate"].isoformat(),
        "date_modified": item["updateddate"].isoformat(),
        "authors": [{"name": item["author_name"]}] if item["author_name"] else [],
        "tags": list(item["categories"]),
        "language": item["language"] if item["language"] != "und" else "",
    }
    return {name: value for name, value in told.items() if value}


Feed = RssFeed | AtomFeed | JsonFeed
FORMATS: Final[dict[str, type[Feed]]] = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}  # as addresses name them

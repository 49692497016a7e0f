"""What a page's markup states about its article: title, site, address, moment of publication."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement  # type: ignore[import-untyped]

_META = {
    "og:title": "og:title",
    "twitter:title": "og:title",
    "og:site_name": "og:site_name",
    "og:url": "og:url",
    "application-name": "application-name",
    "dc.publisher": "dc.publisher",
    "publisher": "publisher",
    "article:published_time": "meta-published",
    "datepublished": "meta-published",
    "date": "meta-published",
    "dc.date": "meta-published",
    "dc.date.issued": "meta-published",
    "dcterms.created": "meta-published",
    "pubdate": "meta-published",
    "publishdate": "meta-published",
    "publish-date": "meta-published",
    "parsely-pub-date": "meta-published",
    "sailthru.date": "meta-published",
    "citation_publication_date": "meta-published",
}
_LONGEST = 500
_LONGEST_JSON = 200_000
_NEWS_TYPES = ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "WebPage")


def facts_of(root: HtmlElement) -> list[tuple[str, str, str]]:
    """Return name, printed label and value of each fact, each value once, in order of trust.

    Values are stripped of blanks and cut to 500 characters; nothing is interpreted.
    """
    found: dict[tuple[str, str], str] = {}
    for name, label, value in (*_meta(root), *_links(root), *_linked_data(root), *_titles(root)):
        value = " ".join(value.split())[:_LONGEST]
        if value:
            found.setdefault((name, value), label)
    return [(name, label, value) for (name, value), label in found.items()]


def _meta(root: HtmlElement) -> Iterator[tuple[str, str, str]]:
    for element in root.iter("meta"):
        label = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name := _META.get(label.strip().lower()):
            yield name, label.strip(), element.get("content", "")


def _links(root: HtmlElement) -> Iterator[tuple[str, str, str]]:
    for element in root.iter("link"):
        if "canonical" in element.get("rel", "").lower().split():
            yield "canonical", "canonical", element.get("href", "")


def _titles(root: HtmlElement) -> Iterator[tuple[str, str, str]]:
    head = root.find("head")
    title = head.find("title") if head is not None else None
    if title is not None:
        yield "title", "title", title.text_content()


def _linked_data(root: HtmlElement) -> Iterator[tuple[str, str, str]]:
    for script in root.iter("script"):
        if script.get("type", "").lower().strip() == "application/ld+json":
            for item in _items(script.text or ""):
                yield from _facts_of_item(item)


def _items(text: str) -> list[dict[str, Any]]:
    if len(text) > _LONGEST_JSON:
        return []
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    graph = data.get("@graph", [data]) if isinstance(data, dict) else data
    return [item for item in graph if isinstance(item, dict)] if isinstance(graph, list) else []


def _facts_of_item(item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    kinds = item.get("@type")
    if not any(kind in _NEWS_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])):
        return
    publisher = item.get("publisher")
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    for name, label, value in (
        ("meta-published", "datePublished", item.get("datePublished")),
        ("publisher", "publisher", named),
        ("og:title", "headline", item.get("headline")),
    ):
        if isinstance(value, str):
            yield name, label, value

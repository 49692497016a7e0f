"""What a page's markup states about its article: title, site, address, moment of publication."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from archive.extraction.page.furniture import rule_of

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
    "og:article:published_time": "meta-published",
    "article:published": "meta-published",
    "article_date_original": "meta-published",
    "dc.date.created": "meta-published",
    "dcterms.date": "meta-published",
    "dcterms.issued": "meta-published",
    "publication_date": "meta-published",
    "publication-date": "meta-published",
    "published_date": "meta-published",
    "cxenseparse:recs:publishtime": "meta-published",
    "dc.identifier": "item-code",
    "article_id": "item-code",
    "article-id": "item-code",
    "articleid": "item-code",
    "news_id": "item-code",
    "newsid": "item-code",
    "nid": "item-code",
    "parsely-post-id": "item-code",
    "author": "author",
    "article:author": "author",
    "dc.creator": "author",
}
_PUBLISHED = frozenset(
    {"datepublished", "dc:date", "dc:created", "dcterms:created", "schema:datepublished", "dcterms:issued"}
)
"""What an element of the page says of itself by ``itemprop`` or, in RDFa, ``property``, several to an attribute."""

_LONGEST = 500
_NEAR = 40
"""Ancestors of an element that are looked at."""

_LONGEST_JSON = 200_000
_NEWS_TYPES = frozenset(
    "NewsArticle Article ClaimReview ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle"
    " SocialMediaPosting BlogPosting LiveBlogPosting Report WebPage".split()
)
_SITE_TYPES = frozenset({"NewsMediaOrganization", "WebSite", "Organization"})
OF_OTHERS = frozenset({"related-list", "comments", "quoted-post", "sidebar"})


def facts_of(root: HtmlElement) -> list[tuple[str, str, str]]:
    """Return name, printed label and value of each fact, each value once, in order of trust.

    Values are stripped of blanks and cut to 500 characters; nothing is interpreted.
    """
    found: dict[tuple[str, str], str] = {}
    for name, label, value in (*_meta(root), *_links(root), *_linked_data(root), *_stated_inside(root), *_titles(root)):
        value = " ".join(value.split())[:_LONGEST]
        if value:
            found.setdefault((name, value), label)
    return [(name, label, value) for (name, value), label in found.items()]


def _meta(root: HtmlElement) -> Iterator[tuple[str, str, str]]:
    for element in root.iter("meta"):
        label = element.get("property") or element.get("name") or ""
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


def _stated_inside(root: HtmlElement) -> Iterator[tuple[str, str, str]]:
    """Yield what the elements of the page say by microdata, RDFa and hAtom; nothing from lists of other reports."""
    for element in root.iter(
        "span", "div", "p", "abbr", "a", "meta", "h2", "h3", "h4", "strong", "b", "section", "td", "link"
    ):
        said = f"{element.get('itemprop', '')} {element.get('property', '')}".lower().split()
        if "published" in element.get("class", "").lower().split() and element.tag == "abbr":
            said.append("datepublished")
        if not said or any(rule_of(parent) in OF_OTHERS for parent in islice(element.iterancestors(), _NEAR)):
            continue
        value = element.get("content") or element.get("title") or "".join(element.itertext())
        if _PUBLISHED.intersection(said) and any(map(str.isdecimal, value)):
            yield "meta-published", "datePublished", value
        elif "publisher" in said:
            named = element.xpath(".//*[@itemprop='name' or @property='schema:name']")
            inner = named[0].get("content") or named[0].text_content() if named else value
            yield "publisher", "publisher", inner


def _items(text: str) -> list[dict[str, Any]]:
    """Return the items of linked data, those of a graph one by one, each with the publisher that it names by its id."""
    if len(text) > _LONGEST_JSON:
        return []
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    graph = data.get("@graph", [data]) if isinstance(data, dict) else data
    items = [item for item in graph if isinstance(item, dict)] if isinstance(graph, list) else []
    named = {item["@id"]: item for item in items if isinstance(item.get("@id"), str)}
    return [{**item, "publisher": _publisher(item.get("publisher"), named)} for item in items]


def _publisher(publisher: Any, named: dict[str, dict[str, Any]]) -> str:
    """Return the name of a publisher, given as a text, an item, a list of them, or the id of an item."""
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else ""
    if isinstance(publisher, dict):
        known = publisher if "name" in publisher else named.get(str(publisher.get("@id")), {})
        publisher = known.get("name", "")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    return publisher if isinstance(publisher, str) else ""


def _facts_of_item(item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    kinds = item.get("@type")
    types = {
        kind.rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    }
    if types & _SITE_TYPES and isinstance(item.get("name"), str):
        yield "site-name", "name", item["name"]
    if not types & _NEWS_TYPES:
        return
    for name, label, value in (
        ("meta-published", "datePublished", item.get("datePublished")),
        ("publisher", "publisher", item["publisher"]),
        ("author", "author", _publisher(item.get("author"), {})),
        ("og:title", "headline", item.get("headline")),
    ):
        if isinstance(value, str):
            yield name, label, value

"""What an article's page tells programs: Dublin Core and COinS for Zotero, JSON-LD for search engines, Open Graph."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from archive.articles.citing.cited import ARCHIVE, Cited

# Only these make Zotero save a newspaper article with its newspaper; `citation_*` tags would make a journal article.
ZOTERO_TYPE = "newspaperArticle"
_JSON_IN_HTML = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def dublin_core(work: Cited) -> Iterator[tuple[str, str]]:
    """Names and contents of `<meta>` elements; `DC.source` is the newspaper."""
    told = [
        ("DC.type", ZOTERO_TYPE),
        ("DC.title", work.whole_title),
        ("DC.creator", work.byline),
        ("DC.source", work.source_in(work.language)),
        ("DC.date", iso(work)),
        ("DC.language", work.known_language),
        ("DC.identifier", work.url),
        ("DC.relation", work.original_url),
        *(("DC.subject", subject) for subject in work.subjects),
    ]
    yield from ((name, content) for name, content in told if content)


def coins(work: Cited) -> str:
    """The context object of an OpenURL for the title of a `<span class="Z3988">`; the template escapes it."""
    told = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rfr_id", "info:sid/diwan"),
        ("rft.type", ZOTERO_TYPE),
        ("rft.title", work.whole_title),
        ("rft.creator", work.byline),
        ("rft.source", work.source_in(work.language)),
        ("rft.date", iso(work)),
        ("rft.language", work.known_language),
        ("rft.identifier", work.url),
        *(("rft.subject", subject) for subject in work.subjects),
    ]
    return urlencode([(name, value) for name, value in told if value])


def news_article(work: Cited, picture: str = "") -> str:
    """schema.org NewsArticle as JSON-LD, safe between `<script>` tags."""
    newspaper = work.source_in(work.language)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": work.url,
        "headline": work.whole_title,
        "author": {"@type": "Person", "name": work.byline} if work.byline else "",
        "dateline": work.place,
        "inLanguage": work.known_language,
        "datePublished": iso(work),
        "publisher": {"@type": "NewsMediaOrganization", "name": newspaper} if newspaper else "",
        "url": work.url,
        "mainEntityOfPage": work.url,
        "isBasedOn": work.original_url,
        "image": picture,
        "identifier": work.identifier,
        "about": [{"@type": "Thing", "name": subject} for subject in work.subjects],
        "archivedAt": work.url,
        "isPartOf": {"@type": "ArchiveComponent", "name": ARCHIVE["en"]},
    }
    return json_ld(told)


def json_ld(told: Mapping[str, Any]) -> str:
    """JSON-LD without what is empty, safe between `<script>` tags."""
    held = {name: value for name, value in told.items() if value}
    return json.dumps(held, ensure_ascii=False).translate(_JSON_IN_HTML)


def trail(*steps: tuple[str, str]) -> dict[str, Any]:
    """The way from the first page to this one, each step with its name and absolute address."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def iso(work: Cited) -> str:
    """The date as far as it is known: `2023-10-04`, `2023-10`, `2023`, "" for none."""
    return "-".join(f"{part:02}" for part in work.date.parts)

"""Which elements of a page's markup are not its article: menus, bars, boxes, and what is never shown."""

from __future__ import annotations

import re

from lxml.html import HtmlElement  # type: ignore[import-untyped]

_HIDDEN_NAMES = (
    "script style template noscript iframe object embed svg math canvas audio video map head select option datalist"
    " button input textarea dialog"
)
HIDDEN_TAGS = frozenset(_HIDDEN_NAMES.split())
_TAG_RULES = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "sidebar",
    "form": "form",
    "menu": "navigation",
}
_ROLE_RULES = {
    "navigation": "navigation",
    "banner": "navigation",
    "search": "form",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "dialog": "cookie-banner",
    "alertdialog": "cookie-banner",
}
_NAMED = tuple(
    (rule, re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-]|s\b)"))
    for rule, words in (
        ("cookie-banner", "cookie|cookies|consent|gdpr|cookiebar|cookie-?notice"),
        ("share-bar", "share|sharing|social|sharebar|addtoany|sharedaddy|addthis|share-buttons"),
        ("breadcrumb", "breadcrumb|breadcrumbs|crumb|crumbs"),
        ("navigation", "nav|navbar|menu|topbar|navigation|pagination|pager|skip-link"),
        ("comments", "comment|comments|disqus|respond|commentlist|comment-list"),
        (
            "related-list",
            "related|most-?read|most-?viewed|popular|trending|recommended|read-?also|latest-?news|morenews|more-news",
        ),
        ("sidebar", "sidebar|widget|widgets"),
        ("advertisement", "ad|ads|advert|advertisement|banner-ad|adsbygoogle|sponsor|sponsored"),
        ("byline", "author|byline|writer|post-author|meta-author|author-name"),
        ("post-meta", "meta|post-meta|entry-meta|meta-item|article-info|news-info"),
        ("form", "newsletter|subscribe|subscription|search-form|login"),
        ("footer", "footer|copyright|site-footer"),
    )
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether a browser would not show the element: scripts, styles, ``hidden``, ``display: none``."""
    if not isinstance(element.tag, str):  # comments, processing instructions
        return True
    if element.tag in HIDDEN_TAGS or element.get("hidden") is not None:
        return True
    return bool(_HIDING_STYLE.search(element.get("style", "")[:500]))


_SMALL_PRINT = re.compile(
    r"(?:^|[\s_-])(?:meta|date|time|views|author|byline|comments|category|cat|code|source|reading)\b"
)


def is_small_print(element: HtmlElement) -> bool:
    """Tell whether an inline element is a piece of small print, which style sheets set apart from its neighbours."""
    return element.tag in ("span", "a", "time", "i", "b", "strong", "em", "small", "label") and bool(
        element.tag == "time"
        or _SMALL_PRINT.search(f"{element.get('class', '')} {element.get('id', '')}"[:300].lower())
    )


def rule_of(element: HtmlElement) -> str:
    """Return the rule by which tag, role, class or id set an element apart from the article, "" if they do not."""
    if rule := _TAG_RULES.get(str(element.tag)) or _ROLE_RULES.get(element.get("role", "")):
        return rule
    if element.tag in ("body", "html", "article", "main", "h1", "h2"):
        return ""
    if element.get("aria-hidden") == "true" or element.get("aria-modal") == "true":
        return "cookie-banner" if element.get("aria-modal") else "outside-article"
    names = f"{element.get('class', '')} {element.get('id', '')}"[:300].lower()
    if not names.strip():
        return ""
    return next((rule for rule, pattern in _NAMED if pattern.search(names)), "")

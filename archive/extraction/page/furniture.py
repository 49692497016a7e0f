"""Which elements of a page's markup are not its article: menus, bars, boxes, and what is never shown."""

from __future__ import annotations

import re
from itertools import islice

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
    "figcaption": "caption",
    "caption": "caption",
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
_PROPERTY_RULES = {"publisher": "source-line", "author": "byline", "comment": "comments"}
"""By ``itemprop``: what is stated inside the article for machines and is not a part of its text."""

_NAMED = tuple(
    (rule, re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-]|s\b)"))
    for rule, words in (
        (
            "quoted-post",
            "twitter-tweet|twitter-video|tweet|tweet-?embed|embed-?tweet|embed-twitter|instagram-media"
            "|instagram-post|fb-post"
            "|fb-video|facebook-post|tiktok-embed|telegram-post|telegram-embed|tgme|truth-social|mastodon-embed"
            "|bluesky-embed"
            "|social-embed|twitter-embed|twitter-post|facebook-embed|instagram-embed|fb-embed|x-embed|embed-post"
            "|embedded-post|embed-social|wp-block-embed|wp-block-embed-twitter|x-post|reddit-embed|reddit-card"
            "|quoted-post",
        ),
        ("cookie-banner", "cookie|cookies|consent|gdpr|cookiebar|cookie-?notice"),
        (
            "related-list",
            "related|relateds|read-?more|most-?read|most-?viewed|mostread|popular|trending|recommended"
            "|recommendations?|read-?also"
            "|see-?also|also-?read|latest-?news|morenews|more-news|more-stories|you-may-like|taboola|outbrain|ticker"
            "|news-?ticker|breaking-?news|breaking-?ticker|similar|suggested|suggestions|next-?post|prev-?post"
            "|post-navigation",
        ),
        ("comments", "comment|comments|disqus|respond|commentlist|comment-list|commentform"),
        ("share-bar", "share|sharing|social|sharebar|addtoany|sharedaddy|addthis|share-buttons|sharethis|socials"),
        ("breadcrumb", "breadcrumb|breadcrumbs|crumb|crumbs"),
        ("navigation", "nav|navbar|menu|topbar|navigation|pagination|pager|skip-link"),
        ("advertisement", "ad|ads|advert|advertisement|banner-ad|adsbygoogle|sponsor|sponsored"),
        ("form", "newsletter|subscribe|subscription|search-form|login|signup|sign-up|mailing-?list"),
        (
            "caption",
            "caption|captions|wp-caption-text|image-caption|photo-caption|img-caption|picture-caption|photo-credit",
        ),
        ("sidebar", "sidebar|widget|widgets"),
        ("byline", "author|byline|writer|post-author|meta-author|author-name|reporter"),
        ("post-meta", "meta|post-meta|entry-meta|meta-item|article-info|news-info"),
        ("tag-list", "tags|tag-list|post-tags|tagcloud|tags-links|entry-tags"),
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
    if element.tag == "blockquote" and _is_post(element):
        return "quoted-post"
    stated = element.get("itemprop", "").lower()
    if stated in _PROPERTY_RULES or "articlebody" in stated:
        return _PROPERTY_RULES.get(stated, "")
    if element.get("aria-hidden") == "true" or element.get("aria-modal") == "true":
        return "cookie-banner" if element.get("aria-modal") else "outside-article"
    names = f"{element.get('class', '')} {element.get('id', '')}"[:300].lower()
    if not names.strip():
        return ""
    return next((rule for rule, pattern in _NAMED if pattern.search(names)), "")


_POST = re.compile(r"\(@\w{1,30}\)|pic\.twitter\.com/|https?://(?:x|twitter)\.com/\w{1,30}/status/")
_POST_READ = 2_000


def _is_post(quotation: HtmlElement) -> bool:
    """Tell a post of a network from a quotation: it is signed with a handle, as in «— (@mofa) May 3, 2017»."""
    words = "".join(islice(quotation.itertext(), 40))[:_POST_READ]
    links = (link.get("href", "")[:200] for link in islice(quotation.iter("a"), 10))
    return any(_POST.search(part) for part in (words, *links))


_NUMBERED = re.compile(r"\S*\d\S*")


def kind_of(element: HtmlElement) -> str:
    """Return tag and classes without those that number the element: "div elementor-element elementor-widget"."""
    return " ".join([str(element.tag), *sorted(_NUMBERED.sub("", element.get("class", "")[:300]).lower().split())])

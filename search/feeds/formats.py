"""RSS 2.0 and Atom as Django writes them, with the language and direction of every item."""

from __future__ import annotations

import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.text.languages import direction

# What XML 1.0 cannot hold: C0 controls but tab and line ends, lone surrogates, the two noncharacters.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without the characters that XML cannot hold.

    >>> legal("قطر\\x0b")
    'قطر'
    """
    return ILLEGAL.sub("", text)


def content(paragraphs: list[str], language: str) -> SafeString:
    """Paragraphs as HTML that says its language and direction, which feed readers otherwise guess wrong."""
    inside = format_html_join("", "<p>{}</p>", ((legal(paragraph),) for paragraph in paragraphs))
    return format_html('<div lang="{}" dir="{}">{}</div>', language, direction(language), inside)


class RssFeed(Rss201rev2Feed):
    """RSS 2.0 with `dc:language` on every item."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["language"])
        if item["source_name"]:
            handler.addQuickElement("dc:source", item["source_name"])


class AtomFeed(Atom1Feed):
    """Atom with `xml:lang` on every entry and the text as its content."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": item["language"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("content", item["description"], {"type": "html"})

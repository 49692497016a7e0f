"""From markup to the lines a reader sees, each with what the markup says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, HTMLParser, document_fromstring  # type: ignore[import-untyped]

from archive.extraction.page.article_stretch import mark_article
from archive.extraction.page.characters import clean
from archive.extraction.page.errors import NoArticle, UnsafeMarkup
from archive.extraction.page.folding import key
from archive.extraction.page.furniture import rule_of
from archive.extraction.page.lines import Page, PageLine
from archive.extraction.page.markup_facts import OF_OTHERS, facts_of
from archive.extraction.page.types import Evidence
from archive.extraction.page.visible_lines import visible_lines
from archive.extraction.page.wrapping import unwrapped

_MARKUP_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(
    r"</?(?:p|div|a|span|br|h[1-6]|article|section|meta|title|li|ul|table|td)\b[^<>]{0,500}>", re.IGNORECASE
)


# What HTML lets stand in the head (its "metadata content", and what was once).
_OF_HEAD: Final = frozenset("base basefont bgsound link meta noframes noscript script style template title".split())


def looks_like_markup(text: str, name: str = "") -> bool:
    """Tell HTML from plain text by its content; a file name ending in .html only helps where tags are few."""
    if _MARKUP_START.match(text[:4000]):
        return True
    wanted = 1 if name.lower().endswith((".html", ".htm", ".xhtml")) else 4
    return len(_TAGS.findall(text[:20_000])) >= wanted


def read_markup(text: str) -> Page:
    """Return the visible lines of an HTML page and the facts of its head.

    ``Page.text`` opens with one line for each fact ("og:site_name: AzVision"), then the lines of the body, blanks
    collapsed. Scripts, styles and hidden elements are not in it. Nothing is fetched, no entity is expanded but
    those of HTML. Raises ``UnsafeMarkup`` for a document type that declares entities, ``NoArticle`` for no text.
    """
    if re.search(r"<!ENTITY", text[:100_000], re.IGNORECASE):
        raise UnsafeMarkup()
    root = _parsed(text)
    _begin_body(root)
    _part_preformatted(root)
    builder = _Builder()
    for name, label, value in facts_of(root):
        builder.add_fact(name, label, clean(value).replace("\n", " ").strip())
    for name, value in _times(root):
        builder.add_fact(name, "time", clean(value).strip())
    titles = [key(value) for name, _, value in facts_of(root) if name in ("og:title", "title")]
    for line in mark_article(list(visible_lines(root)), text, root, titles):
        builder.add_line(line)
    return builder.page()


def _parsed(text: str) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise NoArticle() from None


def _begin_body(root: HtmlElement) -> None:
    """Have the body begin where HTML says: the parser leaves what it does not know, what is new in HTML 5, in the head.

    The tags of head and body may be left out: `<title>خبر</title><article><p>عقد …` is a whole page.
    """
    head, body = root.find("head"), root.find("body")
    held = [] if head is None else list(head)
    first = next((place for place, element in enumerate(held) if element.tag not in _OF_HEAD), None)
    if first is None:
        return
    if body is None:
        body = etree.SubElement(root, "body")
    last, later = held[-1], body.text
    body.text, body[:0] = None, held[first:]
    last.tail = f"{last.tail or ''}{later or ''}"


def _part_preformatted(root: HtmlElement) -> None:
    """Turn preformatted text into paragraphs: a browser shows its line ends, which are those of a width mostly."""
    for element in root.xpath("//pre[not(*)]"):
        lines = [line for line in unwrapped(element.text or "").split("\n") if line.strip()]
        if len(lines) > 1:
            element.text = None
            for line in lines:
                etree.SubElement(element, "p").text = line


def _times(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the moment of the first <time> that is of this article: not in a list of others, a quotation, a post."""
    for element in root.iter("time"):
        value = element.get("datetime", "").strip()[:60]
        if value and not any(
            parent.tag == "blockquote" or rule_of(parent) in OF_OTHERS for parent in element.iterancestors()
        ):
            yield "time-element", value
            return


class _Builder:
    """Writes the page's text line by line and remembers the offsets."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._lines: list[PageLine] = []
        self._facts: list[Evidence] = []

    def add_fact(self, name: str, label: str, value: str) -> None:
        label = clean(label).replace("\n", " ").strip()
        if not value:
            return
        start = self._length + len(label) + 2
        self._facts.append(Evidence(value, start, start + len(value), name))
        self.add_line(PageLine(0, 0, f"{label}: {value}", outside="page-metadata"))

    def add_line(self, line: PageLine) -> None:
        start, end = self._length, self._length + len(line.text)
        self._lines.append(replace(line, start=start, end=end))
        self._parts += [line.text, "\n"]
        self._length = end + 1

    def page(self) -> Page:
        return Page("".join(self._parts), tuple(self._lines), tuple(self._facts))

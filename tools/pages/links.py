"""The links and forms of a page, in their order."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from tools.pages.asking import HOST, Request, Response

WORDS = "خلف خلفوف"  # typed into every box that is empty
MARKUP = ("text/html", "application/atom+xml", "application/rss+xml", "application/xml", "text/xml")


class _Reader(HTMLParser):
    def __init__(self, page: Request) -> None:
        super().__init__()
        self.page = page
        self.links: dict[str, None] = {}
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._inside = held.get("method", "").lower() == "post"
            if self._inside:
                self.forms.append((self._whole(held.get("action", "")), []))
        elif tag in {"input", "textarea", "select"} and self._inside and held.get("name"):
            self._field(tag, held)
        elif address := held.get("href") or held.get("src") or self._picture(held):
            self.links.setdefault(self._whole(address))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False

    def _field(self, tag: str, held: dict[str, str]) -> None:
        kind = held.get("type", "text")
        if kind == "submit" or (kind in {"checkbox", "radio"} and "checked" not in held):
            return
        typed = tag == "textarea" or kind in {"text", "search"}
        self.forms[-1][1].append((held["name"], held.get("value") or (WORDS if typed else "")))

    @staticmethod
    def _picture(held: dict[str, str]) -> str:
        """The address of the picture that others show beside a link to this page."""
        return held.get("content", "") if held.get("property") == "og:image" else ""

    def _whole(self, address: str) -> str:
        return urljoin(f"http://{HOST}{self.page.address}", address)


def links(page: Request, answer: Response) -> list[str]:
    """The addresses of this archive that a page links to, each once, from their path on."""
    return [own for address in _read(page, answer).links if (own := _own(address))]


def forms(page: Request, answer: Response) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """The forms that a page sends by POST, filled in, without their tokens."""
    return [
        (own, tuple((name, value) for name, value in fields if name != "csrfmiddlewaretoken"))
        for address, fields in _read(page, answer).forms
        if (own := _own(address))
    ]


def _read(page: Request, answer: Response) -> _Reader:
    reader = _Reader(page)
    if answer.media_type in MARKUP:
        reader.feed(answer.body.decode("utf-8", "replace"))
    return reader


def _own(address: str) -> str:
    parts = urlsplit(urldefrag(address).url)
    if parts.scheme != "http" or parts.netloc != HOST:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")

"""Texts and values as HTML, escaped: with their direction, with marked matches, with links to the records named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Protocol

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from archive.text.languages import direction

ELLIPSIS = "…"
_FROM_RIGHT = re.compile(r"([^/?#&=:]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc][^/?#&=:]*)")  # a part of an address
_MARKS = ("%s", "<mark>%s</mark>", '<mark class="alone">%s</mark>')  # by `search.results.Mark`


class Extract(Protocol):
    """A text cut at its matches: `search.results.Highlighted`."""

    @property
    def cut_before(self) -> bool: ...

    @property
    def cut_after(self) -> bool: ...

    @property
    def pieces(self) -> Iterable[tuple[str, int]]: ...


class LinkedPiece(Protocol):
    """Some words of an article: `url` and `title` where they name a record, `kind` says what they are."""

    text: str
    url: str
    title: str
    kind: str


def isolated(text: object, language: str = "") -> SafeString:
    """A value in `<bdi>`, so that its direction leaves the words around it alone; with its language where given."""
    if not language:
        return format_html("<bdi>{}</bdi>", text)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), text)


def address(text: str) -> SafeString:
    """An address as it is read from left to right: each part in Arabic letters keeps its place among the others.

    What is copied is the address alone: no marks of direction stand in it.
    """
    parts = (escape(part) for part in _FROM_RIGHT.split(str(text)))
    return mark_safe("".join(f"<bdi>{part}</bdi>" if at % 2 else part for at, part in enumerate(parts)))  # noqa: S308


def marked(text: Extract | str) -> SafeString:
    """Escape a highlighted text and put its matches in `<mark>`; a plain string is only escaped.

    Nothing stands between a match and the letters beside it, so that letters still join.
    """
    if isinstance(text, str):
        return conditional_escape(text)
    body = "".join(_MARKS[mark] % escape(piece) for piece, mark in text.pieces)
    before = f"{ELLIPSIS} " if text.cut_before else ""
    after = f" {ELLIPSIS}" if text.cut_after else ""
    return mark_safe(before + body + after)  # noqa: S308 - every piece was escaped above


def woven(pieces: Iterable[LinkedPiece]) -> SafeString:
    """Escape the pieces of a text and link those that have an address, with nothing between them.

    A particle stays joined to the name behind it: «و» + «أذربيجان» reads as one word.
    """
    return mark_safe("".join(map(_link, pieces)))  # noqa: S308 - every piece is escaped


def _link(piece: LinkedPiece) -> str:
    text = escape(piece.text)
    if not piece.url:
        return f"<mark>{text}</mark>" if piece.kind == "match" else text
    title = f' title="{escape(piece.title)}"' if piece.title else ""
    return f'<a class="mention" href="{escape(piece.url)}"{title}>{text}</a>'

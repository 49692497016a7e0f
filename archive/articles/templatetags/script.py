"""Template tags for text in two scripts: direction, digits, dates in a calendar, marked words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Protocol

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from archive.calendars.calendars import format_date, month_name
from archive.pages.interface import reader_calendar as calendar_of_reader
from archive.pages.interface import reader_language

register = template.Library()

# BCP 47 primary subtags of languages written in Arabic or Hebrew script in the press.
RIGHT_TO_LEFT = frozenset({"ar", "arc", "azb", "ckb", "dv", "fa", "he", "ks", "prs", "ps", "sd", "ug", "ur", "yi"})
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
GROUP_SEPARATORS = {"fa": "٬"}  # ARABIC THOUSANDS SEPARATOR
ELLIPSIS = "…"


class Pieces(Protocol):
    """A text cut at its matches: `search.results.Highlighted`."""

    cut_before: bool
    cut_after: bool

    @property
    def pieces(self) -> Iterable[tuple[str, bool]]: ...


class Piece(Protocol):
    """Some words of an article: `url` and `title` where they name a record, `kind` says what they are."""

    text: str
    url: str
    title: str
    kind: str


@register.filter
def direction(language: str | None) -> str:
    """`rtl` or `ltr` for a BCP 47 code, `auto` where the language is not known.

    >>> direction("fa"), direction("az-Latn"), direction("und")
    ('rtl', 'ltr', 'auto')
    """
    primary, *subtags = (language or "und").lower().split("-")
    if primary == "und":
        return "auto"
    if subtags and subtags[0] in {"arab", "hebr"}:
        return "rtl"
    return "rtl" if primary in RIGHT_TO_LEFT and "latn" not in subtags else "ltr"


@register.filter
def localdigits(value: object, language: str = "") -> str:
    """ASCII digits as the reader's language, or another, writes them: ۰–۹ in Persian, 0–9 in Arabic and English.

    For years, times and numbers made by the archive; never for words quoted from a page. Other characters stay.
    """
    text = "" if value is None else str(value)
    return text.translate(PERSIAN_DIGITS) if (language or reader_language()) == "fa" else text


@register.filter
def localnumber(value: int | None) -> str:
    """A count with its thousands set apart: 1,204 in Arabic and English, ۱٬۲۰۴ in Persian; "" for None."""
    if value is None:
        return ""
    separator = GROUP_SEPARATORS.get(reader_language(), ",")
    return localdigits(f"{int(value):,}".replace(",", separator))


@register.filter
def isolated(text: object, language: str = "") -> SafeString:
    """A value in `<bdi>`, so that its direction leaves the words around it alone; with its language where given."""
    if not language:
        return format_html("<bdi>{}</bdi>", text)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(language), text)


@register.filter
def marked(text: Pieces | str) -> SafeString:
    """Escape a highlighted text and put its matches in `<mark>`; a plain string is only escaped.

    Nothing stands between a match and the letters beside it, so that letters still join.
    """
    if isinstance(text, str):
        return conditional_escape(text)
    body = format_html_join("", "{}{}{}", (_tagged(piece, match) for piece, match in text.pieces))
    before = f"{ELLIPSIS} " if text.cut_before else ""
    after = f" {ELLIPSIS}" if text.cut_after else ""
    return mark_safe(before + body + after)  # noqa: S308 - every piece was escaped above


def _tagged(piece: str, match: bool) -> tuple[SafeString, str, SafeString]:
    if not match:
        return mark_safe(""), piece, mark_safe("")
    return mark_safe("<mark>"), piece, mark_safe("</mark>")


@register.filter
def woven(pieces: Iterable[Piece]) -> SafeString:
    """Escape the pieces of a text and link those that have an address, with nothing between them.

    A particle stays joined to the name behind it: «و» + «أذربيجان» reads as one word.
    """
    return format_html_join("", "{}", ((_thread(piece),) for piece in pieces))


def _thread(piece: Piece) -> SafeString | str:
    if not piece.url:
        return format_html("<mark>{}</mark>", piece.text) if piece.kind == "match" else piece.text
    if not piece.title:
        return format_html('<a class="mention" href="{}">{}</a>', piece.url, piece.text)
    return format_html('<a class="mention" href="{}" title="{}">{}</a>', piece.url, piece.title, piece.text)


@register.filter
def in_calendar(day: datetime.date | None, calendar: str) -> str:
    """A day in `gregorian`, `solar_hijri` or `lunar_hijri`, in the reader's language; "" for None and for a day outside
    the calendar's tables.

    2023-10-04 in Persian and `solar_hijri` is «۱۲ مهر ۱۴۰۲».
    """
    try:
        return format_date(day, calendar, reader_language()) if day else ""
    except ValueError:
        return ""


@register.filter
def partial_date(written: str) -> str:
    """An ISO 8601 date of any precision in the reader's language: a day in the reader's calendar, a month or a year in
    the Gregorian one. "" stays ""; what is no date is shown as it is.

    >>> partial_date("2020-07")
    'July 2020'
    """
    language = reader_language()
    try:
        if len(written) == 10:
            return in_calendar(datetime.date.fromisoformat(written), reader_calendar(language))
        if len(written) == 7:
            year, month = written.split("-")
            return f"{month_name('gregorian', int(month), language)} {localdigits(int(year))}"
    except ValueError:
        return written
    return localdigits(written)


@register.filter
def reader_calendar(language: str | None = None) -> str:
    """The calendar that the reader chose, else the one that readers of this interface language read first."""
    return calendar_of_reader(language or "")

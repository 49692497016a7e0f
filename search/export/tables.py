"""Answers that are files: streams of lines in the reader's language, and tables as CSV that no spreadsheet runs."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from archive.pages.interface import reader_language
from archive.text.tables import Row, as_csv
from search.request import SearchRequest
from search.web.unavailable import told

BOM: Final = "\ufeff"
LONGEST_WORDS: Final = 60  # letters of a question in the name of a file: 240 bytes would be the most
MEDIA_TYPES: Final = {"csv": "text/csv", "jsonl": "application/jsonl"}
Answer = TypeVar("Answer", bound=HttpResponseBase)


def table(
    request: HttpRequest, name: str, columns: Sequence[str], rows: Iterable[Row], *, is_cut: bool = False
) -> HttpResponseBase:
    """The rows as a stream in the format that the request names.

    When they are cut, these are the first of more, and the name of the file says so.
    """
    form = request.GET.get("format", "csv")
    if form not in MEDIA_TYPES:
        return unknown_format()
    lines = as_csv(columns, rows) if form == "csv" else as_json_lines(columns, rows)
    part, asked = "-first-part" * is_cut, request.GET.get("q", "")
    return attached(stream(request, lines, MEDIA_TYPES[form]), form, name=f"-{name}", part=part, asked=asked)


def stream(request: HttpRequest, lines: Iterable[str], media_type: str) -> StreamingHttpResponse:
    """Lines as UTF-8, a lone surrogate replaced; `bom=1` begins CSV with a byte order mark, for spreadsheets."""
    bom = BOM if media_type == MEDIA_TYPES["csv"] and request.GET.get("bom") == "1" else ""
    content = _encoded(lines, bom, get_language() or reader_language())
    return StreamingHttpResponse(content, content_type=f"{media_type}; charset=utf-8")


def _encoded(lines: Iterable[str], bom: str, language: str) -> Iterator[bytes]:
    """The stream in the reader's language: it runs when the request is over."""
    yield bom.encode()
    rest = iter(lines)
    while True:
        with override(language):
            line = next(rest, None)
        if line is None:
            return
        yield line.encode("utf-8", "replace")


def attached(response: Answer, suffix: str, *, name: str = "", part: str = "", asked: str = "") -> Answer:
    """The answer saved as `diwan-together-2026-11-21-first-part.csv`, and kept out of search engines.

    Who can have names of other letters gets the question in it: `diwan-خلفوف-2026-11-21.csv`.
    """
    rest = f"-{timezone.now():%Y-%m-%d}{part}.{suffix}"
    named = f'attachment; filename="diwan{name}{rest}"'
    if words := file_words(asked):
        named += f"; filename*=UTF-8''{quote(f'diwan{name}-{words}{rest}', safe='')}"
    response.headers["Content-Disposition"] = named
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def file_words(asked: str) -> str:
    """A question in letters and digits that every file system takes, cut at a word.

    >>> file_words('"خلف‌اف" · Country: Azerbaijan')
    'خلف-اف-Country-Azerbaijan'
    """
    letters = "".join(one for one in unicodedata.normalize("NFC", asked) if unicodedata.category(one) != "Mn")
    words = re.sub(r"[\W_]+", "-", letters).strip("-")
    return words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS].rpartition("-")[0] or words[:LONGEST_WORDS]


def links(address: str, asked: SearchRequest) -> list[dict[str, str]]:
    """The files of a table, with the name of each format and its address."""
    formats = {"csv": "CSV", "csv&bom=1": gettext("CSV for Excel"), "jsonl": "JSON Lines"}
    return links_to(address, asked, formats)


def links_to(address: str, asked: SearchRequest, formats: dict[str, str]) -> list[dict[str, str]]:
    """Files of a question, all pages of it, in these formats by their names."""
    query = asked.on_page(1).to_query()
    start = f"{address}?{query}&" if query else f"{address}?"
    return [{"name": name, "url": f"{start}format={form}"} for form, name in formats.items()]


def unknown_format() -> HttpResponse:
    return told(gettext("This archive does not write files of this kind."), 400)


def refused() -> HttpResponse:
    return told(gettext("This query is too long or too deep to be exported."), 400)


def as_json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object a line, text as it is stored, lists as lists."""
    for row in rows:
        yield json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n"

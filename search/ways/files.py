"""Tables as files: CSV that no spreadsheet runs, and JSON Lines, row by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from archive.pages.interface import reader_language
from search.export.formats import BOM, LastLine, harmless
from search.export.views import encoded
from search.request import SearchRequest
from search.web.unavailable import told

MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl"}
Row = Sequence[object]


def answer(
    request: HttpRequest, name: str, columns: Sequence[str], rows: Iterable[Row], *, is_cut: bool = False
) -> HttpResponseBase:
    """The rows as a stream in the format that the request names; `bom=1` is for spreadsheets.

    When they are cut, these are the first of more, and the name of the file says so.
    """
    form = request.GET.get("format", "csv")
    if form not in MEDIA_TYPES:
        return told(gettext("This archive does not write files of this kind."), 400)
    text = as_csv(columns, rows) if form == "csv" else as_json_lines(columns, rows)
    bom = BOM if form == "csv" and request.GET.get("bom") == "1" else ""
    content = encoded(text, bom, get_language() or reader_language())
    response = StreamingHttpResponse(content, content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")
    part = "-first-part" if is_cut else ""
    file_name = f"diwan-{name}-{timezone.now():%Y-%m-%d}{part}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def links(address: str, asked: SearchRequest) -> list[dict[str, str]]:
    """The files of a table, with the name of each format and its address."""
    query = asked.on_page(1).to_query()
    start = f"{address}?{query}&" if query else f"{address}?"
    formats = (("CSV", "csv"), (gettext("CSV for Excel"), "csv&bom=1"), ("JSON Lines", "jsonl"))
    return [{"name": name, "url": f"{start}format={form}"} for name, form in formats]


def refused() -> HttpResponse:
    return told(gettext("This query is too long or too deep to be exported."), 400)


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """RFC 4180 with a line of names.

    >>> list(as_csv(["match"], [["=خلفوف"]]))
    ['match\\r\\n', "'=خلفوف\\r\\n"]
    """
    line = LastLine()
    writer = csv.writer(line)
    writer.writerow(columns)
    yield line.text
    for row in rows:
        writer.writerow(harmless(str(cell)) for cell in row)
        yield line.text


def as_json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object a line, text as it is stored."""
    for row in rows:
        yield json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n"

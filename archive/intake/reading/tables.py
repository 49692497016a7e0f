"""CSV and its kin: a header that names the columns, a record a row; commas, semicolons, tabs or bars between them."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from typing import Final

from archive.extraction.page.encodings import decode
from archive.extraction.page.errors import ExtractionError
from archive.intake.reading.columns import Columns, places, stated
from archive.intake.reading.items import Found, Item, Reason, SetAside, Whole, gettext_noop

DELIMITERS: Final = (",", ";", "\t", "|", "،", "؛")
_SAMPLE: Final = 1 << 18
_HEADER: Final = 1 << 16
_RARE: Final = 50  # letters for one that is damaged
NO_COLUMN: Final = gettext_noop("No column of the table (%(names)s) is known to hold the text; name one in a mapping.")
BAD_ROW: Final = gettext_noop("The row cannot be read (%(what)s).")
LONG_ROW: Final = gettext_noop("The row has %(cells)d cells, the header %(columns)d.")
UNDECODABLE: Final = gettext_noop("Characters of the row cannot be decoded as %(encoding)s.")
NO_ENCODING: Final = gettext_noop("The encoding of the table cannot be told.")
EMPTY_CELL: Final = gettext_noop("The row has no text: its column is empty.")


def read_table(whole: Whole) -> Iterator[Found]:
    """The rows of a table, each kept as JSON, its cells by the names of their columns; named by their line."""
    encoding = _encoding(whole.file.read(_SAMPLE))
    if not encoding:
        yield SetAside(whole.name, Reason(NO_ENCODING), refused=True)
        return
    whole.file.seek(0)
    errors = "replace" if encoding == "utf-16" else "surrogateescape"
    text = io.TextIOWrapper(whole.file, encoding, errors=errors, newline="")
    try:
        yield from _rows(whole, text, encoding)
    finally:
        text.detach()


def _encoding(sample: bytes) -> str:
    """The encoding of a table by its beginning, cut at the end of a line; "" where it cannot be told."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return name
    try:
        return decode(sample[: sample.rfind(b"\n") + 1] or sample, max_bytes=_SAMPLE).encoding
    except ExtractionError:
        text = sample.decode("utf-8", "replace")
        damaged, whole = text.count("\ufffd"), sum(1 for letter in text if letter > "\x7f")
        return "utf-8" if whole > _RARE * damaged else ""  # a few letters are damaged, which costs their rows


def header_of(text: str, mapping: Columns) -> tuple[str, list[str]]:
    """The delimiter under which most columns of the first line are known, and the columns; "" where none is."""
    line = io.StringIO(text[:_HEADER], newline="")
    best: tuple[int, str, list[str]] = (0, "", [])
    for delimiter in DELIMITERS:
        line.seek(0)
        try:
            columns = next(csv.reader(line, delimiter=delimiter), [])
        except csv.Error:
            continue
        best = max(best, (len(places(columns, mapping)), delimiter, columns), key=lambda one: one[0])
    return best[1], best[2]


def _rows(whole: Whole, text: io.TextIOWrapper, encoding: str) -> Iterator[Found]:
    csv.field_size_limit(whole.bounds.item_bytes)
    sample = text.read(_HEADER)
    delimiter, columns = header_of(sample, whole.columns)
    where = places(columns, whole.columns)
    if "body" not in where and "html" not in where:
        names = ", ".join(columns or sample.partition("\n")[0].split(","))[:200]
        yield SetAside(whole.name, Reason(NO_COLUMN, {"names": names}), refused=True)
        return
    text.seek(0)
    rows = csv.reader(text, delimiter=delimiter)
    next(rows)
    while True:
        name = f"{whole.name}:{rows.line_num + 1}"
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield SetAside(name, Reason(BAD_ROW, {"what": str(error)}), refused=True)
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield _row(whole, name, columns, cells, where, encoding)


def _row(
    whole: Whole, name: str, columns: list[str], cells: list[str], where: dict[str, list[str]], encoding: str
) -> Found:
    """One record. Empty cells at the end may be left out; cells beyond the header mean that quotes are amiss."""
    record = dict(zip(columns, cells, strict=False))
    said = stated(record, where, whole.columns)
    try:
        payload = json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return SetAside(name, Reason(UNDECODABLE, {"encoding": encoding}), refused=True)
    if any(cell.strip() for cell in cells[len(columns) :]):
        return SetAside(name, Reason(LONG_ROW, {"cells": len(cells), "columns": len(columns)}), refused=True)
    if not said.has_text:
        return SetAside(name, Reason(EMPTY_CELL), refused=True)
    return Item(name, payload, "application/json", whole.stated.under(said), charset="utf-8")

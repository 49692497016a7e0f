"""Tables as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

# What spreadsheets take for the beginning of a formula, also in full width; see OWASP on CSV injection.
FORMULAS: Final = frozenset("=+-@＝＋－＠\t\r\n")
Row = Sequence[object]


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe before what it would take for a formula, or before an apostrophe.

    White space and marks before a formula do not hinder it. A reader of the file takes one apostrophe at the beginning
    away and has the text as it was.

    >>> harmless("=HYPERLINK(1)"), harmless("خلفوف")
    ("'=HYPERLINK(1)", 'خلفوف')
    """
    seen = (letter for letter in text if not letter.isspace() and unicodedata.category(letter) not in {"Cf", "Cc"})
    first = next(seen, "")
    return f"'{text}" if text[:1] in FORMULAS or first in FORMULAS or first == "'" else text


class _LastLine:
    """The file that the csv module writes to: it holds the last line."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """RFC 4180 with a line of names; several values of a cell are parted by ` | `.

    >>> list(as_csv(["match", "countries"], [["=خلفوف", ["قطر", "لاتفيا"]]]))
    ['match,countries\\r\\n', "'=خلفوف,قطر | لاتفيا\\r\\n"]
    """
    line = _LastLine()
    writer = csv.writer(line)
    writer.writerow(columns)
    yield line.text
    for row in rows:
        writer.writerow(harmless(" | ".join(cell) if isinstance(cell, list) else str(cell)) for cell in row)
        yield line.text

"""Files that hold articles but are none: web archives, mail, records, tables, feeds. Known by their content."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator

from archive.extraction.page.errors import (
    ExtractionError,
    FeedFile,
    MailMessage,
    RecordsFile,
    TableFile,
    WebArchive,
)

_READ = 20_000
"""Characters from the beginning of a file that are looked at."""

_HEADER = re.compile(r"([A-Za-z][A-Za-z-]{1,40}):[ \t]*(.*)")
_MAIL = frozenset(
    "from to cc bcc subject date message-id received return-path delivered-to reply-to sender in-reply-to references"
    " mime-version content-type content-transfer-encoding".split()
)
_MAIL_PROOF = frozenset({"mime-version", "message-id", "received", "return-path", "content-transfer-encoding"})
_RECORD = re.compile(r"""\s*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:""")
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
_DELIMITERS = ",\t;|،"
_COLUMNS = frozenset(
    "id title headline date datetime published source outlet publisher agency body text content url link lang language"
    " author category summary lead kicker"
    " عنوان العنوان تاريخ التاريخ تاریخ المصدر مصدر منبع النص نص متن محتوى المحتوى الرابط لینک پیوند لغة زبان نویسنده"
    " الكاتب خبر الخبر تیتر شناسه".split()
)
_FEWEST_COLUMNS = 2
_LEAST_CELLS = 3
"""Columns that every row of a table without a known heading has, in at least this many rows."""

_TABLE_NAMES = (".csv", ".tsv", ".tab", ".psv")


def refuse_container(text: str, name: str = "") -> None:
    """Raise the error that names what the text is, if it is a file of articles and not one; else do nothing.

    ``text`` is decoded, ``name`` the file's name: it only helps to know a table.
    """
    beginning = text[:_READ].lstrip("\ufeff\n\r\t ")
    if error := _mail(beginning):
        raise error
    if _RECORD.match(beginning) or _is_json(text):
        raise RecordsFile()
    if _FEED.match(beginning):
        raise FeedFile()
    if not beginning.startswith("<") and _is_table(text[: 10 * _READ].lstrip("\ufeff\n\r"), name):
        raise TableFile()  # markup has semicolons of its own: &quot; may stand as often in each line


def _mail(beginning: str) -> ExtractionError | None:
    """Return what the headers at the top of a file say it is: a saved web archive, a message, or neither."""
    names = list(_headers(beginning))
    known = [name for name in names if name in _MAIL]
    if "content-type" in names and re.search(r"^content-type:\s*multipart/related", beginning, re.I | re.M):
        return WebArchive()
    if "snapshot-content-location" in names or re.search(r"^content-location:\s*\S", beginning, re.I | re.M):
        return WebArchive() if "mime-version" in names or "content-type" in names else None
    proven = _MAIL_PROOF.intersection(known) and len(known) >= 2
    return MailMessage() if proven or {"from", "subject"} <= set(known) or {"from", "to"} <= set(known) else None


def _headers(beginning: str) -> Iterator[str]:
    """Yield the names of the header lines that open a text, in small letters, up to the first that is none."""
    lines = beginning.split("\n", 200)
    if lines[0].startswith("From "):  # the first line of a mailbox
        lines = lines[1:]
    for at, line in enumerate(lines):
        if match := _HEADER.match(line):
            yield match[1].lower()
        elif not at or line[:1] not in (" ", "\t") or not line.strip():
            return


def _is_json(text: str) -> bool:
    """Tell one JSON value that is no record: a list of texts, or of nothing."""
    if text.lstrip("\ufeff \r\n\t")[:1] not in ("[", "{"):
        return False
    try:
        return isinstance(json.loads(text.lstrip("\ufeff")), list | dict)
    except (ValueError, RecursionError):
        return False


def _is_table(beginning: str, name: str) -> bool:
    """Tell a table by a first row of two known columns, by its name and two columns, or by rows of like length."""
    first = beginning.split("\n", 1)[0]
    by_name = name.lower().endswith(_TABLE_NAMES)
    for delimiter in _DELIMITERS:
        if delimiter not in first:
            continue
        heads = [cell.strip(" \"'\ufeff").lower() for cell in first.split(delimiter)]
        if sum(re.sub(r"[_ ]?(?:id|at|ar|fa|en)$", "", head) in _COLUMNS or head in _COLUMNS for head in heads) >= 2:
            return True
        if by_name and len(heads) >= _FEWEST_COLUMNS:
            return True
        if delimiter != "،" and _has_even_rows(beginning, delimiter):
            return True
    return False


def _has_even_rows(beginning: str, delimiter: str) -> bool:
    """Tell rows of one length, of three cells and more; prose has commas too, but never as many in each line."""
    try:
        rows = [row for row in csv.reader(beginning.split("\n")[:-1] or [beginning], delimiter=delimiter) if row]
    except csv.Error:
        return False
    widths = {len(row) for row in rows}
    return len(rows) >= _LEAST_CELLS and len(widths) == 1 and widths.pop() >= _LEAST_CELLS

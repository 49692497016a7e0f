"""What kind of thing a file is, by what it holds; its name decides only where the content leaves it open."""

from __future__ import annotations

import codecs
import re
import zlib
from contextlib import suppress
from enum import StrEnum
from typing import Final

from archive.intake.reading.columns import Columns, places
from archive.intake.reading.items import suffix
from archive.intake.reading.messages import opens_a_message
from archive.intake.reading.squeezed import OPENERS
from archive.intake.reading.tables import header_of

HEAD: Final = 1 << 16  # bytes that are looked at
_MARKUP: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype|html|head|body)\b", re.I | re.S
)
_RECORD: Final = re.compile(r'\s*(?:\[\s*)?\{\s*(?:"|\})|\s*\[\s*\]\s*$')
_SECOND: Final = re.compile(rb"\n\r?\nFrom [^\n]*\n[A-Za-z][\w-]*:")  # the next message of a mailbox
_LONGEST_NAME: Final = 60  # letters of a column's name


class FileKind(StrEnum):
    RECORDS = "records"
    TABLE = "table"
    MAIL = "mail"
    MAILBOX = "mailbox"
    PDF = "pdf"
    BUNDLE = "bundle"
    SQUEEZED = "squeezed"
    WARC = "warc"
    PAGE = "page"


def kind_of(head: bytes, name: str, columns: Columns) -> FileKind:
    """The kind of a file by its first bytes and its name; what is no other is a page, and read or refused as one."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.BUNDLE
    if head.startswith(b"WARC/") or _unzipped(head).startswith(b"WARC/"):
        return FileKind.WARC
    if b"%PDF-" in head[:1024] and not opens_a_page(head):  # some writers put a line before
        return FileKind.PDF
    if head.startswith(tuple(OPENERS)):
        return FileKind.SQUEEZED
    text = _text(head)
    if not text.strip() or _MARKUP.match(text):
        return FileKind.PAGE
    return _kind_of_text(head, text, suffix(name), columns)


def opens_a_page(head: bytes) -> bool:
    """Whether a file begins as HTML does."""
    return _MARKUP.match(_text(head)) is not None


def _kind_of_text(head: bytes, text: str, ending: str, columns: Columns) -> FileKind:
    if head.startswith(b"From ") and (ending == "mbox" or _SECOND.search(head)):
        return FileKind.MAILBOX
    if opens_a_message(head) or (ending in ("eml", "mht", "mhtml") and re.match(r"[\w-]+:", text.lstrip())):
        return FileKind.MAIL
    if _RECORD.match(text) or ending in ("json", "jsonl", "ndjson"):
        return FileKind.RECORDS
    if ending in ("csv", "tsv", "tab") or (ending in ("txt", "") and _is_table(text, columns)):
        return FileKind.TABLE
    return FileKind.PAGE


def _is_table(text: str, columns: Columns) -> bool:
    """Whether a text of no telling name opens with a header of a title and a text, and with nothing else."""
    names = header_of(text, columns)[1]
    known = places(names, columns)
    return "title" in known and ("body" in known or "html" in known) and max(map(len, names)) <= _LONGEST_NAME


def _unzipped(head: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompressobj(31).decompress(head, 16)
    return b""


def _text(head: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")

"""WARC and WACZ: one article a captured page or PDF, with the server's answer and the time of the capture."""

from __future__ import annotations

import datetime
import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import IO, Any, Final
from zipfile import ZipFile

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from archive.captures.plain_files import clean_name
from archive.intake.reading.items import Found, Http, Item, Reason, SetAside, Whole, gettext_noop, too_large
from archive.intake.reading.kinds import HEAD, FileKind, kind_of, opens_a_page
from archive.intake.reading.pdf import read_pdf
from archive.intake.reading.squeezed import BROKEN, guarded, measured

MARKUP: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
DOCUMENTS: Final = frozenset({"application/pdf", "application/x-pdf", "application/octet-stream"})
GZIP: Final = b"\x1f\x8b"
_PIECE: Final = 1 << 20
_HEADERS: Final = 100  # kept of an answer
_LONG: Final = 2000  # letters kept of a header
REVISIT: Final = gettext_noop("It is a visit to a page that had not changed since it was captured.")
NOT_FOUND: Final = gettext_noop("The server answered %(status)d.")
NOT_A_PAGE: Final = gettext_noop("It is no page (%(kind)s).")
WITHIN: Final = gettext_noop("It is part of another page, not one of the pages of the collection.")
CUT: Final = gettext_noop("The capture is cut off: the page is not whole.")
CUT_FILE: Final = gettext_noop("The file ends in the middle of a record; what stands before it was read.")
NO_PARTS: Final = gettext_noop("The collection holds no captures.")


def read_warc(whole: Whole, pages: frozenset[str] = frozenset()) -> Iterator[Found]:
    """The captured pages and PDFs of a WARC, gzipped or not, in their order; named by their number and address.

    `pages` are the addresses that a collection calls its pages; where there are any, all else is within one of them.
    """
    last, is_told = 0, False
    try:
        records = ArchiveIterator(whole.file)
        for number, record in enumerate(records, 1):
            last = records.offset
            if record.rec_type in ("response", "resource", "revisit"):
                found = _captured(whole, record, number, pages)
                is_told = isinstance(found, SetAside) and found.reason.template == CUT
                yield found
        if not whole.depth and not is_told and _ends_early(whole.file, last):  # a bundle knows its parts' ends
            yield SetAside(whole.name, Reason(CUT_FILE), refused=True)
    except (ArchiveLoadFailed, ValueError, KeyError, AttributeError, UnicodeDecodeError) as error:
        reason = Reason(BROKEN, {"what": str(error)[:200] or type(error).__name__})
        yield SetAside(whole.name, reason, refused=True)


def _captured(whole: Whole, record: Any, number: int, pages: frozenset[str]) -> Found:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    name = f"{whole.name}:{number} {clean_name(address)[:300]}"
    if record.rec_type == "revisit":
        return SetAside(name, Reason(REVISIT))
    http = _http(record)
    if http and not 200 <= http.status < 300:
        return SetAside(name, Reason(NOT_FOUND, {"status": http.status}))
    declared = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
    told, _semicolon, rest = declared.partition(";")
    told = told.strip().lower()
    no_page = SetAside(name, Reason(NOT_A_PAGE, {"kind": clean_name(told)[:80] or address[:80]}))
    if told not in MARKUP | DOCUMENTS or not address.startswith(("http://", "https://")):
        return no_page
    if pages and address not in pages:
        return SetAside(name, Reason(WITHIN))
    payload = record.content_stream().read(whole.bounds.item_bytes + 1)
    if len(payload) > whole.bounds.item_bytes:
        return too_large(whole, name)
    if _is_cut(record):
        return SetAside(name, Reason(CUT), refused=True)
    media_type = told if told in MARKUP and told else "text/html"
    found: Found = Item(name, payload, media_type, whole.stated, charset=_charset(rest))
    if kind_of(payload[:HEAD], "", {}) == FileKind.PDF:
        (found,) = read_pdf(replace(whole, file=io.BytesIO(payload), name=name))
    elif told in DOCUMENTS and not opens_a_page(payload[:HEAD]):
        return no_page
    if isinstance(found, SetAside):
        return found
    captured_at = _moment(record.rec_headers.get_header("WARC-Date"))
    return replace(found, address=address[:_LONG], captured_at=captured_at, http=http)


def _is_cut(record: Any) -> bool:
    """Whether the crawler says that it cut the page, or the file ends before a record that was read to its end."""
    record.raw_stream.read()
    return bool(record.raw_stream.limit > 0 or record.rec_headers.get_header("WARC-Truncated"))


def _ends_early(file: IO[bytes], last: int) -> bool:
    """Whether a file ends before its last record does, which begins there or later. Each record ends a line."""
    file.seek(last)
    piece = file.read(_PIECE)
    if not piece.startswith(GZIP):
        file.seek(max(last, file.seek(0, os.SEEK_END) - 1))
        return file.read(1) != b"\n"
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while piece:
        try:
            unpack.decompress(piece, _PIECE)
        except zlib.error:
            return True
        piece = unpack.unconsumed_tail or unpack.unused_data or file.read(_PIECE)
        if unpack.eof and piece:
            unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    return not unpack.eof


def _http(record: Any) -> Http | None:
    if record.http_headers is None:
        return None
    status = record.http_headers.get_statuscode() or ""
    headers = tuple((str(name)[:100], str(value)[:_LONG]) for name, value in record.http_headers.headers[:_HEADERS])
    return Http(int(status) if status.isdecimal() else 0, headers)


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _equals, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip("\"' ")[:40] or None
    return None


def _moment(stamp: str | None) -> datetime.datetime | None:
    with suppress(ValueError, TypeError):
        found = datetime.datetime.fromisoformat(str(stamp))
        return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)
    return None


def is_collection(bundle: ZipFile) -> bool:
    """Whether a ZIP is a WACZ: captures in `archive/`, described by `datapackage.json`."""
    names = bundle.namelist()
    return "datapackage.json" in names and any(name.startswith("archive/") for name in names)


def read_collection(whole: Whole, bundle: ZipFile) -> Iterator[Found]:
    """The captures of a WACZ, those of its pages alone where it names them."""
    captures = [one for one in bundle.infolist() if one.filename.startswith("archive/") and not one.is_dir()]
    if not captures:
        yield SetAside(whole.name, Reason(NO_PARTS), refused=True)
    pages = _pages(whole, bundle)
    for member in captures:
        try:
            file = bundle.open(member)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            yield SetAside(whole.name, Reason(BROKEN, {"what": str(error)[:200]}), refused=True)
            continue
        with measured(file, member.compress_size, whole.bounds.ratio) as unpacked:
            inner = whole.inner(unpacked, member.filename, read_within=lambda one: read_warc(one, pages))
            yield from guarded(inner, inner.name)


def _pages(whole: Whole, bundle: ZipFile) -> frozenset[str]:
    """The addresses that `pages/*.jsonl` names, of as much as may be read at once."""
    found: set[str] = set()
    for member in bundle.infolist():
        if member.filename.startswith("pages/") and member.filename.endswith(".jsonl"):
            with suppress(zipfile.BadZipFile, OSError, RuntimeError), bundle.open(member) as file:
                for line in file.read(whole.bounds.item_bytes).splitlines():
                    with suppress(ValueError, RecursionError, AttributeError):
                        found.add(str(json.loads(line).get("url", "")))
    return frozenset(found - {""})

"""JSON: a record a line, an array of records, or one record; what is wrong in one row keeps no other out."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from archive.intake.reading.columns import places, stated
from archive.intake.reading.items import Found, Item, Reason, SetAside, Whole, gettext_noop, too_large

_BLANK: Final = re.compile(r"[\s,]*")
_PIECE: Final = 1 << 16
_DECODER: Final = json.JSONDecoder()
NOT_UTF8: Final = gettext_noop("The row is not UTF-8 (byte %(position)d).")
NOT_JSON: Final = gettext_noop("The row is not JSON (%(what)s, character %(position)d).")
NO_RECORD: Final = gettext_noop("The row is no record, but %(what)s.")
NO_TEXT: Final = gettext_noop("The row has no text: none of its columns (%(names)s) is known to hold one.")


def read_records(whole: Whole) -> Iterator[Found]:
    """The records of a JSON file, each with its own bytes; named by their line, of an array by their number."""
    first = whole.file.readline(whole.bounds.item_bytes + 1)
    while first and not first.strip(b" \t\r\n\xef\xbb\xbf"):
        first = whole.file.readline(whole.bounds.item_bytes + 1)
    whole.file.seek(0)
    try:
        is_a_line = isinstance(json.loads(first.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        is_a_line = first.lstrip(b" \t\xef\xbb\xbf").startswith(b"{") and first.rstrip().endswith(b"}")
    yield from _lines(whole) if is_a_line else _values(whole)


def _lines(whole: Whole) -> Iterator[Found]:
    number = 0
    while line := whole.file.readline(whole.bounds.item_bytes + 1):
        number += 1
        name = f"{whole.name}:{number}"
        if len(line) > whole.bounds.item_bytes:
            while line and not line.endswith(b"\n"):
                line = whole.file.readline(_PIECE)
            yield too_large(whole, name)
            continue
        row = line.removeprefix(codecs.BOM_UTF8).strip()
        if row:
            yield from _row(whole, name, row)


def _row(whole: Whole, name: str, row: bytes) -> Iterator[Found]:
    try:
        value = json.loads(row.decode("utf-8"))
    except UnicodeDecodeError as error:
        yield _refused(name, Reason(NOT_UTF8, {"position": error.start}))
    except json.JSONDecodeError as error:
        yield _refused(name, Reason(NOT_JSON, {"what": error.msg, "position": error.pos}))
    except (ValueError, RecursionError) as error:
        yield _refused(name, Reason(NOT_JSON, {"what": str(error)[:80], "position": 0}))
    else:
        yield from records_in(whole, name, value, row)


def records_in(whole: Whole, name: str, value: Any, payload: bytes) -> Iterator[Found]:
    """The record that a value of JSON is, or the records of the list that it wraps: `{"articles": [{…}, {…}]}`."""
    if not isinstance(value, dict):
        yield _refused(name, Reason(NO_RECORD, {"what": type(value).__name__}))
        return
    said = stated(value, places(value, whole.columns), whole.columns)
    if said.has_text:
        yield Item(name, payload, "application/json", whole.stated.under(said), charset="utf-8")
        return
    wrapped = [part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict)]
    if len(wrapped) == 1:
        for number, part in enumerate(wrapped[0], 1):
            yield from records_in(whole, f"{name}:{number}", part, json.dumps(part, ensure_ascii=False).encode())
    else:
        yield _refused(name, Reason(NO_TEXT, {"names": ", ".join(map(str, value))[:200]}))


def _values(whole: Whole) -> Iterator[Found]:
    """The values of an array, or those that stand one after the other, without holding more than one of them."""
    decoder, text, number, wanted = codecs.getincrementaldecoder("utf-8-sig")(), "", 0, _PIECE
    ended, opened = False, False
    while True:
        start = _BLANK.match(text).end()  # type: ignore[union-attr]
        if not opened and text[start : start + 1] == "[":
            opened, text = True, text[start + 1 :]
            continue
        if text[start : start + 1] == "]" and opened:
            return
        try:
            value, end = _DECODER.raw_decode(text, start) if start < len(text) else (None, -1)
            problem = ""
        except (ValueError, RecursionError) as error:
            value, end, problem = None, -1, str(error)[:80]
        if end >= 0:
            number += 1
            yield from records_in(whole, f"{whole.name}:{number}", value, text[start:end].encode("utf-8", "replace"))
            text, wanted = text[end:], _PIECE
            continue
        if ended or len(text) > whole.bounds.item_bytes:
            if problem:
                yield _refused(f"{whole.name}:{number + 1}", Reason(NOT_JSON, {"what": problem, "position": start}))
            return
        try:
            piece = whole.file.read(wanted)
            text = text[start:] + decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            yield _refused(f"{whole.name}:{number + 1}", Reason(NOT_UTF8, {"position": error.start}))
            return
        ended, wanted = not piece, 2 * wanted  # so that a long value is not parsed once for every piece of it


def _refused(name: str, reason: Reason) -> SetAside:
    return SetAside(name, reason, refused=True)

"""Files that are cut, changed in single bytes or made up: each is read as far as it goes, and nothing raises."""

from __future__ import annotations

import io
import random

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from archive.intake.reading.items import Item, SetAside
from tests.unit.archive.intake.wholes import ROWS, bundle, json_lines, mail, mhtml, page, read, table, warc

CSV = table(["title", "date", "source", "body"], ROWS).encode()


def letter() -> bytes:
    message = mail(0)
    message.set_content(ROWS[0][3])
    message.add_attachment(page(1).encode(), "text", "html", filename="خبر.html")
    return message.as_bytes()


WHOLES = {
    "a.jsonl": json_lines(),
    "a.json": b"[" + json_lines().replace(b"}\n{", b"},{") + b"]",
    "a.csv": CSV,
    "a.tsv": CSV.decode().encode("utf-16"),
    "a.eml": letter(),
    "a.mhtml": mhtml(0),
    "a.zip": bundle({"a.html": page(0).encode(), "a.json": b"{}", "b.csv": CSV, "c.eml": letter()}),
    "a.warc.gz": warc(),
    "a.warc": warc(gzipped=False),
    "a.wacz": bundle({"datapackage.json": b"{}", "archive/data.warc.gz": warc(), "pages/pages.jsonl": b'{"url": 1}\n'}),
}


@pytest.mark.parametrize("name", list(WHOLES))
def test_what_is_damaged_is_read_as_far_as_it_goes(name: str) -> None:
    chosen = random.Random(name)  # noqa: S311
    whole = WHOLES[name]
    for _round in range(60):
        damaged = bytearray(whole[: chosen.randrange(len(whole))] if chosen.random() < 0.3 else whole)
        for _byte in range(chosen.choice([1, 1, 3, 30])):
            if damaged:
                damaged[chosen.randrange(len(damaged))] = chosen.randrange(256)
        for found in read(bytes(damaged), name):
            assert isinstance(found, Item | SetAside) and found.name
            assert str(found.reason) if isinstance(found, SetAside) else found.payload is not None


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x00" * 100,
        b"\x1f\x8b",
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        b"WARC/1.0\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'[{"body": "x"}, 1, null, "a", []]',
        b'{"articles": [[[]]], "b": [{}]}',
        b'{"body": "\\ud800"}',
        b'{"title": NaN, "body": Infinity}',
        b"title,body\n" + b'"' * 9999,
        b"title;body\x00\n\x00;\x00",
        b"From: a\nTo: b\nSubject: =?utf-8?b?////?= =?x?q?=?=\nContent-Type: multipart/mixed\n\nx",
        b"From: a\nSubject: c\nDate: d\nContent-Type: multipart/mixed; boundary=x\n\n--x\n--x\n--x--",
        b"From: a\nSubject: c\nDate: d\nContent-Type: message/rfc822\n\n",
        b"From: a\nSubject: c\nDate: d\nContent-Transfer-Encoding: base64\n\n!!!!",
    ],
)
@pytest.mark.parametrize("name", ["a", "a.json", "a.csv", "a.eml", "a.mhtml", "a.zip", "a.warc.gz"])
def test_what_is_made_up_is_read_or_told(payload: bytes, name: str) -> None:
    for found in read(payload, name):
        assert isinstance(found, Item | SetAside) and found.name


def test_a_pdf_that_is_locked_is_told_of_as_a_bundle_is() -> None:
    held = io.BytesIO()
    sheet = Canvas(held, encrypt=StandardEncryption("reader", "owner"))
    sheet.drawString(100, 700, "closed")
    sheet.save()
    (found,) = read(held.getvalue(), "a.pdf")
    assert isinstance(found, SetAside) and str(found.reason) == "It is locked by a password."

"""Files of every kind that is taken in, made from the five captured pages."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from email.message import EmailMessage
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.extraction import ExtractedArticle, extract
from archive.intake.reading.items import Bounds, Found, Item, SetAside, Whole
from archive.intake.reading.whole import read_open
from tests import CAPTURES

FILES = sorted(CAPTURES.iterdir())
FIVE: list[ExtractedArticle] = [extract(path.read_bytes(), name=path.name) for path in FILES]
DATES = ["2019-12-01", "2020-10-21", "2019-11-11", "2023-10-04", "2020-02-14"]
RECORDS: list[dict[str, Any]] = [
    {"title": found.title, "date": date, "source": "المرفأ", "body": found.body, "tags": ["دبلوماسية", "قطر"]}
    for found, date in zip(FIVE, DATES, strict=True)
]


def read(payload: bytes, name: str, **more: Any) -> list[Found]:
    return list(read_open(Whole(BytesIO(payload), name, **more)))


def items(payload: bytes, name: str, **more: Any) -> list[Item]:
    """What is read; it is an error where anything is set aside."""
    found = read(payload, name, **more)
    assert not [one for one in found if isinstance(one, SetAside)], found
    return [one for one in found if isinstance(one, Item)]


def asides(payload: bytes, name: str, **more: Any) -> list[str]:
    return [f"{one.name}: {one.reason}" for one in read(payload, name, **more) if isinstance(one, SetAside)]


def json_lines(records: list[dict[str, Any]] = RECORDS) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def table(columns: list[str], rows: list[list[str]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([columns, *rows])
    return text.getvalue()


ROWS = [[record["title"], record["date"], record["source"], record["body"]] for record in RECORDS]


def page(number: int) -> str:
    """A captured report as a page of the web."""
    found = FIVE[number]
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in found.paragraphs)
    return (
        f'<!doctype html><html lang="{found.language}"><head><meta charset="utf-8"><title>{escape(found.title)}</title>'
        f"</head><body><article><h1>{escape(found.title)}</h1>{text}</article></body></html>"
    )


def mhtml(number: int, encoding: str = "quoted-printable") -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = f"https://news.example/{number}"
    message["Subject"] = FIVE[number].title
    message["Date"] = "Mon, 3 Aug 2020 10:00:00 -0000"
    message.set_content(page(number), subtype="html", cte=encoding)
    message["Content-Location"] = f"https://news.example/{number}"
    message.make_related()
    message.add_related(
        b"\x89PNG" + bytes(100), "image", "png", headers=["Content-Location: https://news.example/a.png"]
    )
    return message.as_bytes()


def mail(number: int, **headers: str) -> EmailMessage:
    message = EmailMessage()
    named = {"From": "desk@agency.example", "To": "a@diwan.example", "Date": "Tue, 04 Aug 2020 12:00:00 +0300"}
    for name, value in (named | {"Subject": FIVE[number].title} | headers).items():
        message[name] = value
    return message


def bundle(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", compression) as made:
        for name, payload in files.items():
            made.writestr(name, payload)
    return held.getvalue()


def warc(gzipped: bool = True) -> bytes:
    """Captures of three reports, one of them twice, of a picture, and of a page that was not there."""
    held = BytesIO()
    writer = WARCWriter(held, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "test"}))
    for number in range(3):
        _answer(writer, f"https://news.example/{number}", "200 OK", "text/html; charset=utf-8", page(number).encode())
    _answer(writer, "https://news.example/a.png", "200 OK", "image/png", b"\x89PNG" + bytes(50))
    _answer(writer, "https://news.example/gone", "404 Not Found", "text/html", b"<html>no</html>")
    address, time = "https://news.example/0", "2020-08-03T10:00:00Z"
    writer.write_record(writer.create_revisit_record(address, "sha1:AAAA", address, time))
    return held.getvalue()


def answered(told: str, payload: bytes) -> bytes:
    """A capture of one file that its server called so."""
    held = BytesIO()
    _answer(WARCWriter(held, gzip=True), "https://news.example/report", "200 OK", told, payload)
    return held.getvalue()


def _answer(writer: WARCWriter, address: str, status: str, kind: str, payload: bytes) -> None:
    headers = StatusAndHeaders(status, [("Content-Type", kind), ("X-Cache", "HIT")], protocol="HTTP/1.1")
    dated = {"WARC-Date": "2020-08-03T10:00:00Z"}
    record = writer.create_warc_record(
        address, "response", BytesIO(payload), http_headers=headers, warc_headers_dict=dated
    )
    writer.write_record(record)
    record.raw_stream.close()


def bounds(**changes: int) -> Bounds:
    return Bounds(**changes)


def saved(folder: Path, name: str, payload: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(payload)
    return path

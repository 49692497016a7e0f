"""Bytes to text: the captured pages in every encoding they could come in, and files that are no text."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

import tests
from archive.extraction import (
    BinaryPayload,
    EmptyPayload,
    ExtractionError,
    PayloadTooLarge,
    UndecodablePayload,
    extract,
)
from archive.extraction.page.characters import MARKS_KEPT, clean
from archive.extraction.page.encodings import decode

CAPTURES = sorted((tests.CAPTURES).glob("*.txt"))
ARABIC = [path for path in CAPTURES if path.name[:3] != "003"]
PERSIAN = next(path for path in CAPTURES if path.name[:3] == "003")
UNICODE_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("encoding", UNICODE_ENCODINGS)
def test_captured_page_reads_the_same_in_every_unicode_encoding(path: Path, encoding: str) -> None:
    text = path.read_text("utf-8")
    assert decode(text.encode(encoding)).text == clean(text)


@pytest.mark.parametrize("path", ARABIC, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1256", "nonsense", "hex", "unicode_escape"])
def test_arabic_page_in_an_old_encoding_is_read_whatever_was_declared(
    path: Path, encoding: str, declared: str | None
) -> None:
    payload = path.read_text("utf-8").encode(encoding, "ignore")
    found = decode(payload, declared)
    assert found.text == clean(payload.decode(encoding))
    assert found.encoding == encoding


def test_persian_page_in_windows_1256_comes_with_arabic_yeh() -> None:
    latin_digits = {ord("۰") + digit: str(digit) for digit in range(10)}  # the code page has no others
    text = PERSIAN.read_text("utf-8").replace("ی", "ي").translate(latin_digits)
    found = extract(text.encode("windows-1256"))
    assert found.encoding == "windows-1256"
    assert found.language == "fa"
    assert found.item_code == "620924"
    assert found.source is not None
    assert found.source.name == "دفاعپرس"


def test_utf8_page_wrongly_declared_is_utf8() -> None:
    assert decode(PERSIAN.read_bytes(), "windows-1256").encoding == "utf-8"


def test_charset_of_the_page_itself_is_heard() -> None:
    page = '<html><head><meta charset="windows-1256"></head><body><p>مشاورات سياسية في الدوحة</p></body></html>'
    assert decode(page.encode("windows-1256")).encoding == "windows-1256"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", EmptyPayload),
        (b" \r\n\t ", EmptyPayload),
        (b"\x00" * 64, EmptyPayload),
        ("\u200f\u202e\ufeff".encode(), EmptyPayload),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", BinaryPayload),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", BinaryPayload),
        (b"%PDF-1.7\n", BinaryPayload),
        (gzip.compress("نظر شما".encode(), mtime=0), BinaryPayload),
        (bytes(range(256)) * 40, BinaryPayload),
        (b"abc\x00\x01\x02\x03\x04" * 30, BinaryPayload),
        ("مشاورات سياسية".encode()[:-1], UndecodablePayload),
        ("مشاورات ".encode() * 9 + b"\xff\xfe" + "سياسية".encode(), UndecodablePayload),
        ("سلام\ufffd\ufffd\ufffd\ufffd علیکم".encode(), UndecodablePayload),
    ],
)
def test_file_that_is_no_text_is_refused_with_its_reason(payload: bytes, reason: type[ExtractionError]) -> None:
    with pytest.raises(reason) as refused:
        decode(payload)
    assert refused.value.code == reason.code
    assert str(refused.value) == reason.template % refused.value.parameters


def test_zip_archive_is_refused_by_name() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "نظر شما")
    with pytest.raises(BinaryPayload, match="ZIP"):
        decode(buffer.getvalue())


def test_file_above_the_limit_is_refused_with_both_sizes() -> None:
    with pytest.raises(PayloadTooLarge) as refused:
        decode("م".encode() * 600, max_bytes=1000)
    assert refused.value.parameters == {"size": 1200, "limit": 1000}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("خلف\u200cاف", "خلف\u200cاف"),  # ZWNJ is Persian spelling
        ("ه\u200d.ق", "ه\u200d.ق"),  # ZWJ shapes an abbreviation
        ("مى\u202eروسو\u202c", "مىروسو"),
        ("\u2066قطر\u2069", "قطر"),
        ("قطر\u200f \u200eQatar", "قطر Qatar"),
        ("قط\x00ر\x07", "قطر"),
        ("قطر\x85لاتفيا", "قطر\nلاتفيا"),
        ("قطر\r\nلاتفيا\r", "قطر\nلاتفيا\n"),
        ("\ud800قطر\udfff", "قطر"),
        ("قطر\ue001", "قطر"),  # private use: the picture of an icon font
        ("ا\u0653", "آ"),  # NFC
        ("می\u200c\u200c\u200cشود", "می\u200cشود"),
        ("قطر\ufffd", "قطر"),
        ("مُحَمَّد", "مُحَمَّد"),
        ("ﻗﻄﺮ", "ﻗﻄﺮ"),  # presentation forms stay as written
    ],
)
def test_text_is_stored_without_what_cannot_be_seen(written: str, stored: str) -> None:
    assert clean(written) == stored


def test_endless_marks_on_one_letter_are_cut_short() -> None:
    assert clean("م" + "\u064b\u0655" * 100_000) == clean("م" + ("\u064b\u0655" * 100)[:MARKS_KEPT])


def test_half_a_surrogate_pair_in_utf8_is_dropped_and_a_whole_one_joined() -> None:
    assert decode("قطر".encode() + b"\xed\xa0\x80").text == "قطر"
    assert decode(b"\xed\xa0\xbd\xed\xb8\x80" + "قطر".encode()).text == "\U0001f600قطر"

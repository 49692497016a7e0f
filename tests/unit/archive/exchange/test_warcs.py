"""Captures as WARC, read by the library that others read them with."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive.captures.models import Capture
from archive.exchange import warcs
from archive.exchange.warcs import Warcs, payloads

PAGE = "<p>وزارتا خارجية أذربيجان ولاتفيا</p>".encode()
NOW = datetime.datetime(2023, 10, 4, 23, 23, tzinfo=datetime.UTC)


def capture(payload: bytes, **told: object) -> Capture:
    digest = hashlib.sha256(payload).hexdigest()
    return Capture(payload_digest=digest, media_type="text/html", received_at=NOW, **told)


def test_a_capture_has_the_answer_the_time_and_the_bytes(tmp_path: Path) -> None:
    headers = [["Content-Type", "text/html"], ["Content-Encoding", "gzip"], ["X-Title", "خبر\r\nX-Other: 1"]]
    held = capture(PAGE, http_status=404, http_headers=headers, target_uri="https://example.org/خبر", captured_at=NOW)
    with Warcs(tmp_path) as written:
        written.add(held, PAGE)
    with (tmp_path / "captures-00001.warc.gz").open("rb") as file:
        info, record = ((one, one.raw_stream.read()) for one in ArchiveIterator(file))
    assert info[0].rec_type == "warcinfo"
    told, payload = record
    assert (told.rec_type, payload) == ("response", PAGE)
    assert told.rec_headers.get_header("WARC-Target-URI") == "https://example.org/خبر"
    assert told.rec_headers.get_header("WARC-Date") == "2023-10-04T23:23:00.000000Z"
    assert told.http_headers.get_statuscode() == "404"
    assert told.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert told.http_headers.get_header("X-Other") is None


def test_a_page_without_an_answer_is_a_resource_named_by_its_digest(tmp_path: Path) -> None:
    with Warcs(tmp_path) as written:
        written.add(capture(PAGE, http_headers=[]), PAGE)
    with (tmp_path / "captures-00001.warc.gz").open("rb") as file:
        kinds = {one.rec_type: one.rec_headers.get_header("WARC-Target-URI") for one in ArchiveIterator(file)}
    assert kinds == {"warcinfo": None, "resource": f"urn:sha256:{hashlib.sha256(PAGE).hexdigest()}"}


def test_files_are_whole_by_their_digests_and_their_bytes_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Odd bytes, none, and what looks like another record; a new file where one is long enough."""
    monkeypatch.setattr(warcs, "FILE_BYTES", 100)
    pages = [
        PAGE * 3,
        b"",
        b"\r\n\r\nWARC/1.0\r\nContent-Length: 9\r\n\r\n",
        bytes(range(256)),
        b"HTTP/1.1 200 OK\r\n\r\n",
    ]
    with Warcs(tmp_path) as written:
        for page in pages:
            address = "https://example.org/" if len(page) > 40 else ""
            written.add(capture(page, http_status=200, http_headers=[], target_uri=address), page)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 3
    assert [payload for path in files for payload in payloads(path, 1000)] == pages
    assert Checker(type("Options", (), {"inputs": list(map(str, files)), "verbose": True})()).process_all() == 0
    assert "failed" not in capsys.readouterr().out


def test_what_is_no_warc_or_too_long_is_refused(tmp_path: Path) -> None:
    with Warcs(tmp_path) as written:
        written.add(capture(PAGE, http_headers=[]), PAGE)
    path = tmp_path / "captures-00001.warc.gz"
    with pytest.raises(ValueError, match="more than 10 bytes"):
        list(payloads(path, 10))
    path.write_bytes(b"no WARC")
    with pytest.raises(ValueError, match=r"\w"):
        list(payloads(path, 1000))

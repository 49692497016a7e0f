"""Captures as WARC (ISO 28500), gzipped by record: the bytes of every page with the server's answer and the time.

A page of the web with a status is a `response`, any other a `resource`, named by its address or its digest. What the
answer said of its transfer (`Content-Encoding`, …) is named `X-Archive-Orig-…`: bytes are kept as they were decoded.
"""

from __future__ import annotations

import datetime
import http
import uuid
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from archive.captures.models import Capture

FILE_BYTES: Final = 1_000_000_000  # of pages in one file, about
TRANSFER: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class Warcs:
    """Files of captures in a folder: `captures-00001.warc.gz`, …, a new one where the last is large enough."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = self.size = 0
        self.file: Any = None

    def __enter__(self) -> Warcs:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.file:
            self.file.close()

    def add(self, capture: Capture, payload: bytes) -> None:
        if self.file is None or self.size > FILE_BYTES:
            self._begin()
        uri = capture.target_uri or f"urn:sha256:{capture.payload_digest}"
        when = (capture.captured_at or capture.received_at).astimezone(datetime.UTC)
        about = {
            "WARC-Record-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:sha256:{capture.payload_digest}').urn}>",
            "WARC-Date": f"{when:%Y-%m-%dT%H:%M:%S.%fZ}",
            "WARC-Payload-Digest": f"sha256:{capture.payload_digest}",
        }
        answer = _answer(capture)
        record = self.writer.create_warc_record(
            uri,
            "response" if answer else "resource",
            payload=BytesIO(payload),
            length=len(payload),
            warc_content_type="" if answer else capture.media_type,
            warc_headers_dict=about,
            http_headers=answer,
        )
        self.writer.write_record(record)
        self.size += len(payload)

    def _begin(self) -> None:
        self.__exit__()
        self.number += 1
        self.size = 0
        self.file = (self.folder / f"captures-{self.number:05}.warc.gz").open("xb")
        self.writer = WARCWriter(self.file, gzip=True, warc_version="1.1")
        told = {"software": "Diwan", "format": "WARC file version 1.1"}
        self.writer.write_record(self.writer.create_warcinfo_record(Path(self.file.name).name, told))


def _answer(capture: Capture) -> Any:
    """Status line and headers of the server's answer; None where there was none."""
    if not capture.http_status or not capture.target_uri.startswith(("http://", "https://")):
        return None
    phrase = ""
    with suppress(ValueError):
        phrase = http.HTTPStatus(capture.http_status).phrase
    status = f"{capture.http_status} {phrase}".strip()
    return StatusAndHeaders(status, list(_headers(capture)), protocol="HTTP/1.1")


def _headers(capture: Capture) -> Iterator[tuple[str, str]]:
    for name, value in capture.http_headers:
        name = "".join(str(name).split())
        yield f"X-Archive-Orig-{name}" if name.lower() in TRANSFER else name, " ".join(str(value).split())


def payloads(path: Path, most: int) -> Iterator[bytes]:
    """The bytes of every page of a file; ValueError where it is no WARC, or a page has more than `most` bytes."""
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type in ("response", "resource"):
                    payload: bytes = record.raw_stream.read(most + 1)
                    if len(payload) > most:
                        raise ValueError(f"a page has more than {most} bytes")
                    yield payload
    except (ArchiveLoadFailed, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error

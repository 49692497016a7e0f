"""A request as it arrives, piece by piece; gunicorn's own parser reads its head, and its body once it is whole."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, Any

from gunicorn.http.body import Body, ChunkedReader, LengthReader
from gunicorn.http.errors import InvalidChunkSize, InvalidRequestLine, LimitRequestHeaders, NoMoreData, ParseException
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader

from config.edge.framing import Chunked, Counted, Framing
from config.edge.targets import ascii_target, settle_host

HEAD_END = re.compile(rb"\n\r?\n")
LONGEST_HEAD = 32 * 1024  # bytes; what nginx takes by default, four buffers of 8 KB
IN_MEMORY = 16 * 1024  # bytes of a body or an answer kept in memory, more in a file
PIECE = 64 * 1024  # bytes


class BodyTooLong(ParseException):
    """The body is, or says that it is, longer than this request's may be."""


class Incoming:
    """What comes from one client: request after request, each with its head, then its body, as bytes on the wire."""

    def __init__(self, cfg: Any, client: Any, longest: Callable[[Request], int], folder: Path) -> None:
        self.cfg = cfg
        self.client = client
        self.longest = longest  # bytes of the body of a request whose head is read
        self.folder = folder
        self.number = 0
        self.body: IO[bytes] | None = None
        self.longest_body = 0  # of the present request, once its head is read
        self.ahead = b""  # what came after the present request and belongs to the next
        self.begin()

    def begin(self) -> None:
        """Forget the present request; the next one begins with what came ahead, which is to be fed."""
        if self.body is not None:
            self.body.close()
        self.head = bytearray()
        self.request: Any = None  # gunicorn's, once its head is read
        self.body = None
        self.size = 0  # of the body so far

    def feed(self, data: bytes) -> Any:
        """Take the next bytes; give the request when it is whole. Errors are gunicorn's `ParseException`s."""
        if self.request is not None:
            return self._feed_body(data)
        searched = max(0, len(self.head) - 3)
        self.head += data
        end = HEAD_END.search(self.head, searched)
        if not end and len(self.head) <= LONGEST_HEAD:
            return None
        rest = bytes(self.head[end.end() :]) if end else b""
        self.request = self._parsed(bytes(self.head[: end.end() if end else LONGEST_HEAD]))
        self._framing = self._framed(self.request)
        return self._feed_body(rest)

    def asks_to_continue(self) -> bool:
        """Whether the client waits for "100 Continue" before it sends the body; asked once."""
        asked = self.request is not None and self.request._expected_100_continue and not self.size
        if self.request is not None:
            self.request._expected_100_continue = False
        return bool(asked)

    def _parsed(self, head: bytes) -> Request:
        self.number += 1
        self._source = IterUnreader([ascii_target(head)])
        try:
            request = Request(self.cfg, self._source, self.client, self.number)
        except (NoMoreData, StopIteration):
            if len(head) < LONGEST_HEAD:
                raise InvalidRequestLine("no end of the head") from None
            raise LimitRequestHeaders("head too long") from None
        settle_host(request)
        return request

    def _framed(self, request: Request) -> Framing:
        self.longest_body = self.longest(request)
        reader = request.body.reader
        if isinstance(reader, ChunkedReader):
            return Chunked()
        if reader.length > self.longest_body:
            raise BodyTooLong(f"a body of {reader.length} bytes")
        return Counted(reader.length)

    def _feed_body(self, data: bytes) -> Any:
        end = self._framing.end(data)
        part = data if end is None else data[:end]
        self.size += len(part)
        if self.size > self.longest_body:
            raise BodyTooLong(f"a body of more than {self.longest_body} bytes")
        if part and self.body is None:
            self.body = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(self.folder))  # noqa: SIM115 - `begin` closes it
        if self.body is not None:
            self.body.write(part)
        if end is None:
            return None
        self.ahead = data[end:]
        if self.body is not None:
            self.body.seek(0)
            self._source.iter = iter(partial(self.body.read, PIECE), b"")
        if isinstance(self._framing, Chunked):
            self._join_chunks()
        return self.request

    def _join_chunks(self) -> None:
        """Have a chunked request look as with `Content-Length` (RFC 9112, section 7.1.3), which alone Django reads."""
        request = self.request
        content = request.body.read()
        if self._source.read():
            raise InvalidChunkSize(b"bytes after the last chunk")
        request.headers = [header for header in request.headers if header[0] != "TRANSFER-ENCODING"]
        request.headers.append(("CONTENT-LENGTH", str(len(content))))
        request.body = Body(LengthReader(IterUnreader([content]), len(content)))

"""Where a body ends in the bytes that arrive: after a counted length, or the last chunk (RFC 9112, section 7.1)."""

from __future__ import annotations

import re
from typing import Protocol

from gunicorn.http.errors import ChunkMissingTerminator, InvalidChunkSize

SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?\r\n", re.DOTALL)
LONGEST_LINE = 8190  # bytes of a line with a chunk's size, or of a trailer


class Framing(Protocol):
    def end(self, data: bytes) -> int | None:
        """How many of the next bytes belong to the body, if it ends within them; None when all do and more follows."""


class Counted:
    """A body of the length that its `Content-Length` says."""

    def __init__(self, length: int) -> None:
        self.left = length

    def end(self, data: bytes) -> int | None:
        if len(data) >= self.left:
            return self.left
        self.left -= len(data)
        return None


class Chunked:
    """A body in chunks. Finds only its end; gunicorn's own reader decodes and judges it when it is whole."""

    def __init__(self) -> None:
        self.line = b""  # the beginning of a line whose end is to come
        self.skip = 0  # bytes of the present chunk, and the two after it
        self.trailers = False

    def end(self, data: bytes) -> int | None:
        at = 0
        while at < len(data):
            if self.skip:
                step = min(self.skip, len(data) - at)
                self.skip -= step
                at += step
                continue
            line_end = data.find(b"\n", at) + 1
            self.line += data[at : line_end or len(data)]
            if len(self.line) > LONGEST_LINE:
                raise InvalidChunkSize(self.line[:20])
            if not line_end:
                break
            at = line_end
            if self._is_last(self.line):
                return at
            self.line = b""
        return None

    def _is_last(self, line: bytes) -> bool:
        """Take in a whole line; True for the empty one that ends the trailers."""
        if self.trailers:
            if not line.endswith(b"\r\n"):
                raise ChunkMissingTerminator(line[-2:])
            return line == b"\r\n"
        size = SIZE.fullmatch(line)
        if not size:
            raise InvalidChunkSize(line[:20])
        self.trailers = int(size[1], 16) == 0
        self.skip = 0 if self.trailers else int(size[1], 16) + 2
        return False

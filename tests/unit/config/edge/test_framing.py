"""Where a body ends in the bytes that arrive, however they are cut; what no HTTP/1.1 reader may guess at is refused."""

from __future__ import annotations

import pytest
from gunicorn.http.errors import ChunkMissingTerminator, InvalidChunkSize

from config.edge.framing import LONGEST_LINE, Chunked, Counted

BODY = b"5;note=a\r\nusern\r\n9 \r\name=layla\r\n0\r\nX-Sum: 1\r\n\r\n"
NEXT = b"GET / HTTP/1.1\r\n"


def test_a_counted_body_ends_after_its_length_and_what_follows_is_the_next_request() -> None:
    framing = Counted(14)
    assert framing.end(b"username") is None
    assert framing.end(b"=layla" + NEXT) == 6


def test_a_body_of_no_bytes_ends_at_once() -> None:
    assert Counted(0).end(b"") == 0
    assert Counted(0).end(NEXT) == 0


def test_a_chunked_body_ends_behind_its_trailers() -> None:
    assert Chunked().end(BODY) == len(BODY)
    assert Chunked().end(BODY + NEXT) == len(BODY)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 11])
def test_a_chunked_body_ends_at_the_same_byte_however_it_is_cut(size: int) -> None:
    framing = Chunked()
    pieces = [BODY[at : at + size] for at in range(0, len(BODY), size)]
    ends = [framing.end(piece) for piece in pieces]
    assert ends == [None] * (len(pieces) - 1) + [len(pieces[-1])]


@pytest.mark.parametrize(
    "line", [b"\r\n", b"-1\r\n", b"0x5\r\n", b"5\n", b" 5\r\n", b"12345678901234567\r\n", "٥\r\n".encode()]
)
def test_a_size_that_is_no_hexadecimal_number_is_refused(line: bytes) -> None:
    with pytest.raises(InvalidChunkSize):
        Chunked().end(line)


def test_a_trailer_without_its_carriage_return_is_refused() -> None:
    with pytest.raises(ChunkMissingTerminator):
        Chunked().end(b"0\r\nX-Sum: 1\n\r\n")


def test_a_line_that_does_not_end_is_refused_before_it_fills_the_memory() -> None:
    framing = Chunked()
    assert framing.end(b"5;" + b"a" * (LONGEST_LINE - 2)) is None
    with pytest.raises(InvalidChunkSize):
        framing.end(b"a")

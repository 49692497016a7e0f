"""Requests are read the same however their bytes are cut, and answers arrive whole however slowly they are read."""

from __future__ import annotations

import logging
import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import InvalidChunkSize, ParseException
from hypothesis import given
from hypothesis import strategies as st

from config.edge.connection import Stage, dispensable
from config.edge.connections import Connections
from config.edge.incoming import BodyTooLong, Incoming
from config.edge.outgoing import Outgoing
from config.edge.targets import ascii_target

FORM = b"POST /account/sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\n\r\nusername=layla"
CHUNKS = (
    b"POST /account/sign-in/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5;note=a\r\nusern\r\n9\r\name=layla\r\n0\r\nX-Sum: 1\r\n\r\n"
)
SEARCH = "GET /search/?q=خلفوف HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


@contextmanager
def incoming(longest: int = 1000) -> Iterator[Incoming]:
    made = Incoming(Config(), ("127.0.0.1", 1), lambda _request: longest, Path("/tmp"))  # noqa: S108
    yield made
    made.begin()


def read(data: bytes, cuts: list[int]) -> list[tuple[str, bytes]]:
    """Every request in the bytes, cut at these places, as target and body."""
    found = []
    with incoming() as made:
        for begin, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
            piece = data[begin:end]
            while piece:
                request = made.feed(piece)
                piece = b""
                if request is not None:
                    found.append((request.uri, request.body.read()))
                    piece, made.ahead = made.ahead, b""
                    made.begin()
    return found


@given(st.lists(st.integers(0, len(FORM + CHUNKS + SEARCH + FORM)), max_size=12).map(sorted))
def test_requests_are_the_same_however_their_bytes_arrive(cuts: list[int]) -> None:
    signed_in = ("/account/sign-in/", b"username=layla")
    searched = ("/search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81", b"")
    assert read(FORM + CHUNKS + SEARCH + FORM, cuts) == [signed_in, signed_in, searched, signed_in]


def test_a_body_in_chunks_has_a_length_when_it_is_whole() -> None:
    with incoming() as made:
        request = made.feed(CHUNKS)
    assert [value for name, value in request.headers if name == "CONTENT-LENGTH"] == ["14"]
    assert "TRANSFER-ENCODING" not in dict(request.headers)


def test_a_body_that_is_too_long_is_known_from_its_length_or_its_bytes() -> None:
    with incoming(13) as made, pytest.raises(BodyTooLong):
        made.feed(FORM[:-14])
    with incoming(20) as made, pytest.raises(BodyTooLong):
        made.feed(CHUNKS[:-10])


@pytest.mark.parametrize("chunks", [b"-1\r\n", b"+1\r\na", b"0x1\r\na", b" 1\r\na", b"1\na", b"\r\n", b"5" * 9000])
def test_a_chunk_without_a_right_size_is_refused(chunks: bytes) -> None:
    with incoming(10_000) as made, pytest.raises(InvalidChunkSize):
        made.feed(CHUNKS.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + chunks)


@given(st.binary(max_size=300))
def test_whatever_comes_is_a_request_or_a_refusal(data: bytes) -> None:
    for beginning in (b"", b"GET / HTTP/1.1\r\n", CHUNKS[:85]):
        with incoming() as made, suppress(ParseException):
            made.feed(beginning + data)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("GET /search/?q=قطر HTTP/1.1\r\nX: قطر", "GET /search/?q=%D9%82%D8%B7%D8%B1 HTTP/1.1\r\nX: قطر"),
        ("GET /search/?q=%D9%82 HTTP/1.1\r\n", "GET /search/?q=%D9%82 HTTP/1.1\r\n"),
        ("قطر", "قطر"),
    ],
)
def test_only_the_target_is_encoded(written: str, sent: str) -> None:
    assert ascii_target(written.encode()) == sent.encode()


def test_an_answer_waits_for_its_reader_and_arrives_whole(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        told: list[str] = []
        outgoing = Outgoing(ours, tmp_path, lambda: told.append("waiting"))
        pages = [bytes([number]) * 300_000 for number in range(5)]
        for page in pages:
            outgoing.sendall(page)
        assert told == ["waiting"]
        assert outgoing.held > 1_000_000
        received = bytearray()
        while outgoing.waiting:
            outgoing.drain()
            received += theirs.recv(100_000)
        theirs.setblocking(False)
        while len(received) < 1_500_000:
            received += theirs.recv(100_000)
        assert received == b"".join(pages)
        assert outgoing.held == 0


def test_an_answer_that_was_given_up_takes_no_more(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        outgoing = Outgoing(ours, tmp_path, lambda: None)
        outgoing.sendall(2_000_000 * b"a")
        outgoing.close()
        assert not outgoing.waiting
        with pytest.raises(BrokenPipeError):
            outgoing.sendall(b"b")


@pytest.fixture
def served(settings: Any, tmp_path: Path) -> Iterator[tuple[Connections, list[Any]]]:
    """Connections whose requests are put on a list, where a thread would take them."""
    settings.VAR_DIR, settings.WAITING_MAX_BYTES = tmp_path, 1_000_000
    with selectors.DefaultSelector() as poller:
        whole: list[Any] = []
        made = Connections(Config(), logging.getLogger("edge"), poller, whole.append, lambda what, *more: what(*more))
        yield made, whole
        for conn in [*made.open]:
            made.drop(conn)


def client(served: Connections, *data: bytes) -> socket.socket:
    """A client that has sent this."""
    theirs, ours = socket.socketpair()
    for piece in data:
        theirs.sendall(piece)
    served.add(ours, "", "")
    return theirs


def test_who_reads_least_goes_when_too_much_waits(served: tuple[Connections, list[Any]]) -> None:
    connections, whole = served
    lines = [client(connections, SEARCH) for _number in range(3)]
    for conn, size in zip(whole, (900_000, 1_500_000, 400_000), strict=True):
        conn.sock.sendall(size * b"a")
        connections.answered(conn, keep=True)
    connections.sweep()
    assert connections.open == {whole[0], whole[2]}
    for theirs in lines:
        theirs.close()


def test_there_is_always_room_for_another(served: tuple[Connections, list[Any]]) -> None:
    """However many came at once: who is being worked for and the newest stay."""
    connections, whole = served
    connections.cfg.set("worker_connections", 20)
    lines = [client(connections, SEARCH), *(client(connections) for _number in range(50))]
    connections.sweep()
    assert 0 < len(connections.open) < 20
    assert whole[0] in connections.open
    for theirs in lines:
        theirs.close()


def test_what_came_ahead_is_answered_next(served: tuple[Connections, list[Any]]) -> None:
    connections, whole = served
    with client(connections, SEARCH + FORM, CHUNKS):
        (conn,) = whole
        for expected in ("/search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81", "/account/sign-in/"):
            assert conn.request.uri == expected
            connections.answered(conn, keep=True)
        assert len(whole) == 3
        connections.answered(conn, keep=True)
        assert conn.stage is Stage.IDLE


def test_a_client_that_left_while_a_thread_worked_harms_nobody(served: tuple[Connections, list[Any]]) -> None:
    connections, whole = served
    client(connections, SEARCH).close()
    connections.drop(whole[0])
    with pytest.raises(BrokenPipeError):
        whole[0].sock.sendall(b"too late")
    connections.answered(whole[0], keep=True)
    assert not connections.open


def line(stage: Stage, address: str, since: float) -> Any:
    return SimpleNamespace(stage=stage, address=address, since=since)


def test_a_crowd_loses_its_oldest_first_and_work_is_never_lost() -> None:
    crowd = [line(Stage.IDLE, "10.0.0.1", since) for since in (3, 1, 2)]
    download = line(Stage.ANSWERED, "10.0.0.1", 0)
    works = line(Stage.WORKING, "10.0.0.1", 0)
    other = line(Stage.IDLE, "10.0.0.2", 0)
    done = line(Stage.CLOSING, "10.0.0.2", 9)
    everybody = [*crowd, download, works, other, done]
    assert dispensable(everybody, 10) == [done, crowd[1], crowd[2], crowd[0], download, other]
    assert dispensable(everybody, 2) == [done, crowd[1]]

"""Requests as bytes on a socket, so that they may be anything."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse

PATIENCE = 20.0  # seconds


@dataclass(frozen=True)
class Answer:
    """Status 0 when the line was closed without an answer; `seconds` from the first byte sent to the last one read."""

    status: int
    headers: dict[str, str]
    body: str
    seconds: float


def request(
    target: bytes | str = b"/", *fields: bytes | str, method: bytes = b"GET", host: bytes | None = b"localhost"
) -> bytes:
    """A request without a body that asks to close the line; `host=None` leaves the field out."""
    lines = [method + b" " + _bytes(target) + b" HTTP/1.1"]
    lines += [b"Host: " + host] if host is not None else []
    return b"\r\n".join([*lines, b"Connection: close", *map(_bytes, fields), b"", b""])


def _bytes(text: bytes | str) -> bytes:
    return text.encode() if isinstance(text, str) else text


def line(bind: str, *, source: str = "127.0.0.1", receive: int = 0) -> socket.socket:
    """A connection, from another loopback address or with a small receive buffer where asked."""
    made = socket.socket()
    made.settimeout(PATIENCE)
    if receive:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    made.bind((source, 0))
    host, _colon, port = bind.partition(":")
    made.connect((host, int(port)))
    return made


def ask(bind: str, data: bytes, *, then: bytes = b"", pause: float = 0.0) -> Answer:
    """Send all of it, the second part after a pause, and read one answer."""
    begun = time.monotonic()
    with line(bind) as made:
        with suppress(ConnectionError):  # refused before everything was sent
            made.sendall(data)
            if then:
                time.sleep(pause)
                made.sendall(then)
        return read(made, begun)


def read(made: socket.socket, begun: float = 0.0) -> Answer:
    response = HTTPResponse(made)
    try:
        response.begin()
        body = response.read()
    except (HTTPException, OSError):
        return Answer(0, {}, "", time.monotonic() - begun)
    finally:
        response.close()
    return Answer(response.status, dict(response.headers), body.decode("utf-8", "replace"), time.monotonic() - begun)


@contextmanager
def many(bind: str, count: int, beginnings: Sequence[bytes] = (b"",)) -> Iterator[list[socket.socket]]:
    """So many open lines on which the beginnings were sent, in turn."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(4096, hard)), hard))
    lines = []
    try:
        for number in range(count):
            lines.append(line(bind))
            lines[-1].sendall(beginnings[number % len(beginnings)])
        yield lines
    finally:
        for made in lines:
            made.close()


@contextmanager
def dripping(lines: Sequence[socket.socket], byte: bytes = b"a", pause: float = 1.0) -> Iterator[None]:
    """A byte on each line at every pause, until the end; who closed his end is left out."""
    end = threading.Event()

    def drip() -> None:
        while not end.wait(pause):
            for made in lines:
                with suppress(OSError):
                    made.send(byte, socket.MSG_DONTWAIT)

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()

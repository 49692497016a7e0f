"""A real web server on the loopback address that behaves as a test says, also badly."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket, str], None]


@dataclass
class Site:
    """`pages` by path: bytes sent as they are after a request, or something that is called with the line."""

    port: int
    pages: dict[str, bytes | Behaviour] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def address(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


def page(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """An answer as it goes over the line; `length` lies about the body's."""
    size = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return page(b"", f"Location: {to}", status=status)


@contextmanager
def served() -> Iterator[Site]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        site = Site(listening.getsockname()[1])
        threading.Thread(target=_serve, args=(listening, site), daemon=True).start()
        yield site
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, site: Site) -> None:
    with suppress(OSError):
        while True:
            line, _address = listening.accept()
            threading.Thread(target=_answer, args=(line, site), daemon=True).start()


def _answer(line: socket.socket, site: Site) -> None:
    with closing(line), suppress(OSError):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = line.recv(4096)
            if not piece:
                return
            head += piece
        head, _end, body = head.partition(b"\r\n\r\n")
        path = head.split(b" ", 2)[1].decode()
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        while length and len(body) < int(length[1]):
            body += line.recv(65536)
        site.asked.append(path)
        site.heads.append(head.decode("latin-1") + "\r\n\r\n")
        site.bodies.append(body)
        given = site.pages.get(path, page(b"no such page", status="404 Not Found"))
        if isinstance(given, bytes):
            line.sendall(given)
        else:
            given(line, path)

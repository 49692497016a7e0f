"""A line to a node on which answers take as long as a test wants, or never come; a real proxy of TCP."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self
from urllib.parse import urlsplit

CHUNK = 65_536


class SlowLine:
    """Passes on at once what is asked; what is answered after `seconds`, or as soon as that is made less."""

    def __init__(self, node: str) -> None:
        self.node = urlsplit(node)
        self.seconds = 0.0
        self.silent = 0  # so many of the next lines get no answer
        self._changed = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0), backlog=64)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._take, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.hurry()
        self._server.close()

    def hurry(self) -> None:
        """Answer at once from now on, also what waits."""
        self.seconds = 0.0
        self._changed.set()

    def slow_down(self, seconds: float) -> None:
        self._changed.clear()
        self.seconds = seconds

    @contextmanager
    def slow(self, seconds: float) -> Iterator[None]:
        """Answers take so long meanwhile."""
        self.slow_down(seconds)
        try:
            yield
        finally:
            self.hurry()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                line, _from = self._server.accept()
                if self.silent:
                    self.silent -= 1
                    threading.Thread(target=self._swallow, args=(line,), daemon=True).start()
                    continue
                node = socket.create_connection((str(self.node.hostname), int(self.node.port or 0)))
                threading.Thread(target=self._serve, args=(line, node), daemon=True).start()

    def _serve(self, line: socket.socket, node: socket.socket) -> None:
        with line, node:
            asking = threading.Thread(target=self._pass_on, args=(line, node, False), daemon=True)
            asking.start()
            self._pass_on(node, line, True)
            asking.join()

    def _pass_on(self, one: socket.socket, other: socket.socket, is_slow: bool) -> None:
        with suppress(OSError):
            while sent := one.recv(CHUNK):
                if is_slow and self.seconds:
                    self._changed.wait(self.seconds)
                other.sendall(sent)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _swallow(self, line: socket.socket) -> None:
        with suppress(OSError), line:
            while line.recv(CHUNK):
                pass

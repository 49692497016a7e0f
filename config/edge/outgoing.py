"""An answer on its way to a client that reads at its own pace; no thread waits for it."""

from __future__ import annotations

import errno
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from config.edge.incoming import IN_MEMORY, PIECE


class Outgoing:
    """What gunicorn writes answers to as to a socket: it takes everything at once.

    What the kernel does not take stays here, in memory and then in a file without a name, and is sent by `drain`; so
    does all of an answer that is held back.
    `sendall` is called in the thread that makes the answer, everything else where connections are watched.
    """

    def __init__(self, line: socket.socket, folder: Path, when_waiting: Callable[[], None]) -> None:
        self.line = line
        self.folder = folder
        self.when_waiting = when_waiting  # called from a thread when there is something to drain
        self.held = 0  # bytes written to the present file
        self._sent = 0
        self._file: IO[bytes] | None = None
        self._closed = False
        self._not_before = 0.0
        self._lock = threading.Lock()

    @property
    def waiting(self) -> bool:
        return self._file is not None

    @property
    def is_held_back(self) -> bool:
        return time.monotonic() < self._not_before

    def hold_back(self, seconds: float) -> None:
        """Send nothing of the answer before; no thread waits. For whoever asks again as soon as he is answered.

        The application finds this object as `gunicorn.socket` in the request's `META`.
        """
        self._not_before = time.monotonic() + seconds

    def let_go(self) -> None:
        self._not_before = 0.0

    def sendall(self, data: bytes) -> None:
        with self._lock:
            if self._closed:
                raise BrokenPipeError(errno.EPIPE, "the client has gone or was too slow")
            if begins := self._file is None:
                data = data[self._send(data) :]
                if not data:
                    return
                self._file = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(self.folder))  # noqa: SIM115 - see `_forget`
            self._file.seek(self.held)
            self._file.write(data)
            self.held += len(data)
        if begins:
            self.when_waiting()

    send = sendall

    def sendfile(self, file: IO[bytes], offset: int, count: int) -> None:
        file.seek(offset)
        while count and (piece := file.read(min(count, PIECE))):
            self.sendall(piece)
            count -= len(piece)

    def drain(self) -> int:
        """Send what the client takes now; give its bytes."""
        with self._lock:
            if self._file is None:
                return 0
            self._file.seek(self._sent)
            sent = self._send(self._file.read(PIECE))
            self._sent += sent
            if self._sent == self.held:
                self._forget()
            return sent

    def shutdown(self, _how: int) -> None:
        raise OSError(errno.ENOTCONN, "answers are ended by `close`")

    def close(self) -> None:
        """Take no more and forget the rest: also what gunicorn calls when an answer breaks off."""
        with self._lock:
            self._closed = True
            self._forget()

    def _send(self, data: bytes) -> int:
        if self.is_held_back:
            return 0
        try:
            return self.line.send(data)
        except (BlockingIOError, InterruptedError):
            return 0

    def _forget(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None
        self.held = self._sent = 0

"""One client's connection: what it is about, and until when."""

from __future__ import annotations

import math
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterable
from enum import IntEnum
from pathlib import Path
from typing import Any

from django.conf import settings

from config.edge.incoming import Incoming
from config.edge.outgoing import Outgoing

PACE_BYTES = 10_000  # of a body or an answer, in each `PATIENCE_SECONDS`; Apache's mod_reqtimeout asks for as many
# As nginx's lingering close: what a client still sends is read and dropped, so that it reads the answer and no reset.
LINGER_QUIET = 5.0
LINGER_SECONDS = 30.0


class Stage(IntEnum):
    """What a connection is about."""

    IDLE = 1  # nothing of a request is here
    HEAD = 2  # a part of it is
    BODY = 3
    WORKING = 4  # a thread makes the answer
    ANSWERED = 5  # the answer is made, and on its way
    CLOSING = 6  # it is sent, and the client has to close, too


class Connection:
    """`sock` is what gunicorn writes answers to; `line` is the client's socket."""

    def __init__(
        self,
        line: socket.socket,
        client: Any,
        server: Any,
        incoming: Incoming,
        folder: Path,
        when_waiting: Callable[[Connection], None],
    ) -> None:
        self.line, self.client, self.server = line, client, server
        self.incoming = incoming
        self.sock = Outgoing(line, folder, lambda: when_waiting(self))
        self.request: Any = None  # gunicorn's, the one that a thread answers
        self.keep = False  # whether another request may follow the present one
        self.watched = 0  # events, as of `selectors`
        self.enter(Stage.IDLE, settings.PATIENCE_SECONDS)

    @property
    def address(self) -> str:
        """The client's, without its port; all clients of a Unix socket have one."""
        return str(self.client[0]) if isinstance(self.client, tuple) else ""

    @property
    def held(self) -> int:
        """Bytes that wait in memory or in files."""
        return self.incoming.size + self.sock.held

    def enter(self, stage: Stage, seconds: float = math.inf) -> None:
        self.stage = stage
        self.since = time.monotonic()
        self.deadline = self.since + seconds
        self.moved = 0

    def moves(self, count: int) -> None:
        """So many bytes came or went: there is time anew for every 10,000."""
        self.moved += count
        if self.moved >= PACE_BYTES:
            self.moved = 0
            self.deadline = time.monotonic() + settings.PATIENCE_SECONDS

    def lingers(self) -> None:
        """The client still sends: it may for a while."""
        self.deadline = min(time.monotonic() + LINGER_QUIET, self.since + LINGER_SECONDS)

    def hurry(self, seconds: float) -> None:
        self.deadline = min(self.deadline, time.monotonic() + seconds)


def dispensable(connections: Iterable[Connection], count: int) -> list[Connection]:
    """Those to close when there are too many: the answered ones, then the oldest of the address that has most of them.

    Answers on their way go after the others of their address, and a connection that a thread works for never.
    """
    waiting = [connection for connection in connections if connection.stage is not Stage.WORKING]
    crowd = Counter(connection.address for connection in waiting)

    def order(connection: Connection) -> tuple[object, ...]:
        closing, answered = connection.stage is Stage.CLOSING, connection.stage is Stage.ANSWERED
        return not closing, -crowd[connection.address], answered, connection.since

    return sorted(waiting, key=order)[:count]

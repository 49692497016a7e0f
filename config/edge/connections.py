"""All open connections of a worker: what happens on each, until when, and who goes when there are too many."""

from __future__ import annotations

import errno
import secrets
import selectors
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER

from config.edge.bodies import longest_body
from config.edge.connection import LINGER_QUIET, Connection, Stage, dispensable
from config.edge.incoming import PIECE, Incoming
from config.edge.refusals import refusal, status_of

CLOSED_AT_ONCE = 16  # of the dispensable ones
STOP_READING = 3.0  # seconds that a stopping worker waits for the rest of requests that have begun
GONE = {errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN, errno.ETIMEDOUT}


class Connections:
    """Reads and writes when `poller` says that it can, in one thread, and never waits.

    `hand_over` is called with a connection whose request is whole; `answered` is to be called when its answer is made.
    `later` has something done in this thread, and may be called from any.
    """

    def __init__(
        self,
        cfg: Any,
        log: Any,
        poller: selectors.BaseSelector,
        hand_over: Callable[[Connection], None],
        later: Callable[..., None],
    ) -> None:
        self.cfg, self.log, self.poller, self.hand_over, self.later = cfg, log, poller, hand_over, later
        self.open: set[Connection] = set()
        self.held_back: set[Connection] = set()  # whose answer is made and not sent yet
        self.stopping = False
        self._swept = 0.0
        self._waste = bytearray(4 * PIECE)

    def add(self, line: socket.socket, client: Any, server: Any) -> None:
        line.setblocking(False)
        if line.family != socket.AF_UNIX:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        incoming = Incoming(self.cfg, client, longest_body, settings.VAR_DIR)
        conn = Connection(line, client, server, incoming, settings.VAR_DIR, self._when_waiting)
        self.open.add(conn)
        self._step(conn, self._read)  # its first bytes are often here already

    def drop(self, conn: Connection) -> None:
        """Close at once; a thread that works for it notices when it writes."""
        if conn not in self.open:
            return
        self.open.remove(conn)
        self.held_back.discard(conn)
        self._watch(conn, 0)
        conn.sock.close()
        conn.line.close()
        if conn.stage is not Stage.WORKING:
            conn.incoming.begin()

    def answered(self, conn: Connection, keep: bool) -> None:
        """The answer is made, though it may still be on its way; `keep` says whether another request may follow."""
        if conn in self.open:
            conn.keep = keep
            self._step(conn, self._finish)

    def sweep(self) -> None:
        """Called at every turn of the loop, and at least once a second."""
        self.make_room(len(self.open) - self.cfg.worker_connections)
        now = time.monotonic()
        if now < self._swept + 0.5:
            return
        self._swept = now
        for conn in [conn for conn in self.held_back if not conn.sock.is_held_back]:
            self._let_go(conn)
        for conn in [conn for conn in self.open if conn.deadline < now]:
            self._step(conn, self._expire)
        held = {conn: conn.held for conn in self.open}
        if sum(held.values()) > settings.WAITING_MAX_BYTES:
            self.drop(max(held, key=held.__getitem__))

    def make_room(self, missing: int = 0) -> None:
        """Have room for some more than are missing."""
        if missing >= 0:
            for conn in dispensable(self.open, missing + CLOSED_AT_ONCE):
                self.drop(conn)

    def stop(self) -> None:
        """The worker is to end: nobody is waited for who has not asked, or is slow to."""
        self.stopping = True
        for conn in [*self.held_back]:
            self._let_go(conn)
        for conn in self.open:
            if conn.stage in {Stage.IDLE, Stage.CLOSING}:
                conn.hurry(STOP_KEEPALIVE_LINGER)
            elif conn.stage in {Stage.HEAD, Stage.BODY}:
                conn.hurry(STOP_READING)

    # What happens on one

    def _watch(self, conn: Connection, events: int) -> None:
        if events == conn.watched:
            return
        if not events:
            self.poller.unregister(conn.line)
        elif not conn.watched:
            self.poller.register(conn.line, events, partial(self._on_event, conn))
        else:
            self.poller.modify(conn.line, events, partial(self._on_event, conn))
        conn.watched = events

    def _on_event(self, conn: Connection, _line: object) -> None:
        if conn not in self.open:  # closed by what happened just before
            return
        if conn.stage is Stage.CLOSING:
            self._step(conn, self._discard)
        elif conn.stage in {Stage.WORKING, Stage.ANSWERED}:
            self._step(conn, self._drain)
        else:
            self._step(conn, self._read)

    def _step(self, conn: Connection, what: Callable[[Connection], None]) -> None:
        """Whatever goes wrong with one connection, the others go on."""
        try:
            what(conn)
        except (BlockingIOError, InterruptedError):
            self._watch(conn, conn.watched or selectors.EVENT_READ)
        except OSError as error:
            if error.errno not in GONE:
                self.log.warning("A connection was closed: %s", error)
            self.drop(conn)
        except Exception:
            self.log.exception("A connection was closed")
            self.drop(conn)

    def _read(self, conn: Connection) -> None:
        data = conn.line.recv(PIECE)
        if data:
            self._take(conn, data)
        else:
            self.drop(conn)

    def _take(self, conn: Connection, data: bytes) -> None:
        """Bytes of a request: all of it is handed over, the rest of a part is waited for, a wrong one is refused."""
        try:
            conn.request = conn.incoming.feed(data)
        except ParseException as error:
            self._refuse(conn, error)
            return
        if conn.request is not None:
            conn.enter(Stage.WORKING)
            self._watch(conn, 0)
            self.hand_over(conn)
            return
        stage = Stage.HEAD if conn.incoming.request is None else Stage.BODY
        if conn.stage is not stage:
            conn.enter(stage, STOP_READING if self.stopping else settings.PATIENCE_SECONDS)
        elif stage is Stage.BODY:  # a head must be whole in time, however it comes
            conn.moves(len(data))
        self._watch(conn, selectors.EVENT_READ)
        if conn.incoming.asks_to_continue():
            conn.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _refuse(self, conn: Connection, error: Exception) -> None:
        """Answer what did not become a request, and close."""
        status, name = status_of(error), secrets.token_hex(8)
        self.log.warning("%s %s: %d, %.200s", name, conn.address, status, error)
        conn.keep = False
        conn.sock.sendall(refusal(status, bytes(conn.incoming.head), name, conn.incoming.longest_body))
        self._finish(conn)

    def _when_waiting(self, conn: Connection) -> None:
        """An answer does not fit into what the kernel takes. Called from any thread."""
        self.later(self._step, conn, self._begin_draining)

    def _begin_draining(self, conn: Connection) -> None:
        if conn in self.open and conn.stage is Stage.WORKING and conn.sock.waiting:
            conn.enter(Stage.WORKING, settings.PATIENCE_SECONDS)
            self._send_when_possible(conn)

    def _send_when_possible(self, conn: Connection) -> None:
        if conn.sock.is_held_back and not self.stopping:
            self.held_back.add(conn)
        else:
            self._let_go(conn)

    def _let_go(self, conn: Connection) -> None:
        self.held_back.discard(conn)
        conn.sock.let_go()
        self._watch(conn, selectors.EVENT_WRITE)

    def _drain(self, conn: Connection) -> None:
        conn.moves(conn.sock.drain())
        if conn.sock.waiting:
            return
        if conn.stage is Stage.ANSWERED:
            self._next(conn)
        else:
            self._watch(conn, 0)
            conn.enter(Stage.WORKING)

    def _finish(self, conn: Connection) -> None:
        conn.request = None
        if conn.sock.waiting:
            conn.enter(Stage.ANSWERED, settings.PATIENCE_SECONDS)
            self._send_when_possible(conn)
        else:
            self._next(conn)

    def _next(self, conn: Connection) -> None:
        """The answer is sent: go on with what came ahead, wait for another request, or close."""
        ahead, conn.incoming.ahead = conn.incoming.ahead, b""
        conn.incoming.begin()
        if not conn.keep:
            conn.line.shutdown(socket.SHUT_WR)
            conn.enter(Stage.CLOSING, STOP_KEEPALIVE_LINGER if self.stopping else LINGER_QUIET)
        else:
            conn.enter(Stage.IDLE, STOP_KEEPALIVE_LINGER if self.stopping else self.cfg.keepalive)
            if ahead:
                self._take(conn, ahead)
                return
        self._watch(conn, selectors.EVENT_READ)

    def _discard(self, conn: Connection) -> None:
        if not conn.line.recv_into(self._waste):
            self.drop(conn)
        elif not self.stopping:
            conn.lingers()

    def _expire(self, conn: Connection) -> None:
        if conn.stage in {Stage.HEAD, Stage.BODY}:
            self._refuse(conn, TimeoutError("the request did not arrive in time"))
        else:
            self.drop(conn)

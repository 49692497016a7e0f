"""gunicorn's worker with threads, which gives a thread to whole requests only and has none wait for a client.

gunicorn's own `gthread` gives a thread to every new connection, and the thread waits for the rest of the request and
for the client to read; eight half-sent requests hold eight threads for as long as they like. It also waits up to two
seconds, in the one loop that everything passes through, for each client that is slow to close.
"""

from __future__ import annotations

import errno
import secrets
import selectors
import socket
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from django.conf import settings
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from config.edge.connection import LINGER_QUIET, Connection, Stage, dispensable
from config.edge.incoming import PIECE, Incoming
from config.edge.refusals import refusal, status_of

HEALTH = "/healthz"
ACCEPTED_AT_ONCE = 32
CLOSED_AT_ONCE = 16  # of the dispensable ones
SWITCH_SECONDS = 0.001
STOP_READING = 3.0  # seconds that a stopping worker waits for the rest of requests that have begun
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
GONE = {errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN, errno.ETIMEDOUT}


class Worker(ThreadWorker):
    def init_process(self) -> None:
        self.connections: set[Connection] = set()
        self.swept = 0.0
        self.waste = bytearray(4 * PIECE)
        # While threads compute, the loop waits for Python's lock for as long as each of them may hold it (5 ms by
        # default), at every turn.
        sys.setswitchinterval(SWITCH_SECONDS)
        # Whether the process lives is answered also when every other thread computes.
        self.health_pool = ThreadPoolExecutor(1)
        super().init_process()

    # Connections come and go

    def accept(self, listener: Any) -> None:
        for _number in range(ACCEPTED_AT_ONCE):
            try:
                line, client = listener.accept()
            except OSError as error:
                if error.errno in FULL:
                    self.make_room()
                elif error.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EINTR}:
                    raise
                return
            self.add(line, client, listener.getsockname())

    def add(self, line: socket.socket, client: Any, server: Any) -> None:
        line.setblocking(False)
        if line.family != socket.AF_UNIX:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        incoming = Incoming(self.cfg, client, settings.BODY_MAX_BYTES, settings.VAR_DIR)
        conn = Connection(line, client, server, incoming, settings.VAR_DIR, self.on_waiting)
        self.connections.add(conn)
        self.nr_conns = len(self.connections)
        self.step(conn, self.read)  # its first bytes are often here already

    def drop(self, conn: Connection) -> None:
        """Close at once; a thread that works for it notices when it writes."""
        if conn not in self.connections:
            return
        self.connections.remove(conn)
        self.nr_conns = len(self.connections)
        self.watch(conn, 0)
        conn.sock.close()
        conn.line.close()
        if conn.stage is not Stage.WORKING:
            conn.incoming.begin()

    def watch(self, conn: Connection, events: int) -> None:
        if events == conn.watched:
            return
        if not events:
            self.poller.unregister(conn.line)
        elif not conn.watched:
            self.poller.register(conn.line, events, partial(self.on_event, conn))
        else:
            self.poller.modify(conn.line, events, partial(self.on_event, conn))
        conn.watched = events

    # What happens on them

    def on_event(self, conn: Connection, _line: object) -> None:
        if conn not in self.connections:  # closed by what happened just before
            return
        if conn.stage is Stage.CLOSING:
            self.step(conn, self.discard)
        elif conn.stage in {Stage.WORKING, Stage.ANSWERED}:
            self.step(conn, self.drain)
        else:
            self.step(conn, self.read)

    def step(self, conn: Connection, what: Any) -> None:
        """Whatever goes wrong with one connection, the others go on."""
        try:
            what(conn)
        except (BlockingIOError, InterruptedError):
            self.watch(conn, conn.watched or selectors.EVENT_READ)
        except OSError as error:
            if error.errno not in GONE:
                self.log.warning("A connection was closed: %s", error)
            self.drop(conn)
        except Exception:
            self.log.exception("A connection was closed")
            self.drop(conn)

    def read(self, conn: Connection) -> None:
        data = conn.line.recv(PIECE)
        if data:
            self.take(conn, data)
        else:
            self.drop(conn)

    def take(self, conn: Connection, data: bytes) -> None:
        """Bytes of a request: all of it is handed to a thread, part of it is waited for, a wrong one is refused."""
        try:
            request = conn.incoming.feed(data)
        except ParseException as error:
            self.refuse(conn, error)
            return
        if request is not None:
            conn.request = request
            conn.enter(Stage.WORKING)
            self.watch(conn, 0)
            self.enqueue_req(conn)
            return
        stage = Stage.HEAD if conn.incoming.request is None else Stage.BODY
        if conn.stage is not stage:
            conn.enter(stage, settings.PATIENCE_SECONDS if self.alive else STOP_READING)
        elif stage is Stage.BODY:  # a head must be whole in time, however it comes
            conn.moves(len(data))
        self.watch(conn, selectors.EVENT_READ)
        if conn.incoming.asks_to_continue():
            conn.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_waiting(self, conn: Connection) -> None:
        """An answer does not fit into what the kernel takes. Called from any thread."""
        self.method_queue.defer(self.step, conn, self.begin_draining)

    def begin_draining(self, conn: Connection) -> None:
        if conn in self.connections and conn.stage is Stage.WORKING and conn.sock.waiting:
            conn.enter(Stage.WORKING, settings.PATIENCE_SECONDS)
            self.watch(conn, selectors.EVENT_WRITE)

    def drain(self, conn: Connection) -> None:
        conn.moves(conn.sock.drain())
        if conn.sock.waiting:
            return
        if conn.stage is Stage.ANSWERED:
            self.answered(conn)
        else:
            self.watch(conn, 0)
            conn.enter(Stage.WORKING)

    def discard(self, conn: Connection) -> None:
        if not conn.line.recv_into(self.waste):
            self.drop(conn)
        elif self.alive:
            conn.lingers()

    # Requests

    def enqueue_req(self, conn: Connection) -> None:
        assert conn.request is not None  # noqa: S101
        pool = self.health_pool if conn.request.path == HEALTH else self.tpool
        done = pool.submit(self.handle, conn)
        done.add_done_callback(lambda future: self.method_queue.defer(self.finish_request, conn, future))

    def handle(self, conn: Connection) -> bool:
        """Answer a request, in a thread; give whether another may follow on the connection."""
        try:
            return bool(self.handle_request(conn.request, conn))
        except StopIteration:  # the answer broke off, and the log says so
            conn.sock.close()
        except OSError as error:
            conn.sock.close()
            if error.errno not in GONE:
                self.log.exception("Error sending an answer")
        except Exception as error:
            name = secrets.token_hex(8)
            self.log.exception("%s Error making an answer", name)
            conn.sock.sendall(refusal(status_of(error), bytes(conn.incoming.head), name))
        return False

    def finish_request(self, conn: Connection, done: Future[bool]) -> None:
        if conn not in self.connections:
            return
        conn.keep = not done.cancelled() and done.result()
        self.step(conn, self.finish_answer)

    def finish_answer(self, conn: Connection) -> None:
        """The answer is made; it may still be on its way."""
        conn.request = None
        if conn.sock.waiting:
            conn.enter(Stage.ANSWERED, settings.PATIENCE_SECONDS)
            self.watch(conn, selectors.EVENT_WRITE)
        else:
            self.answered(conn)

    def answered(self, conn: Connection) -> None:
        """The answer is sent: go on with what came ahead, wait for another request, or close."""
        if not conn.keep:
            self.begin_closing(conn)
            return
        ahead, conn.incoming.ahead = conn.incoming.ahead, b""
        conn.incoming.begin()
        conn.enter(Stage.IDLE, self.cfg.keepalive if self.alive else STOP_KEEPALIVE_LINGER)
        if ahead:
            self.take(conn, ahead)
        else:
            self.watch(conn, selectors.EVENT_READ)

    def begin_closing(self, conn: Connection) -> None:
        conn.incoming.begin()
        conn.line.shutdown(socket.SHUT_WR)
        conn.enter(Stage.CLOSING, LINGER_QUIET if self.alive else STOP_KEEPALIVE_LINGER)
        self.watch(conn, selectors.EVENT_READ)

    def refuse(self, conn: Connection, error: Exception) -> None:
        """Answer what did not become a request, and close."""
        status, name = status_of(error), secrets.token_hex(8)
        self.log.warning("%s %s: %d, %.200s", name, conn.address, status, error)
        conn.keep = False
        conn.sock.sendall(refusal(status, bytes(conn.incoming.head), name))
        self.finish_answer(conn)

    # Time and room

    def murder_pending(self) -> None:
        """What gunicorn's loop does at every turn, and at least once a second."""
        if self.nr_conns >= self.worker_connections:
            self.make_room()
        now = time.monotonic()
        if now < self.swept + 0.5:
            return
        self.swept = now
        for conn in [conn for conn in self.connections if conn.deadline < now]:
            self.step(conn, self.expire)
        held = {conn: conn.held for conn in self.connections}
        if sum(held.values()) > settings.WAITING_MAX_BYTES:
            self.drop(max(held, key=held.__getitem__))

    def expire(self, conn: Connection) -> None:
        if conn.stage in {Stage.HEAD, Stage.BODY}:
            self.refuse(conn, TimeoutError("the request did not arrive in time"))
        else:
            self.drop(conn)

    def make_room(self) -> None:
        for conn in dispensable(self.connections, CLOSED_AT_ONCE):
            self.drop(conn)

    def murder_keepalived(self, force: bool = False) -> None:
        for conn in [*self.connections] if force else []:
            self.drop(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """The worker is to stop: nobody has to be waited for who has not asked, or is slow to."""
        for conn in self.connections:
            if conn.stage in {Stage.IDLE, Stage.CLOSING}:
                conn.hurry(deadline - time.monotonic())
            elif conn.stage in {Stage.HEAD, Stage.BODY}:
                conn.hurry(STOP_READING)

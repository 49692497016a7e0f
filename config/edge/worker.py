"""gunicorn's worker with threads, which gives a thread to whole requests only and has none wait for a client.

gunicorn's own `gthread` gives a thread to every new connection, and the thread waits for the rest of the request and
for the client to read; eight half-sent requests hold eight threads for as long as they like. It also waits up to two
seconds, in the one loop that everything passes through, for each client that is slow to close.
"""

from __future__ import annotations

import errno
import secrets
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from config.edge.connection import Connection
from config.edge.connections import GONE, Connections
from config.edge.refusals import refusal, status_of

HEALTH = "/healthz"
ACCEPTED_AT_ONCE = 16
SWITCH_SECONDS = 0.001
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


class Worker(ThreadWorker):
    """The loop, the signals and the renewal are `ThreadWorker`'s, and `handle_request`, which asks the application."""

    connections: Connections

    def run(self) -> None:
        # While threads compute, the loop waits for Python's lock for as long as each of them may hold it (5 ms by
        # default), at every turn.
        sys.setswitchinterval(SWITCH_SECONDS)
        # Whether the process lives is answered also when every other thread computes.
        self.health_pool = ThreadPoolExecutor(1)
        self.connections = Connections(self.cfg, self.log, self.poller, self.enqueue_req, self.method_queue.defer)
        super().run()

    def accept(self, listener: Any) -> None:
        for _number in range(ACCEPTED_AT_ONCE):
            try:
                line, client = listener.accept()
            except OSError as error:
                if error.errno in FULL:
                    self.connections.make_room()
                elif error.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EINTR}:
                    raise
                break
            self.connections.add(line, client, listener.getsockname())
        self.nr_conns = len(self.connections.open)

    def enqueue_req(self, conn: Connection) -> None:
        """Have a thread answer a request that is whole."""
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
        """The answer is made, or nothing could be made of it; called in the loop, where nothing may be raised."""
        self.connections.answered(conn, keep=not done.cancelled() and not done.exception() and done.result())

    # What gunicorn's loop calls at every turn, and at the end

    def murder_pending(self) -> None:
        self.connections.sweep()
        self.nr_conns = len(self.connections.open)

    def murder_keepalived(self, force: bool = False) -> None:
        for conn in [*self.connections.open] if force else []:
            self.connections.drop(conn)

    def _cap_keepalive(self, _deadline: float) -> None:
        self.connections.stop()

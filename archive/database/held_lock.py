"""One process of all machines that share a database: a lock that is held for long, and is free when its holder dies.

With PostgreSQL it is an advisory lock on a connection of its own, which the server gives up when the connection ends:
at once where the process died, some seconds later (`SILENCE`) where the machine did. Whoever holds it asks `check`
before a step that two must not take. The connection must lead to the server itself: a pooler that lends connections to
transactions would lend the lock, too. With SQLite, which is on one machine, it is a lock of the kernel on a file.
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import Error, connection

from archive.database.turns import number

logger = logging.getLogger("archive")
SILENCE: Final = 5, 2, 3  # seconds until the server asks a silent machine, between two questions, how many questions
LOOK: Final = 0.2  # seconds between two looks of one who waits


class LockTaken(Exception):
    """Another process holds the lock."""


class LockLost(Exception):
    """The connection that held the lock is gone: another process may hold it by now."""


class HeldLock(Protocol):
    def check(self) -> None:
        """LockLost where the lock is not held any more."""
        ...


@contextmanager
def held_lock(name: str, *, wait: bool = False) -> Iterator[HeldLock]:
    """Hold the lock of this name; LockTaken where another holds it, unless one is to `wait`, however long.

    The same process may not hold it twice. DatabaseError where the database does not answer.
    """
    taking = _of_postgresql if connection.vendor == "postgresql" else _of_a_file
    with taking(name, wait) as held:
        yield held


@contextmanager
def _of_postgresql(name: str, wait: bool) -> Iterator[HeldLock]:
    own: Any = connection.copy()
    own.settings_dict = {**own.settings_dict, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
    own.inc_thread_sharing()  # a thread may write while another one watches
    with closing(own):
        lock = _AdvisoryLock(own, number(f"lock {name}"))
        told = False
        while not lock.take():
            if not wait:
                raise LockTaken(f"another process holds the lock {name!r} of the database")
            if not told:
                logger.warning("another process holds the lock %r of the database; waiting for it to end", name)
                told = True
            time.sleep(LOOK)
        yield lock


class _AdvisoryLock:
    def __init__(self, own: Any, key: int) -> None:
        self._own = own
        self._key = key
        with own.cursor() as cursor:
            idle, between, count = SILENCE
            cursor.execute(f"SET tcp_keepalives_idle = {idle}")
            cursor.execute(f"SET tcp_keepalives_interval = {between}")
            cursor.execute(f"SET tcp_keepalives_count = {count}")
        self._server = self._process()

    def take(self) -> bool:
        with self._own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [self._key])
            return bool(cursor.fetchone()[0])

    def check(self) -> None:
        try:
            is_the_same = self._process() == self._server
        except Error as error:
            raise LockLost("the connection that held the lock of the database is gone") from error
        if not is_the_same:
            raise LockLost("the connection that held the lock of the database was made anew")

    def _process(self) -> int:
        with self._own.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])


@contextmanager
def _of_a_file(name: str, wait: bool) -> Iterator[HeldLock]:
    folder = Path(settings.SLOTS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / f"lock-{number(f'lock {name}') & 0xFFFFFFFFFFFFFFFF:016x}").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise LockTaken(f"another process holds the lock {name!r}") from None
            logger.warning("another process holds the lock %r; waiting for it to end", name)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield _FileLock()


class _FileLock:
    def check(self) -> None:
        """The kernel takes it from nobody who lives."""

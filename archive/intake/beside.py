"""Items read in a process beside the one that writes, so that two processors have work.

While a slice is written, the next one is read: one slice is asked for at a time, and its answer is taken before the
next is asked for; two that both send and do not listen would wait for each other. Reading writes nothing, so nothing is
lost with the process: what it does not answer is read here. It is spawned, not forked, for it has a connection to the
database of its own. Where its parent dies it reads the end of its pipe, and goes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # a spawned process imports this module before Django is set up
    from archive.intake.reading.items import Item
    from archive.intake.readings import Read

WORTH_A_PROCESS: Final = 100  # items; starting one costs about two seconds


class Beside:
    """The process that reads, from the first slice that is asked of it until it is closed or died."""

    def __init__(self, *, publishing: bool) -> None:
        self._publishing = publishing
        self._pipe: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None

    def ask(self, items: Sequence[Item]) -> bool:
        """Have these read; False where nobody reads them."""
        try:
            if self._pipe is None:
                self._begin()
            assert self._pipe is not None  # noqa: S101 - begun
            self._pipe.send(items)
        except OSError:
            return False
        return True

    def answer(self) -> list[Read]:
        """What was asked for last; [] where the process died of it."""
        from archive.stories import fingerprints

        try:
            assert self._pipe is not None  # noqa: S101 - asked before
            found, foretold = self._pipe.recv()
        except (EOFError, OSError):
            return []
        fingerprints.expect(foretold)
        return list(found)

    def close(self) -> None:
        if self._pipe is not None and self._process is not None:
            self._pipe.close()
            self._process.join(5)
            if self._process.is_alive():
                self._process.kill()
        self._pipe = self._process = None

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_read_on, args=(theirs, self._publishing), daemon=True)
        self._process.start()
        theirs.close()


def is_possible() -> bool:
    """Whether a second process has a processor, and sees the database, which is not in the memory of this one."""
    from django.db import connection

    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    return len(os.sched_getaffinity(0)) > 1 and not in_memory


def _read_on(pipe: Connection, publishing: bool) -> None:
    """In the other process: read slice after slice until nobody asks."""
    import django

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    django.setup()
    from django.conf import settings
    from django.db import close_old_connections

    from archive.intake.taking import Wish, read
    from archive.pages.asked_once import one_page
    from archive.stories.fingerprints import foretell
    from search.analysis.recalling import recalling

    with suppress(EOFError, OSError):  # the process that asked is gone, or its database is: it will tell
        while True:
            items = pipe.recv()
            with one_page(), recalling(settings.SPELLINGS_DIR):
                found = [read(item, Wish()) for item in items]
                read_well = [one for one in found if publishing and one.description and one.reason is None]
                foretold = [foretell(one.description or {}, one.mentions) for one in read_well]
            pipe.send((found, foretold))
            close_old_connections()

"""The lock of the one writer of an index, for engines to hold while they write."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engine.protocol import WriterBusy

logger = logging.getLogger("search.writer")


@contextmanager
def writers_lock(root: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock of the index that a folder of this machine belongs to; freed when the process ends.

    WriterBusy when another process holds it, unless this one is to `wait`. It elects one writer among the processes of
    one machine; an index that several machines write asks the database for its lock (`archive.database.held_lock`).
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (root / "writer.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            busy = f"another process is writing the index in {root}"
            if not wait:
                raise WriterBusy(busy) from None
            logger.warning("%s; waiting for it to end", busy)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield

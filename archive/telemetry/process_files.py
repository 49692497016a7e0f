"""Files of numbers, of each process its own, in one folder; those of processes that ended are added into one.

Prometheus's client has every process write to mapped files of its own, and adds them up when it is asked. It never
forgets one: workers that are renewed, and the processes of heavy answers, would leave thousands. So each process holds
a lock on a file `NAME.alive`, which the kernel frees with the process, in whatever container of this machine it runs;
`fold` adds the numbers of those whose lock is free to `counter_gone.db` and `histogram_gone.db`.

Room in the mapped files is taken before they are written to: a write into a hole would end the process on a full disk.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from prometheus_client.mmap_dict import MmapedDict

KINDS: Final = ("counter", "histogram")
GONE: Final = "gone"
_ROOM: Final = 1 << 18  # bytes of each file, enough for some two hundred views


class ProcessFiles:
    """The folder, and this process's place in it. OSError where there is no room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = 0
        self._name = ""
        self._alive: IO[bytes] | None = None

    def name(self) -> str:
        """That of this process: one after a fork has another. Cheap, for it is asked with every number."""
        if os.getpid() != self._process:
            self._begin()
        return self._name

    def _begin(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        host = re.sub(r"[^A-Za-z0-9.-]", "-", socket.gethostname())[:32]
        name = f"{host}-{os.getpid()}-{secrets.token_hex(4)}"
        fresh = self.folder / f".{name}"
        alive = fresh.open("wb")
        try:
            for kind in KINDS:
                _take_room(self._file(kind, name), _ROOM)
        except OSError:
            for path in (fresh, *(self._file(kind, name) for kind in KINDS)):
                path.unlink(missing_ok=True)
            raise
        fcntl.lockf(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fresh.rename(self.folder / f"{name}.alive")  # nobody ever sees it without its lock
        self._alive, self._name, self._process = alive, name, os.getpid()

    @contextmanager
    def folded(self) -> Iterator[None]:
        """While the files of ended processes are added into one, and until the block ends, nobody else adds."""
        self.name()
        with (self.folder / "folding").open("ab") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            for alive in sorted(self.folder.glob("*.alive")):
                if alive.stem != self._name:  # to open one's own and close it would free its lock
                    self._fold(alive)
            yield

    def _fold(self, alive: Path) -> None:
        """Add the numbers of a process, if it has ended."""
        with alive.open("r+b") as held:
            try:
                fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return
            for kind in KINDS:
                self._add(kind, self._file(kind, alive.stem))
            alive.unlink()

    def _add(self, kind: str, source: Path) -> None:
        if not source.exists():  # this was done once, and killed before it ended
            return
        gone = self._file(kind, GONE)
        _take_room(gone, max(_ROOM, _used(gone) + _used(source)))
        sums = MmapedDict(str(gone))
        try:
            for key, value, _moment, _place in MmapedDict.read_all_values_from_file(str(source)):
                sums.write_value(key, sums.read_value(key)[0] + value, 0.0)
        finally:
            sums.close()
        source.unlink()

    def _file(self, kind: str, name: str) -> Path:
        return self.folder / f"{kind}_{name}.db"


def _used(path: Path) -> int:
    """How many bytes of a file hold numbers, as its head says; 0 where there is none."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        return int.from_bytes(file.read(4), sys.byteorder)
    return 0


def _take_room(path: Path, size: int) -> None:
    """Have a file of this size at least, all of whose bytes have a place on the disk; OSError when there is none."""
    with path.open("ab") as file:
        os.posix_fallocate(file.fileno(), 0, size)

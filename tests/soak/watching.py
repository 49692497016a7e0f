"""What the processes of a served archive hold, looked at again and again: memory and descriptors, by process."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.archive import children


@dataclass(frozen=True, slots=True)
class Look:
    """Seconds since the beginning; MB resident, MB that nobody shares."""

    at: float
    resident: float
    private: float


@dataclass(slots=True)
class Life:
    """One process from the first look at it to the last; a worker that is renewed is another life."""

    name: str
    pid: int
    looks: list[Look] = field(default_factory=list)

    def after(self, seconds: float) -> list[Look]:
        """The looks after so many seconds of this life."""
        return [look for look in self.looks if look.at >= self.looks[0].at + seconds]

    @property
    def seconds(self) -> float:
        return self.looks[-1].at - self.looks[0].at


class Watch:
    """Of `serve`: gunicorn's first process, its workers, the writer."""

    def __init__(self, server: int) -> None:
        self.server = server
        self.began = time.monotonic()
        self.lives: dict[int, Life] = {}

    def look(self) -> None:
        for pid, name in self._processes():
            with suppress(OSError):  # it ended just now
                found = memory(pid, time.monotonic() - self.began)
                self.lives.setdefault(pid, Life(name, pid)).looks.append(found)

    def descriptors(self) -> dict[str, list[str]]:
        """What the process of each name that has most of them has open, but files that are the present index.

        Of the first process everything: it keeps the state of the index that it opened before the fork, and no other.
        """
        held: dict[str, list[str]] = {}
        for pid, name in self._processes():
            with suppress(OSError):
                found = descriptors(pid, everything=name == "master")
                held[name] = max(held.get(name, []), found, key=len)
        return held

    def _processes(self) -> list[tuple[int, str]]:
        found = [(pid, "writer") for pid in children(self.server, b"sync_index")]
        for master in children(self.server, b"gunicorn"):
            found += [(master, "master"), *((pid, "worker") for pid in children(master, b"gunicorn"))]
        return found


def memory(pid: int, at: float) -> Look:
    """What a process holds now; OSError when it is gone."""
    lines = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()[1:])
    held = {line[0]: int(line[1]) / 1024 for line in lines}
    return Look(at, held["Rss:"], held["Private_Clean:"] + held["Private_Dirty:"])


def descriptors(pid: int, *, everything: bool) -> list[str]:
    """What a process has open, or only what of it is not the index, whose segments are now more, now fewer.

    Files that are gone count in any case.
    """
    found = []
    for path in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):  # closed just now
            target = str(path.readlink())
            if everything or "/index/" not in target or target.endswith(" (deleted)"):
                found.append(target)
    return sorted(found)

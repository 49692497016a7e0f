"""R6: files that a running server has mapped are cut where they lie; nobody is told that nothing was found."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.faults.archive import Archive, children

ASKED = range(0, 40, 8)  # numbers of made articles
SETTLED = 20  # right answers one after the other
WORKERS = 2


def to_nothing(path: Path) -> None:
    os.truncate(path, 0)


def to_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def written_over(path: Path) -> None:
    """Its size stays, its second half is zeros."""
    size = path.stat().st_size
    to_half(path)
    os.truncate(path, size)


def mapped(archive: Archive) -> set[Path]:
    """The files of the index that workers have mapped."""
    found = set()
    for master in children(archive.server.pid, b"gunicorn"):
        for worker in children(master, b"gunicorn"):
            lines = Path(f"/proc/{worker}/maps").read_text("utf-8").splitlines()
            found |= {Path(line.split(maxsplit=5)[5]) for line in lines if str(archive.index) in line}
    return {path for path in found if path.exists()}


def died(archive: Archive) -> int:
    return len(re.findall("SIGBUS", archive.log.read_text("utf-8", "replace")))


class Reader:
    """Asks for the rare words of some articles, and remembers how each question ended."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.wanted = archive.tell("held", *ASKED)
        self.ended: list[str] = []

    def ask(self) -> None:
        for word, identifier in self.wanted.items():
            status, body, _headers = self.archive.get(f"/search/?q={quote(word)}")
            right = status == 200 and f"/articles/{identifier}/" in body.decode()
            self.ended.append("right" if right else str(status))

    def has_settled(self) -> bool:
        self.ask()
        return set(self.ended[-SETTLED:]) == {"right"} and len(self.ended) >= SETTLED

    def sees(self, *kinds: str) -> bool:
        """Whether workers that were just asked have files of these kinds mapped and no others."""
        self.ask()
        return {path.suffix for path in mapped(self.archive)} == set(kinds)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Two threads go on asking, so that requests are on the way whatever happens."""
        done = threading.Event()

        def go_on() -> None:
            while not done.is_set():
                self.ask()

        threads = [threading.Thread(target=go_on) for _number in range(2)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            done.set()
            for thread in threads:
                thread.join()


@pytest.fixture
def served(archive: Archive) -> Archive:
    """Served by two workers that have every kind of file mapped."""
    archive.more = {"DIWAN_WORKERS": str(WORKERS)}
    archive.serve("manage.py", "serve")
    archive.tell("publish", 1, 8000)
    archive.until(archive.is_ready, "the archive is ready")
    return archive


@pytest.mark.parametrize("cut", [to_nothing, to_half, written_over])
def test_r6_mapped_files_that_are_cut_under_a_running_server(served: Archive, cut: Callable[[Path], None]) -> None:
    """A worker that reads in the moment of the cut ends, and its lines close; no other one does, nor the next one.

    Readers get no answer until the index is built anew, for which nobody is asked.
    """
    reader = Reader(served)
    served.until(reader.has_settled, "all is found")
    served.until(lambda: reader.sees(".columns", ".postings"), "these are mapped; what else is belongs here")
    with reader.asking():
        for path in mapped(served):
            cut(path)
        time.sleep(1)
    assert set(reader.ended) <= {"right", "503", "0"}
    reader.ended.clear()
    served.until(reader.has_settled, "all is found again", 60)
    assert set(reader.ended) <= {"right", "503", "0"}
    deaths = died(served)
    assert deaths <= WORKERS
    served.until(lambda: served.tell("not_whole") == [], "the writer made them anew", 30)
    reader.ended.clear()
    reader.ask()
    assert set(reader.ended) == {"right"} and died(served) == deaths
    served.invariants()


def test_r6_the_shared_memory_of_the_database_is_cut_again_and_again(served: Archive) -> None:
    """SQLite maps an index of its log, which every connection may read: its readers end, it makes the index anew."""
    reader = Reader(served)
    with reader.asking():
        for _number in range(10):
            with suppress(FileNotFoundError):  # nobody is connected
                os.truncate(served.folder / "diwan.sqlite3-shm", 0)
            time.sleep(0.2)
    assert set(reader.ended) <= {"right", "503", "0"}
    reader.ended.clear()
    served.until(reader.has_settled, "all is found again", 20)
    served.tell("publish", 1, 8100)
    served.until(served.is_ready, "what is published then is found")
    served.invariants()

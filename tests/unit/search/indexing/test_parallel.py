"""Processes that index parts: what they need before Django is set up, and what becomes of one that dies."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import pytest

from search.indexing import parallel
from search.indexing.parallel import PartFailed, build_parts

ROOT = Path(parallel.__file__).parents[2]


def test_a_spawned_process_reads_the_module_before_django_is_set_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import search.indexing.parallel, sys; sys.exit('django' in sys.modules)"],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


class Taken:
    """A build that notes what it takes."""

    place = "here"

    def __init__(self) -> None:
        self.parts: list[object] = []

    def take(self, part: object) -> None:
        self.parts.append(part)


def index(pipe: Connection, dies_after: int) -> None:
    """What a process does: chunk after chunk, then its part; one that dies closes its pipe."""
    done: list[int] = []
    for keys in iter(pipe.recv, None):
        if len(done) >= dies_after:
            break
        done += keys
        pipe.send(len(keys))
    else:
        pipe.send((done,))
    pipe.close()


def in_threads(monkeypatch: pytest.MonkeyPatch, dies_after: int = 10**9) -> None:
    @contextmanager
    def thread(_place: str) -> Iterator[Connection]:
        ours, theirs = Pipe()
        worker = Thread(target=index, args=(theirs, dies_after))
        worker.start()
        yield ours
        ours.close()
        worker.join()

    monkeypatch.setattr(parallel, "_process", thread)


@pytest.mark.parametrize("articles", [0, 1, 250, 2000])
def test_every_article_is_indexed_by_one_process_and_told(monkeypatch: pytest.MonkeyPatch, articles: int) -> None:
    in_threads(monkeypatch)
    build = Taken()
    assert sum(build_parts(build, range(articles), processes=2)) == articles
    assert len(build.parts) == 2
    assert sorted(key for part in build.parts for key in part) == list(range(articles))  # type: ignore[attr-defined]


def test_a_process_that_dies_is_told_and_its_part_is_not_taken_for_done(monkeypatch: pytest.MonkeyPatch) -> None:
    in_threads(monkeypatch, dies_after=500)
    with pytest.raises(PartFailed, match="died"):
        list(build_parts(Taken(), range(3000), processes=1))

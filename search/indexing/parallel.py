"""Preparing documents in several processes, each of which writes a segment of its own.

Analysis and inversion take nearly all the time of a rebuild and share nothing, so two processes do them in little more
than half the time; what goes between processes is article numbers one way and counts the other. Processes are spawned,
not forked: a forked one would hold the writer's lock after its parent's death. A child whose parent dies reads the end
of its pipe and goes.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, cast

CHUNK = 250  # articles that a process takes at a time
Told = Callable[[int], object]


class PartFailed(Exception):
    """A process that prepared documents died; what it was to do is not done."""


def build(folder: Path, keys: Iterable[int], processes: int, told: Told) -> list[Any]:
    """Have `processes` processes index the articles of these primary keys; give the segments they wrote."""
    chunks = _chunks(keys)
    with ExitStack() as stack:
        pipes = [stack.enter_context(_process(folder)) for _number in range(processes)]
        try:
            return _serve(pipes, chunks, told)
        except (EOFError, ConnectionError) as error:
            raise PartFailed("a process that prepares documents died; the log says more") from error


def _serve(pipes: list[Connection], chunks: Iterator[list[int]], told: Told) -> list[Any]:
    """Hand chunks to whoever is free; a pipe that says a list of segments has finished."""
    segments: list[Any] = []
    waiting = list(pipes)
    for pipe in waiting:
        pipe.send(next(chunks, None))
    while waiting:
        for pipe in cast(list[Connection], wait(waiting)):
            answer = pipe.recv()
            if isinstance(answer, int):
                told(answer)
                pipe.send(next(chunks, None))
            else:
                segments.extend(answer)
                waiting.remove(pipe)
    return segments


@contextmanager
def _process(folder: Path) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, str(folder)), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join(5)
        if process.is_alive():
            process.kill()


def _work(pipe: Connection, folder: str) -> None:
    """In the other process: index chunk after chunk until told that there are no more."""
    import django

    django.setup()
    from search.documents.entries import batches, entries
    from search.engine import engine

    try:
        with engine().bulk(Path(folder)) as bulk:
            for keys in iter(pipe.recv, None):
                for batch in batches(entries(keys)):
                    bulk.add(batch)
                pipe.send(len(keys))
            pipe.send(bulk.finish())
    except (EOFError, BrokenPipeError):
        pass  # the process that asked is gone


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    numbers = iter(keys)
    return iter(lambda: list(islice(numbers, CHUNK)), [])

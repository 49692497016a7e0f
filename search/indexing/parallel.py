"""Indexing in several processes, each of which adds a part of its own to the index that is being built.

Analysis and inversion take nearly all the time of a rebuild and share nothing, so two processes do them in little more
than half the time; what goes between processes is article numbers one way and counts the other. Processes are spawned,
not forked: a forked one would hold the writer's lock after its parent's death. A child whose parent dies reads the end
of its pipe and goes.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # a spawned process imports this module before Django is set up
    from search.engine.protocol import Build

NICE = 5  # readers go first
CHUNK = 250  # articles that a process takes at a time
WORDS = 1 << 12  # that the analyzer remembers in such a process; the vocabulary of its part knows them all


class PartFailed(Exception):
    """A process that indexed a part of the articles died; what it was to do is not done."""


def build_parts(build: Build, keys: Iterable[int], processes: int) -> Iterator[int]:
    """Have so many processes index the articles of these primary keys; yields how many more are done.

    PartFailed when one of them dies.
    """
    with ExitStack() as stack:
        pipes = [stack.enter_context(_process(build.place)) for _number in range(processes)]
        try:
            yield from _serve(build, pipes, _chunks(keys))
        except (EOFError, ConnectionError) as error:
            raise PartFailed("a process that prepares documents died; the log says more") from error


def _serve(build: Build, pipes: list[Connection], chunks: Iterator[list[int]]) -> Iterator[int]:
    """Hand chunks to whoever is free; a pipe that says something else than a number has finished its part."""
    waiting = list(pipes)
    for pipe in waiting:
        pipe.send(next(chunks, None))
    while waiting:
        for pipe in cast(list[Connection], wait(waiting)):
            answer = pipe.recv()
            if isinstance(answer, int):  # articles done
                pipe.send(next(chunks, None))
                yield answer
            else:
                build.take(*answer)
                waiting.remove(pipe)


@contextmanager
def _process(place: str) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, place), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join(5)
        if process.is_alive():
            process.kill()


def _work(pipe: Connection, place: str) -> None:
    """In the other process: index chunk after chunk until told that there are no more."""
    import django

    os.nice(NICE)
    os.environ["DIWAN_WORDS_REMEMBERED"] = str(WORDS)
    django.setup()
    from archive.authorities.directory import directory
    from search.documents.entries import batches, entries
    from search.engine import engine

    directory()  # the terms that texts are read for are those of the record
    try:
        with engine().part(place) as part:
            for keys in iter(pipe.recv, None):
                for batch in batches(entries(keys)):
                    part.add(batch)
                pipe.send(len(keys))
            pipe.send((part.finish(),))
    except (EOFError, BrokenPipeError):
        pass  # the process that asked is gone


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    numbers = iter(keys)
    return iter(lambda: list(islice(numbers, CHUNK)), [])

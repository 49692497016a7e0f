"""One engine in a process of its own: `python -m benchmarks.engines NAME build|ask|rate WORK SIZE`; tells it as JSON.

`ask` asks every question once (cold: nothing opened but the index, its files in the memory of the kernel) and several
times more (warm: the best of these). A round ends when it has taken its seconds; the questions come in an order that
has nothing to do with their kinds, so that those which were asked are a fair sample. `rate` says "ready" when it has
asked its questions once, and counts answers from the moment it is told to.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import queries
from benchmarks.engines import Engine, engine
from benchmarks.enlarge import read_tokens
from benchmarks.queries import Query
from benchmarks.work import Work, folder_size

COLD_SECONDS, WARM_SECONDS, RATE_SECONDS = 60.0, 40.0, 8.0
FEWEST_ROUNDS, MOST_ROUNDS = 1, 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("deed", choices=("build", "ask", "rate"))
    parser.add_argument("work", type=Path)
    parser.add_argument("size", type=int)
    parser.add_argument("--queries", type=Path, default=queries.FILE)
    options = parser.parse_args()
    work = Work(options.work)
    one = engine(options.name, work)
    folder = work.index(getattr(one, "index", options.name), options.size)
    if options.deed == "build":
        told = build(one, work, folder, options.size)
    else:
        asked = queries.read(options.queries)
        told = (ask if options.deed == "ask" else rate)(one, folder, asked)
    print(json.dumps(told | {"version": one.version()}, ensure_ascii=False))


def build(one: Engine, work: Work, folder: Path, size: int) -> dict[str, Any]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    articles = one.articles(work, size) if hasattr(one, "articles") else read_tokens(work.tokens(size))
    began, busy = time.perf_counter(), _processor()
    one.build(articles, folder)
    seconds = time.perf_counter() - began
    return {
        "articles": size,
        "seconds": seconds,
        "processor": _processor() - busy + getattr(one, "server_processor", 0.0),
        "megabytes": getattr(one, "megabytes", None) or folder_size(folder),
        "peak": _peak(one),
    }


def ask(one: Engine, folder: Path, asked: list[Query]) -> dict[str, Any]:
    order = list(range(len(asked)))
    random.Random(7).shuffle(order)
    began = time.perf_counter()
    one.open(folder)
    opened = time.perf_counter() - began
    cold, answers = {}, {}
    for number in _within(order, COLD_SECONDS):
        cold[number], answers[number] = _timed(one, asked[number])
    warm: dict[int, float] = {}
    began, rounds = time.perf_counter(), 0
    while rounds < FEWEST_ROUNDS or (rounds < MOST_ROUNDS and time.perf_counter() - began < WARM_SECONDS):
        rounds += 1
        for number in _within(list(cold), WARM_SECONDS):
            seconds, _answer = _timed(one, asked[number])
            warm[number] = min(seconds, warm.get(number, seconds))
    told = {
        "opened": opened,
        "cold": cold,
        "warm": warm,
        "rounds": rounds,
        "totals": {number: answer.total for number, answer in answers.items()},
        "counts": {number: _counts(answer.counts) for number, answer in answers.items()},
        "best": {number: answer.best for number, answer in answers.items()},
        "peak": _peak(one),
        "held": _held(one),
    }
    one.close()
    return told


def rate(one: Engine, folder: Path, asked: list[Query]) -> dict[str, Any]:
    order = list(range(len(asked)))
    random.Random(7).shuffle(order)
    one.open(folder)
    for number in _within(order, RATE_SECONDS):
        one.ask(asked[number])
    print("ready", flush=True)
    sys.stdin.readline()
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < RATE_SECONDS:
        one.ask(asked[order[count % len(order)]])
        count += 1
    seconds = time.perf_counter() - began
    one.close()
    return {"asked": count, "seconds": seconds}


def _within(numbers: list[int], seconds: float) -> Any:
    """The numbers for as long as there is time."""
    began = time.perf_counter()
    for number in numbers:
        if time.perf_counter() - began > seconds:
            return
        yield number


def _timed(one: Engine, query: Query) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = one.ask(query)
    return time.perf_counter() - began, answer


def _counts(counts: dict[str, dict[str, int]]) -> dict[str, list[int]]:
    """The numbers of each facet from the highest; which of equally frequent values come last is left open."""
    return {facet: sorted(filter(None, values.values()), reverse=True) for facet, values in counts.items()}


def _peak(one: Engine) -> float:
    """MB that this process, and a server of the engine, held at most."""
    server = one.server_memory() if hasattr(one, "server_memory") else 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + server


def _held(one: Engine) -> float:
    """MB of its own that this process holds now, without pages of files, which the kernel may take away."""
    status = Path("/proc/self/status").read_text()
    server = one.server_memory() if hasattr(one, "server_memory") else 0.0
    return int(status.split("RssAnon:")[1].split()[0]) / 1024 + server


def _processor() -> float:
    told = resource.getrusage(resource.RUSAGE_SELF)
    return told.ru_utime + told.ru_stime


if __name__ == "__main__":
    main()

"""`python -m benchmarks.bounds STATE`: ordinary searches beside heavy work, and what hostile addresses take.

STATE is the folder of an archive with its index (a DIWAN_VAR). It is served as it is, by two workers, but
no page is kept, so that every search is made. Two readers ask new searches, two neighbouring words of titles each time,
at a steady rate; in every other stretch eight clients of eight addresses ask for exports, tables, pictures and costly
queries without a pause, and again after a second when they are refused. Ends with 1 when the p95 of the searches is
more than twice what it is alone, or when anything took longer than it may. `--table` asks every hostile address once
instead and prints a table.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.bounds.hostile import addresses, heavy
from benchmarks.measure import percentile
from benchmarks.pages.__main__ import Server, children, served_archive, wait_until_well
from benchmarks.work import say, set_up

READERS = 2  # who ask ordinary searches
CLIENTS = 8  # who ask for heavy work
MOST_TIMES = 2.0  # what the p95 of searches may be of what it is alone
LATE = 5.0  # seconds beyond HEAVY_SECONDS in which an answer must be there
Answer = tuple[int, float, int]


@dataclass
class Measured:
    """Seconds of the searches, statuses and seconds of the heavy requests, MB of memory of all processes at most."""

    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    heavy: list[float] = field(default_factory=list)
    memory: float = 0.0
    failed: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("state", type=Path)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each stretch")
    parser.add_argument("--rounds", type=int, default=3, help="stretches alone, and as many beside heavy work")
    parser.add_argument("--rate", type=float, default=2.0, help="ordinary searches a second of each of two readers")
    parser.add_argument("--table", action="store_true", help="ask every hostile address once")
    options = parser.parse_args()
    set_up(options.state.resolve())
    given = {"DIWAN_PAGES_KEPT": "0", "DIWAN_BEHIND_PROXY": "on", "DIWAN_HEAVY_PER_MINUTE": "0"}
    with served_archive(options.state.resolve(), **given) as server:
        wait_until_well(server)
        if options.table:
            _print_table(server)
        else:
            raise SystemExit(_judged(measure(server, options.rounds, options.seconds, options.rate)))


# Ordinary searches beside heavy work


def measure(server: Server, rounds: int, seconds: float, rate: float) -> Measured:
    searches, dear = _searches(), heavy(*_articles())
    measured = Measured()
    _during(5.0, lambda end: _ask_steadily(server, searches, rate, end, [], measured))  # what a first question opens
    for number in range(rounds):
        say(f"round {number + 1} of {rounds} …")
        _during(seconds, lambda end: _ask_steadily(server, searches, rate, end, measured.alone, measured))
        ask_dear = [lambda end, own=own: _ask_without_pause(server, dear, own, end, measured) for own in range(CLIENTS)]
        watch = lambda end: _watch(server, end, measured)  # noqa: E731
        search = lambda end: _ask_steadily(server, searches, rate, end, measured.beside, measured)  # noqa: E731
        _during(seconds, search, watch, *ask_dear)
    return measured


def _during(seconds: float, *deeds: Callable[[float], None]) -> None:
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=deed, args=(end,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _ask_steadily(
    server: Server, searches: Iterator[str], rate: float, end: float, taken: list[float], measured: Measured
) -> None:
    """Readers at a steady rate; a search that has to wait for the one before it is late by that, too."""

    def read(own: int) -> None:
        due = time.monotonic() + own / READERS / rate
        while due < end:
            time.sleep(max(0.0, due - time.monotonic()))
            status, _seconds, _size = asked(server, next(searches))
            taken.append(time.monotonic() - due)
            measured.failed += status != 200
            due += 1 / rate

    readers = [threading.Thread(target=read, args=(own,)) for own in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()


def _ask_without_pause(server: Server, dear: list[str], own: int, end: float, measured: Measured) -> None:
    chance = random.Random(own)
    while time.monotonic() < end:
        status, seconds, _size = asked(server, chance.choice(dear), address=f"192.0.2.{own + 1}")
        measured.statuses[status] += 1
        measured.heavy.append(seconds)
        if status != 200:
            time.sleep(1.0)


def _watch(server: Server, end: float, measured: Measured) -> None:
    while time.monotonic() < end:
        measured.memory = max(measured.memory, sum(map(_own_memory, _family(server.pids[0]))))
        time.sleep(4.0)  # looking takes time of those that are looked at


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in _children(pid):
        yield from _family(child)


def _children(pid: int) -> list[int]:
    try:
        return children(pid)
    except OSError:
        return []


def _own_memory(pid: int) -> float:
    """MB of a process, shared pages divided among those that share them; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def asked(server: Server, path: str, address: str = "192.0.2.200") -> Answer:
    """Status, seconds and bytes of an answer; status 0 when there is none."""
    began = time.monotonic()
    line = http.client.HTTPConnection(urlsplit(server.addresses[0]).netloc, timeout=120)
    try:
        line.request("GET", path, headers={"X-Forwarded-For": address, "Accept-Language": "ar"})
        answer = line.getresponse()
        return answer.status, time.monotonic() - began, len(answer.read())
    except (OSError, http.client.HTTPException):
        return 0, time.monotonic() - began, 0
    finally:
        line.close()


def _searches() -> Iterator[str]:
    """Searches for two neighbouring words of titles, none twice; the same in every run."""
    from archive.articles.models import Article

    titles = Article.objects.published().order_by("pk").values_list("title", flat=True)
    words = [[word for word in title.split() if len(word) > 2 and word.isalpha()] for title in titles]
    pairs = list(dict.fromkeys(pair for title in words for pair in itertools.pairwise(title)))
    random.Random(12).shuffle(pairs)
    return (f"/search/?{urlencode({'q': ' '.join(pair)})}" for pair in pairs)


def _articles() -> tuple[str, str, list[str]]:
    from archive.articles.models import Article

    held = Article.objects.published().order_by("pk")
    picked = list(held.values_list("identifier", flat=True)[:140])
    told = list(held.order_by("-pk").values_list("identifier", flat=True)[:2])
    return told[0], told[1], picked


def _judged(measured: Measured) -> int:
    """Print what was measured; 1 when it is not as it should be."""
    from django.conf import settings

    alone, beside = sorted(measured.alone), sorted(measured.beside)
    print(f"load of the machine {os.getloadavg()[0]:.1f}; {len(alone)} and {len(beside)} searches, ms")
    print(f"{'':<24}{'p50':>8}{'p95':>8}{'mean':>8}")
    for name, seconds in (("alone", alone), ("beside heavy work", beside)):
        row = (percentile(seconds, 0.5), percentile(seconds, 0.95), statistics.mean(seconds))
        print(f"{name:<24}" + "".join(f"{1000 * figure:8.0f}" for figure in row))
    times = percentile(beside, 0.95) / percentile(alone, 0.95)
    longest = max(measured.heavy, default=0.0)
    print(f"p95 beside heavy work is {times:.2f} times what it is alone (at most {MOST_TIMES:g} wanted)")
    print(f"heavy requests by status: {dict(sorted(measured.statuses.items()))}, longest {longest:.1f} s")
    print(f"memory of all processes at most {measured.memory:.0f} MB; searches that failed: {measured.failed}")
    late = longest > settings.HEAVY_SECONDS + LATE
    return int(times > MOST_TIMES or late or measured.failed > 0 or 0 in measured.statuses)


# Every hostile address once


def _print_table(server: Server) -> None:
    print(f"{'address':<44}{'status':>7}{'ms':>8}{'bytes':>12}")
    for number, (name, path) in enumerate(addresses(*_articles())):
        status, seconds, size = asked(server, path, address=f"198.51.100.{number % 250}")
        print(f"{name:<44}{status:>7}{1000 * seconds:8.0f}{size:>12,}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

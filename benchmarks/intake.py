"""Measures an intake: `python -m benchmarks.intake --data a.jsonl.xz` takes articles in, published, by one command.

Prints, of every five hundred articles, the rate, what each costs of a processor in the process that writes, in the one
that reads beside it and in the index writer that follows, and how much memory each holds at most. A rate is of the
machine as it is just then; the processor's time holds under load. The archive is made in a folder of its own.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.work import ROOT, say, set_up, stories

EACH = 500  # articles of a row
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[], help=".jsonl[.xz] files")
    parser.add_argument("--articles", type=int, default=5000, help="how many at most (default 5000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), stories(options.data)[: options.articles])


def _measure(folder: Path, found: list[dict[str, Any]]) -> None:
    set_up(folder)
    from django.core.management import call_command

    for command in ("migrate", "load_authorities"):
        call_command(command, verbosity=0, stdout=io.StringIO())
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(_record(one), ensure_ascii=False) + "\n" for one in found), "utf-8")
    call_command("rebuild_index", verbosity=0)
    writer = subprocess.Popen([sys.executable, "manage.py", "sync_index", "--watch"], cwd=ROOT)
    try:
        _take_in(path, writer.pid)
    finally:
        writer.terminate()
        writer.wait()


def _record(story: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "title", "body", "date", "source", "language", "url")
    return {name: story[name] for name in kept if story.get(name)} | {"language": story.get("lang", "")}


def _take_in(path: Path, writer: int) -> None:
    from archive.intake import working
    from archive.intake.models import Accession
    from search.models import IndexChange

    accession = working.begin([str(path)], Accession.Way.COMMAND, publish=True)
    began = time.monotonic()
    say("| articles | a second | ms of a processor: writes | reads beside | indexes | together | peak MB |")
    say("| --- | --- | --- | --- | --- | --- | --- |")
    before = _Spent(0, began, *_spent(writer))
    while working.work_on(accession, time.monotonic() + 5):
        if accession.done - before.done >= EACH:
            now = _Spent(accession.done, time.monotonic(), *_spent(writer))
            say(now.row(before, _peaks(writer)))
            before = now
    while IndexChange.objects.exists():
        time.sleep(0.2)
    seconds = time.monotonic() - began
    say(f"\n{accession.done} items in {seconds:.0f} s until all are found: {accession.done / seconds:.1f} a second")
    say(f"{accession.outcomes}")


class _Spent:
    """How many items are done, when, and what each process has used of a processor, in seconds."""

    def __init__(self, done: int, at: float, writes: float, reads: float, indexes: float) -> None:
        self.done, self.at = done, at
        self.seconds = (writes, reads, indexes)

    def row(self, before: _Spent, peaks: list[int]) -> str:
        count = self.done - before.done
        costs = [1000 * (now - then) / count for now, then in zip(self.seconds, before.seconds, strict=True)]
        told = " | ".join(f"{cost:.1f}" for cost in (*costs, sum(costs)))
        return f"| {self.done} | {count / (self.at - before.at):.1f} | {told} | {'/'.join(map(str, peaks))} |"


def _spent(writer: int) -> tuple[float, float, float]:
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime, sum(map(_used, _readers(writer))), _used(writer)


def _readers(writer: int) -> Iterator[int]:
    """The processes that read beside this one."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    for number in map(int, children):
        if number != writer and b"spawn_main" in Path(f"/proc/{number}/cmdline").read_bytes():
            yield number


def _used(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _peaks(writer: int) -> list[int]:
    """The most memory that each process has held, in MB: this one, those that read, the index writer."""
    return [_peak(process) for process in itertools.chain((os.getpid(),), _readers(writer), (writer,))]


def _peak(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()

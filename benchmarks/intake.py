"""Measures an intake: `python -m benchmarks.intake --data a.jsonl.xz` takes articles in, published, by one command.

Prints, at every step, the rate, what each article costs of a processor in the command, in the process that reads beside
it and in the index writer that follows, and how much memory each holds at most. A rate is of the machine as it is just
then; the processor's time holds under load. The archive is made in a folder of its own, by the commands of an operator;
one that `--archive` keeps is gone on with, so that what the next articles cost need not wait for those before.

With `--readers N` the archive is served, too, to N who ask one new question after another, a second apart: before, all
through the intake, and after. Printed are the times that they waited.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.pages.__main__ import served_archive
from benchmarks.work import ROOT, set_up, stories

TICKS = os.sysconf("SC_CLK_TCK")
QUIET = 60.0  # seconds that readers ask without an intake, before and after it


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[], help=".jsonl[.xz] files")
    parser.add_argument("--articles", type=int, default=5000, help="how many at most (default 5000)")
    parser.add_argument("--each", type=int, default=500, help="articles of a row (default 500)")
    parser.add_argument("--archive", type=Path, help="a folder that keeps the archive, gone on with")
    parser.add_argument("--readers", type=int, default=0, help="who ask meanwhile, from half of the articles on")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        state = options.archive or Path(folder) / "archive"
        held = _prepared(state)
        found = stories(options.data)[held : held + options.articles]
        halves = [found[: len(found) // 2], found[len(found) // 2 :]] if options.readers else [found]
        files = [_file(Path(folder) / f"articles-{number}.jsonl", half) for number, half in enumerate(halves)]
        titles = [str(one["title"]) for one in halves[0] if one.get("title")]
        del found, halves  # this process is to hold little beside those that are measured
        _measure(state, files, options.each, Readers(titles, options.readers))


def _file(path: Path, found: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(_record(one), ensure_ascii=False) + "\n" for one in found), "utf-8")
    return path


def _record(story: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "title", "body", "date", "source", "language", "url")
    return {name: story[name] for name in kept if story.get(name)} | {"language": story.get("lang", "")}


def _prepared(state: Path) -> int:
    """Make an archive where there is none; how many items one holds."""
    is_new = not (state.exists() and any(state.iterdir()))
    state.mkdir(mode=0o700, exist_ok=True)
    set_up(state)
    from django.core.management import call_command

    from archive.articles.models import Article

    for command in ("migrate", "load_authorities", "rebuild_index") if is_new else ():
        call_command(command, verbosity=0, stdout=io.StringIO())
    return Article.objects.count()


def _measure(state: Path, files: list[Path], each: int, readers: Readers) -> None:
    writer = subprocess.Popen(
        [sys.executable, "manage.py", "sync_index", "--watch"], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        _take_in(files[0], writer.pid, each)
        for path in files[1:]:
            with served_archive(state) as server:
                readers.ask("before", server.addresses[0], QUIET)
                with readers.asking("meanwhile", server.addresses[0]):
                    _take_in(path, writer.pid, each)
                readers.ask("after", server.addresses[0], QUIET)
        readers.tell()
    finally:
        writer.terminate()
        writer.wait()


def _take_in(path: Path, writer: int, each: int) -> None:
    from archive.intake.models import Accession
    from search.models import IndexChange

    print("| articles | a second | ms of a processor: takes in | reads beside | indexes | together | peak MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    began, last = time.monotonic(), Accession.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    command = [sys.executable, "manage.py", "import_articles", str(path), "--publish"]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told)
        before, ending = Spent(0, began, *_used(process.pid, writer)), None
        while ending is None:
            time.sleep(0.5)
            ending = process.poll()
            done = Accession.objects.filter(pk__gt=last).values_list("done", flat=True).last() or 0
            if done - before.done >= each and ending is None:
                now = Spent(done, time.monotonic(), *_used(process.pid, writer))
                print(now.row(before, _peaks(process.pid, writer)), flush=True)
                before = now
        taken = time.monotonic() - began
        told.seek(0)
        if Accession.objects.latest("pk").state != Accession.State.DONE:
            raise SystemExit(told.read()[-2000:].decode("utf-8", "replace"))
    while IndexChange.objects.exists():
        time.sleep(0.2)
    seconds = time.monotonic() - began
    accession = Accession.objects.latest("pk")
    rate = accession.done / seconds
    print(f"\n{accession.done} items in {taken:.0f} s, all found after {seconds:.0f}: {rate:.1f} a second")
    print(f"{accession.outcomes}; the index writer held {_peak(writer)} MB at most", flush=True)


@dataclass(frozen=True, slots=True)
class Spent:
    """How many items are done, when, and what each process has used of a processor, in seconds."""

    done: int
    at: float
    takes_in: float
    reads: float
    indexes: float

    def row(self, before: Spent, peaks: list[int]) -> str:
        count = self.done - before.done
        costs = (self.takes_in - before.takes_in, self.reads - before.reads, self.indexes - before.indexes)
        told = " | ".join(f"{1000 * cost / count:.1f}" for cost in (*costs, sum(costs)))
        return f"| {self.done} | {count / (self.at - before.at):.1f} | {told} | {'/'.join(map(str, peaks))} |"


def _used(command: int, writer: int) -> tuple[float, float, float]:
    return _seconds(command), sum(map(_seconds, _beside(command))), _seconds(writer)


def _beside(command: int) -> Iterator[int]:
    """The processes that read beside a command."""
    yield from map(int, Path(f"/proc/{command}/task/{command}/children").read_text().split())


def _seconds(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _peaks(command: int, writer: int) -> list[int]:
    """The most memory that each process has held, in MB: the command, those that read beside it, the index writer."""
    return [_peak(process) for process in (command, *_beside(command), writer)]


def _peak(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


@dataclass
class Readers:
    """Readers who each ask a question of two words of a headline, that nobody asked before, then read for a second."""

    titles: list[str]
    number: int
    waited: dict[str, list[float]] = field(default_factory=dict)

    def ask(self, when: str, server: str, seconds: float) -> None:
        with self.asking(when, server):
            time.sleep(seconds)

    @contextmanager
    def asking(self, when: str, server: str) -> Iterator[None]:
        ends, waited = threading.Event(), self.waited.setdefault(when, [])
        threads = [threading.Thread(target=self._read, args=(server, waited, ends)) for _reader in range(self.number)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            ends.set()
            for thread in threads:
                thread.join()

    def _read(self, server: str, waited: list[float], ends: threading.Event) -> None:
        while not ends.wait(1.0):
            words = random.choice(self.titles).split()
            asked = urllib.parse.urlencode({"q": " ".join(random.sample(words, min(2, len(words))))})
            began = time.monotonic()
            with urllib.request.urlopen(f"{server}/search/?{asked}", timeout=60) as answer:  # noqa: S310 - our own
                answer.read()
            waited.append(time.monotonic() - began)

    def tell(self) -> None:
        if not self.number:
            return
        print(f"\n{self.number} readers | answers | median ms | p95 ms | worst ms\n--- | --- | --- | --- | ---")
        for when, waited in self.waited.items():
            held = sorted(waited)
            places = (len(held) // 2, int(len(held) * 0.95), len(held) - 1)
            print(" | ".join([when, str(len(held)), *(f"{1000 * held[place]:.0f}" for place in places)]))


if __name__ == "__main__":
    main()

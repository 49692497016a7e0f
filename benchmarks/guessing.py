"""`python -m benchmarks.guessing`: how long a search takes while sixteen guess passwords as fast as they can.

An archive is served as `make run` serves it, with two workers behind what it takes for a proxy. One reader searches,
first alone, then beside sixteen guessers who all come from one address, then beside sixteen who come from another
address and guess another name with every request. Guessers are of the least priority, so that they take from the server
what they ask of it and not what they are made of. Every page is made; nothing is kept. `--state` takes an archive that
is there, as that of `make bench`; without it the five articles and some made of their paragraphs are searched.

Prints both figures for each, and ends with 1 when the 95th percentile of a search is more than twice what it was alone.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path

from benchmarks import queries
from benchmarks.measure import percentile
from benchmarks.pages import paths
from tests.faults.archive import PASSWORD, ROOT, Archive

GUESSERS = 16
PAUSE = 0.05  # seconds that a reader reads
MOST = 2.0  # times what a search took alone
KINDS = {"": "alone", "one": "16 guessers of one address", "many": "16 guessers of ever new addresses"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0, help="of each of the three (default 30)")
    parser.add_argument("--state", type=Path, help="a DIWAN_VAR; a copy of its database is used")
    parser.add_argument("--guess", nargs=2, metavar=("HOST:PORT", "one|many"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.guess:
        guess(*options.guess, options.seconds)
        return
    with served(options.state) as archive:
        searches(archive, 5.0)
        took = {kind: measured(archive, kind, options.seconds) for kind in KINDS}
    raise SystemExit(any(one > MOST * took[""] for one in took.values()))


def measured(archive: Archive, kind: str, seconds: float) -> float:
    """Search beside these guessers; print a line; give the 95th percentile in milliseconds."""
    command = [sys.executable, "-m", "benchmarks.guessing", "--seconds", str(seconds), "--guess", archive.bind, kind]
    guessing = (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) if kind else None
    )
    if guessing:
        time.sleep(2)  # so that what is refused later is refused
    taken = searches(archive, seconds - 4 if kind else seconds)
    told = json.loads(guessing.communicate()[0]) if guessing else {}
    half, most = (1000 * percentile(taken, share) for share in (0.5, 0.95))
    guesses = f"{sum(told.values()) / seconds:,.0f} guesses a second: {told}" if told else ""
    print(f"{KINDS[kind]:36} {len(taken):5} searches, p50 {half:6.1f} ms, p95 {most:6.1f} ms  {guesses}", flush=True)
    return most


@contextmanager
def served(state: Path | None) -> Iterator[Archive]:
    with tempfile.TemporaryDirectory(prefix="diwan-guessing-") as folder:
        archive = Archive(Path(folder, "archive"))
        if state:
            shutil.copytree(state, archive.folder, symlinks=True)
            archive.run("manage.py", "migrate", "--verbosity", "0")
            archive.run("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        else:
            archive.prepare()
        archive.tell("curator", PASSWORD)
        archive.more = {"DIWAN_WORKERS": "2", "DIWAN_PAGES_KEPT": "0", "DIWAN_BEHIND_PROXY": "on"}
        try:
            archive.serve()
            yield archive
        finally:
            archive.stop_all()


def searches(archive: Archive, seconds: float) -> list[float]:
    """Seconds that each search took of a reader who reads a moment between two."""
    taken, end = [], time.monotonic() + seconds
    line = http.client.HTTPConnection(archive.bind, timeout=60)
    for path in cycle(map(paths.results, queries.read())):
        began = time.monotonic()
        line.request("GET", path, headers={"X-Forwarded-For": "203.0.113.5"})
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
        taken.append(time.monotonic() - began)
        if time.monotonic() > end:
            line.close()
            return taken
        time.sleep(PAUSE)
    raise AssertionError("questions do not end")


# The guessers


def guess(bind: str, kind: str, seconds: float) -> None:
    """Guess in sixteen threads; print how many answers had which status."""
    os.nice(19)
    with suppress(OSError):  # Linux shares the processor among sessions first
        Path("/proc/self/autogroup").write_text("19")
    told: Counter[int] = Counter()
    ready = form(bind)
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=guesser, args=(bind, kind, ready, end, told)) for _number in range(GUESSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(told))


def form(bind: str) -> tuple[str, str]:
    """The cookie and the token of a form for signing in, good for as many guesses as one likes."""
    line = http.client.HTTPConnection(bind, timeout=60)
    line.request("GET", "/account/sign-in/")
    answer = line.getresponse()
    page = answer.read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found, page
    return answer.headers["Set-Cookie"].partition(";")[0], found[1]


def guesser(bind: str, kind: str, ready: tuple[str, str], end: float, told: Counter[int]) -> None:
    cookie, token = ready
    line = http.client.HTTPConnection(bind, timeout=60)
    while time.monotonic() < end:
        name = f"name-{random.random()}" if kind == "many" else random.choice(["curator", "admin", "editor"])
        address = ".".join(str(random.randrange(1, 255)) for _byte in range(4)) if kind == "many" else "198.51.100.7"
        sent = {"username": name, "password": f"guess {random.random()}", "csrfmiddlewaretoken": token}
        about = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": address}
        try:
            line.request("POST", "/account/sign-in/", urllib.parse.urlencode(sent), about)
            answer = line.getresponse()
            answer.read()
            told[answer.status] += 1
        except (OSError, http.client.HTTPException):
            told[0] += 1
            line.close()


if __name__ == "__main__":
    main()

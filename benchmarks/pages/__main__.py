"""`python -m benchmarks.pages WORK`: pages a second over HTTP, beside the limit, stock Haystack and Datasette.

Two worker processes serve each of them (Datasette, which serves with one, twice on two ports); wrk asks with four
connections from the same machine, so it takes its share of the processors from all of them alike. Every address was
asked once before. Nothing is compressed and nothing answered by 304. Diwan is served twice: so that every request makes
its page, and as it is served, when the pages that were made for other readers are kept.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import queries
from benchmarks.archive import Kept
from benchmarks.pages import paths
from benchmarks.pages.articles_table import make
from benchmarks.pages.memory import of_process
from benchmarks.work import ROOT, Work, environment, say

SECONDS, CONNECTIONS = int(os.environ.get("MEASURED_SECONDS", "10")), 4
WORKERS = 2
LIMITS = ("sql_time_limit_ms", "facet_time_limit_ms")
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--python", type=Path, default=ROOT / ".venv-bench" / "bin" / "python", help="has datasette")
    options = parser.parse_args()
    measure(Work(options.work.resolve()), options.python)


def measure(work: Work, bench: Path) -> None:
    rows, workers = _ours(work)
    rows += _beside(work, rows[0]["bytes"])
    rows += _datasette(work, bench) if bench.exists() else []
    about = (
        f"{len(Kept(work.articles)):,} articles, {WORKERS} worker processes, {CONNECTIONS} connections, "
        f"{SECONDS} s each; load of the machine {os.getloadavg()[0]:.1f}"
    )
    work.write("pages", {"about": about, "rows": rows})
    work.write("workers", {"workers": workers})


def _ours(work: Work) -> tuple[list[Row], dict[str, tuple[float, float, float]]]:
    """Diwan's pages, made and kept, and the memory of the workers that were asked for all of them."""
    rows = []
    with diwan(work, DIWAN_PAGES_KEPT="0") as server:
        for key, name, addresses in _kinds(work):
            rows.append(asked_by_wrk(key, f"{name}, made", server, addresses))
    with diwan(work) as server:
        for key, name, addresses in _kinds(work):
            rows.append(asked_by_wrk(f"{key}-kept", f"{name}, kept", server, addresses))
        master = server.pids[0]
        workers = {f"{number}": of_process(pid) for number, pid in enumerate(children(master), 1)}
        return rows, workers | {"master": of_process(master)}


def _kinds(work: Work) -> Iterator[tuple[str, str, list[str]]]:
    """What is asked for of each kind of page: its key, its name, its addresses."""
    asked = queries.read()
    yield "results", "Diwan, results with facets and highlights", list(map(paths.results, asked))
    yield "article", "Diwan, article", [f"/articles/{held['identifier']}/" for held in islice(Kept(work.articles), 200)]
    yield "feed", "Diwan, feed of a search", list(map(paths.feed, asked[::2]))


def _beside(work: Work, size: int) -> list[Row]:
    """Pages of so many bytes without a search, and those of stock Haystack where it has an index."""
    given = {"MEASURED_BYTES": str(size), "MEASURED_WORD": "وزير", **_stock(work)}
    asked = [
        ("limit", "no search: Django, plain page of the same size", ["/measured/limit/"]),
        ("kept", "no search: our results page, answer at hand", ["/measured/kept/"]),
    ]
    if "MEASURED_STOCK" in given:
        with_words = [paths.stock(query) for query in queries.read() if not query.is_browsing]
        asked.append(("stock", "stock Haystack, faceted view, questions with words", with_words))
    with diwan(work, settings="benchmarks.pages.settings", **given) as server:
        return [asked_by_wrk(key, name, server, addresses) for key, name, addresses in asked]


def _datasette(work: Work, bench: Path) -> list[Row]:
    make(work, work.folder / "articles.db")
    with datasette(work, bench) as server:
        addresses = list(map(paths.datasette, queries.read()))
        return [asked_by_wrk("datasette", "Datasette, search with facets", server, addresses)]


def _stock(work: Work) -> dict[str, str]:
    folder = work.index("haystack", len(Kept(work.articles)))
    return {"MEASURED_STOCK": str(folder)} if any(folder.glob("*.toc")) else {}


# Servers


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the processes that were started for it."""

    addresses: list[str]
    pids: list[int]

    def processor(self) -> float:
        """Seconds of processor that its processes have taken."""
        return sum(_busy(pid) for pid in [*self.pids, *(child for pid in self.pids for child in children(pid))])


def diwan(work: Work, settings: str = "config.settings", **given: str) -> AbstractContextManager[Server]:
    """The archive of a work folder as it is served."""
    return served_archive(work.state, settings, **given)


@contextmanager
def served_archive(state: Path, settings: str = "config.settings", **given: str) -> Iterator[Server]:
    """Gunicorn as it serves the archive of a state folder."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
    told = {
        **os.environ,
        **environment(state),
        **given,
        "DJANGO_SETTINGS_MODULE": settings,
        "DIWAN_WORKERS": str(WORKERS),
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    for command_before in (migrate, collect):
        subprocess.run(command_before, cwd=ROOT, env={**told, "DJANGO_SETTINGS_MODULE": "config.settings"}, check=True)
    with served(command, told, port) as process:
        yield Server([f"http://127.0.0.1:{port}"], [process.pid])


@contextmanager
def datasette(work: Work, bench: Path) -> Iterator[Server]:
    ports = [free_port() for _ in range(WORKERS)]
    settings = [word for name in LIMITS for word in ("--setting", name, "120000")]
    database = str(work.folder / "articles.db")
    base = [str(bench), "-m", "datasette", "serve", database, *settings, "--setting", "suggest_facets", "off"]
    first, second = (served([*base, "--port", str(port)], dict(os.environ), port) for port in ports)
    with first as one, second as other:
        yield Server([f"http://127.0.0.1:{port}" for port in ports], [one.pid, other.pid])


@contextmanager
def served(command: Sequence[str], given: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait(process, port)
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(1200):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} did not start")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def wait_until_well(server: Server) -> None:
    """A server listens before it has loaded what it serves."""
    for address in server.addresses:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=60):  # noqa: S310
                    break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)


def _busy(pid: int) -> float:
    """Seconds of processor of one process; none when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


# Asking


def asked_by_wrk(
    key: str, name: str, server: Server, asked: list[str], *, connections: int = CONNECTIONS, polled: bool = False
) -> Row:
    """Every address once, then all in turn for some seconds; pages a second of all servers together.

    Readers who `polled` have the page of before, and ask whether it changed.
    """
    say(f"asking for pages: {name} …")
    wait_until_well(server)
    tags: dict[str, str] = {}
    for address in server.addresses:
        tags |= _once(address, asked)
    lines = [f"{path}\t{tags.get(path, '')}" for path in asked] if polled else asked
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(lines))
        file.flush()
        each = str(connections // len(server.addresses))
        before = server.processor()
        started = [_wrk(address, file.name, each) for address in server.addresses]
        told = [json.loads(process.communicate()[0].splitlines()[-1]) for process in started]
    busy = server.processor() - before
    requests = sum(one["requests"] for one in told)
    return {
        "key": key,
        "name": name,
        "rate": sum(one["requests"] / one["seconds"] for one in told),
        "processor": busy / max(requests, 1),
        "p50": max(one["p50"] for one in told),
        "p99": max(one["p99"] for one in told),
        "bytes": sum(one["bytes"] for one in told) // max(requests, 1),
        "unchanged": sum(one["unchanged"] for one in told) / max(requests, 1),
        "errors": sum(one["errors"] for one in told),
    }


def _wrk(address: str, asked: str, connections: str) -> subprocess.Popen[str]:
    script = str(Path(__file__).with_name("asking.lua"))
    command = ["wrk", "-t", "1", "-c", connections, "-d", f"{SECONDS}s", "--timeout", "60s", "-s", script, address]
    return subprocess.Popen(command, env={**os.environ, "MEASURED_PATHS": asked}, stdout=subprocess.PIPE, text=True)


def _once(address: str, asked: list[str], most: float = 60.0) -> dict[str, str]:
    """Ask for every address, for so many seconds; the tags of the answers."""
    began, tags = time.perf_counter(), {}
    for path in asked:
        with urllib.request.urlopen(address + path, timeout=120) as response:  # noqa: S310
            response.read()
            tags[path] = response.headers.get("ETag", "")
        if time.perf_counter() - began > most:
            break
    return tags


if __name__ == "__main__":
    main()

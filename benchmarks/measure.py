"""Starting engines in processes of their own, one after the other, and reading what they tell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.engines import NAMES, TITLES
from benchmarks.work import ROOT, Work, environment, say

SHARED = {"readers": "diwan", "whoosh": "diwan"}  # whose index they ask
SLOW = {"haystack", "whoosh"}  # not asked beyond the real articles


class NotHere(Exception):
    """The library of an engine is not installed."""


def python_of(name: str, bench: Path) -> str:
    """The Python that has an engine's library."""
    if name == "tantivy":
        return _having("tantivy", [bench, Path(sys.executable)])
    if name == "xapian":
        return _having("xapian", [Path(sys.executable), Path("/usr/bin/python3")])
    if name == "postgresql" and not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        raise NotHere("Debian package postgresql")
    return sys.executable


def _having(library: str, pythons: list[Path]) -> str:
    for python in pythons:
        if python.exists() and subprocess.run([python, "-c", f"import {library}"], capture_output=True).returncode == 0:
            return str(python)
    raise NotHere(f"no Python has {library}")


def run(name: str, deed: str, work: Work, size: int, bench: Path) -> dict[str, Any]:
    """What an engine tells of one deed."""
    process = _start(name, deed, work, size, bench)
    told, _nothing = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{name} {deed} {size} failed: {_said(work, name).read_text('utf-8')[-2000:]}")
    return dict(json.loads(told.splitlines()[-1]))


def _start(name: str, deed: str, work: Work, size: int, bench: Path) -> subprocess.Popen[str]:
    command = [python_of(name, bench), "-m", "benchmarks.engines", name, deed, str(work.folder), str(size)]
    given = {**os.environ, **environment(work.state)}
    with _said(work, name).open("w") as errors:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=given,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )


def _said(work: Work, name: str) -> Path:
    """What an engine's process last said of errors."""
    return work.folder / f"{name}.log"


def rate_of_two(name: str, work: Work, size: int, bench: Path) -> float:
    """Answers a second of two processes at once, each warm."""
    both = [_start(name, "rate", work, size, bench) for _ in range(2)]
    for process in both:
        while process.stdout and (line := process.stdout.readline()) and line.strip() != "ready":
            pass
    for process in both:
        if process.stdin:
            process.stdin.write("go\n")
            process.stdin.flush()
    told = [json.loads(process.communicate()[0].splitlines()[-1]) for process in both]
    return float(sum(one["asked"] / one["seconds"] for one in told))


def build(names: list[str], work: Work, size: int, real: int, bench: Path) -> None:
    """Build what is missing; what is there is kept, with its figures."""
    for name in names:
        if name in SHARED or (name in SLOW and size > real) or work.read(f"build-{name}-{size}"):
            continue
        try:
            say(f"building {TITLES[name]}, {size:,} articles …")
            work.write(f"build-{name}-{size}", run(name, "build", work, size, bench))
        except NotHere as error:
            say(f"  left out: {error}")


def ask(names: list[str], work: Work, size: int, real: int, bench: Path) -> dict[str, dict[str, Any]]:
    """Ask every engine that has an index, one after the other."""
    found = {}
    for name in names:
        if (name in SLOW and size > real) or not work.read(f"build-{SHARED.get(name, name)}-{size}"):
            continue
        say(f"asking {TITLES[name]}, {size:,} articles …")
        told = work.write(f"ask-{name}-{size}", run(name, "ask", work, size, bench) | {"rate": 0.0})
        told["rate"] = rate_of_two(name, work, size, bench)
        told["load"] = os.getloadavg()[0]
        found[name] = work.write(f"ask-{name}-{size}", told)
    return found


def rebuild(work: Work) -> None:
    """Our own way from the database to the index, measured once and kept."""
    if not work.read("rebuild"):
        subprocess.run(_module("benchmarks.rebuild", work), cwd=ROOT, check=True)


def pages(work: Work, real: int, bench: Path) -> None:
    """Serve the archive with the index that was measured, and ask for pages."""
    if not shutil.which("wrk"):
        say("pages are left out: there is no wrk")
        return
    build(["diwan"], work, real, real, bench)
    served = work.state / "index"
    if not served.exists():
        served.symlink_to(work.index("diwan", real))
    subprocess.run(_module("benchmarks.pages", work, "--python", str(bench)), cwd=ROOT, check=True)


def memory(work: Work) -> None:
    done = subprocess.run(
        _module("benchmarks.pages.memory", work), cwd=ROOT, capture_output=True, text=True, check=True
    )
    workers = work.read("workers").get("workers", {})
    about = "After all pages of the table above." if workers else ""
    work.write("memory", {"about": about, "workers": workers, "steps": json.loads(done.stdout.splitlines()[-1])})


def _module(name: str, work: Work, *options: str) -> list[str]:
    return [sys.executable, "-m", name, str(work.folder), *options]


def chosen(text: str) -> list[str]:
    return [name for name in NAMES if name in text.split(",")] if text else list(NAMES)


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which this share of the values lies, in the unit of the values."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))]

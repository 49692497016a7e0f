"""How far a page of results and an import go through the code of a tree: `tracing.py` run there, process by process."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

SCRIPT = Path(__file__).with_name("tracing.py")
OWN = {
    "DIWAN_HTTPS": "off",
    "DIWAN_SECRET_KEY": "a key for tracing alone",
    "DIWAN_PAGES_KEPT": "0",
    "DIWAN_PAGE_SECONDS": "600",
}
PAGE = f"/search/?q={quote('خلفوف')}"
Call = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Passed:
    """Functions as `search.matching:match`, files as `search.matching`, climbs as pairs of functions.

    Beside these are `wrapped`, the climbs of decorators of a lower room into the functions of a higher one that they
    decorate, and `promised`, those to a method of an object which the caller knows by a protocol that it may import.
    """

    functions: tuple[str, ...]
    files: tuple[str, ...]
    climbs: tuple[Call, ...]
    wrapped: tuple[Call, ...]
    promised: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """A page of results asked again, the same as the first page of a process, and an article taken into the index.

    Asked again, a page passes through what every page needs; the first one loads lexicons, names and index, too. The
    page itself is not kept (`DIWAN_PAGES_KEPT=0`).
    """

    again: Passed
    first: Passed
    intake: Passed


def ways(tree: Path) -> Ways:
    first, *others = sorted(str(path) for path in (tree / "fixtures/captures").iterdir())
    with tempfile.TemporaryDirectory(prefix="figures-") as state:
        _trace(tree, state, "begin", *others)
        return Ways(
            intake=_trace(tree, state, "import", first),
            first=_trace(tree, state, "page", PAGE),
            again=_trace(tree, state, "page", PAGE, PAGE),
        )


def _trace(tree: Path, state: str, doing: str, *arguments: str) -> Passed:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DIWAN_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-P", str(SCRIPT), doing, str(tree), *arguments],
        cwd=tree,
        env=kept | OWN | {"DIWAN_VAR": state},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    kinds = [tuple((caller, called) for caller, called in told[name]) for name in ("climbs", "wrapped", "promised")]
    return Passed(tuple(told["functions"]), tuple(told["files"]), *kinds)


def seconds_of_unit_tests(tree: Path) -> tuple[float, str]:
    """Seconds of the processor that the unit tests take in one process, and pytest's last line."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "pytest", "tests/unit", "-n", "0", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tree, stdout=subprocess.PIPE, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, (done.stdout.strip().splitlines() or [""])[-1]

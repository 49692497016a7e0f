"""`python -m tests.faults.reliability`: run the tests of requirements, note how they end, write the table of them.

The table is that of docs/reliability.md.
Without arguments those tests are run that were never noted; numbers (`R7 G1`) name which, `--all` runs them all and
`--table` none. A test belongs to the requirement whose number begins its name: `test_r7_…`, `test_g2_…`. What each
requirement says stands in requirements.toml, how each test ended last in docs/reliability_run.json, which guard was
taken out of the code for it in guards.toml and docs/guards.jsonl (see `tests.faults.without_guards`).
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs/reliability.md"
RUN = ROOT / "docs/reliability_run.json"
CAUGHT = ROOT / "docs/guards.jsonl"
NUMBERS = [*(f"R{number}" for number in range(1, 49)), *(f"G{number}" for number in range(1, 5))]
FOLDERS = ("faults", "security", "integration", "upgrade", "cluster")
NAMED = re.compile(r"^def (test_([rg]\d+)_\w+)", flags=re.MULTILINE)
BEGINS, ENDS = "<!-- table: python -m tests.faults.reliability -->\n", "<!-- end of the table -->\n"


def held_tests() -> dict[str, dict[str, Path]]:
    """The files of all tests by number and name."""
    found: dict[str, dict[str, Path]] = {number: {} for number in NUMBERS}
    for folder in FOLDERS:
        for path in sorted((ROOT / "tests" / folder).glob("*.py")):
            for name, number in NAMED.findall(path.read_text("utf-8")):
                found[number.upper()][name] = path
    return found


def told() -> dict[str, dict[str, Any]]:
    """What is said of each requirement: `fault`, `held`, and `elsewhere`, what other tests prove of it."""
    whole: dict[str, dict[str, Any]] = tomllib.loads((HERE / "requirements.toml").read_text("utf-8"))
    return whole


def guards() -> list[dict[str, str]]:
    held: list[dict[str, str]] = tomllib.loads((HERE / "guards.toml").read_text("utf-8"))["guard"]
    return held


def results() -> dict[str, dict[str, Any]]:
    noted: dict[str, dict[str, Any]] = json.loads(RUN.read_text("utf-8")) if RUN.exists() else {}
    return noted


def caught() -> dict[str, dict[str, Any]]:
    """How the tests ended without their guards, by the name of the guard."""
    lines = CAUGHT.read_text("utf-8").splitlines() if CAUGHT.exists() else []
    return {line["guard"]: line for line in map(json.loads, lines)}


def table() -> str:
    said, noted, tests, out = told(), results(), held_tests(), caught()
    names = {guard["name"]: guard["of"] for guard in guards()}
    rows = ["| requirement | what happens | last run | tests | without its guard |", "| --- | --- | --- | --- | --- |"]
    for number in NUMBERS:
        named = sorted(tests[number])
        mine = [noted[name] for name in named if name in noted]
        missing = [out[guard] for guard, of in names.items() if of == number and guard in out]
        cells = [number, said[number]["held"], _ended(mine, len(named)), ", ".join(f"`{name}`" for name in named)]
        rows.append(f"| {' | '.join([*cells, _without(missing)])} |")
    whole = sum(bool(tests[number]) and _is_well(tests[number], noted) for number in NUMBERS)
    first = (
        f"{len(NUMBERS)} requirements, {sum(map(bool, tests.values()))} with tests, {whole} passed in their last run."
    )
    return f"{first}\n\n" + "\n".join(rows) + "\n"


def _is_well(named: Iterable[str], noted: dict[str, dict[str, Any]]) -> bool:
    return all(noted.get(name, {}).get("outcome") == "passed" for name in named)


def _ended(mine: list[dict[str, Any]], count: int) -> str:
    if not mine:
        return "not run"
    cases, days = sum(one["cases"] for one in mine), sorted(one["day"] for one in mine)
    wrong = [one["outcome"] for one in mine if one["outcome"] != "passed"]
    wrong += ["not run"] * (count - len(mine))
    said = f"{cases} passed" if not wrong else ", ".join(f"{wrong.count(one)} {one}" for one in sorted(set(wrong)))
    return f"{said}, {days[0]}"


def _without(missing: list[dict[str, Any]]) -> str:
    if not missing:
        return "not tried"
    failed = sum(one["failed"] for one in missing)
    return f"fails ({failed} of {len(missing)})"


def write_table() -> None:
    before, _begins, rest = PAGE.read_text("utf-8").partition(BEGINS)
    _old, _ends, after = rest.partition(ENDS)
    PAGE.write_text(f"{before}{BEGINS}{table()}{ENDS}{after}", "utf-8")


def run(names: dict[str, Path], arguments: list[str]) -> int:
    """Run these tests and note how each ended; a test that was skipped is noted as that."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        places = [f"{path.relative_to(ROOT)}::{name}" for name, path in names.items()]
        command = [sys.executable, "-m", "pytest", "-p", "tests.faults.noting", "-p", "no:cacheprovider"]
        done = subprocess.run([*command, f"--noted={report}", *arguments, *places], cwd=ROOT)
        found = json.loads(report.read_text("utf-8")) if report.exists() else {}
    held = set().union(*held_tests().values())
    noted = {name: how for name, how in results().items() if name in held} | found
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    for name in found:
        noted[name]["day"] = day
    lines = [f"{json.dumps(name)}: {json.dumps(noted[name], sort_keys=True)}" for name in sorted(noted)]
    RUN.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return done.returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", metavar="NUMBER", help="R7, G1")
    parser.add_argument("--all", action="store_true", help="run every test of a requirement")
    parser.add_argument("--table", action="store_true", help="write the table from what was noted, and run nothing")
    options, more = parser.parse_known_args()
    tests, noted = held_tests(), results()
    chosen = {
        name: path
        for number, named in tests.items()
        for name, path in named.items()
        if options.all or number in options.numbers or (not options.numbers and name not in noted)
    }
    status = run(chosen, more) if chosen and not options.table else 0
    write_table()
    raise SystemExit(status)


if __name__ == "__main__":
    main()

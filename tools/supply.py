"""What the archive is made of: `python -m tools.supply licences`, `… vulnerabilities REQUIREMENTS`.

Licences are those that each package tells of itself. Weaknesses are asked for by pip-audit, which passes by skipping
what no database knows; here that is "not run", with status 3.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
NOT_RUN: Final = 3
PINNED: Final = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==", re.MULTILINE)
_PREFIX: Final = "License :: "
_HEAD: Final = """# Licences

What ships or is installed with Diwan, and under which licence. `make licences` writes the table of packages from what
each tells of itself; `make sbom` writes a bill of materials with versions and digests (CycloneDX).

| what | licence |
| --- | --- |
| Diwan | MIT, [LICENSE](../LICENSE) |
| fonts of pages | SIL Open Font License 1.1, [static/fonts](../static/fonts/README.md) |
| names, countries, captured pages | [fixtures](../fixtures/README.md) |
| data of the analyzer | [search/analysis/data](../search/analysis/data/PROVENANCE.md) |

## Packages

| package | licence |
| --- | --- |
"""


def pinned(requirements: Path) -> list[str]:
    """The names of the packages that a file pins, in order."""
    return sorted(set(PINNED.findall(requirements.read_text("utf-8"))), key=str.lower)


def licence(package: str) -> str:
    """What a package says of its licence, "" when nothing; PackageNotFoundError when it is not installed here."""
    told = metadata(package)
    if "License-Expression" in told:
        return str(told["License-Expression"])
    named = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or [] if one.startswith(_PREFIX)]
    if named:
        return ", ".join(sorted(set(named)))
    return ("".join(told.get_all("License") or []).strip().splitlines() or [""])[0]


def licence_rows(names: Iterable[str]) -> dict[str, str]:
    """The licence of each package that is installed here; those of other systems are left out."""
    found = {}
    for name in names:
        try:
            found[name] = licence(name)
        except PackageNotFoundError:
            continue
    return found


def licence_page() -> str:
    rows = licence_rows(pinned(ROOT / "requirements.txt"))
    return _HEAD + "".join(f"| {name} | {told} |\n" for name, told in rows.items())


def verdict(report: Mapping[str, Any] | None) -> tuple[int, list[str]]:
    """Status and lines for what pip-audit reported as JSON, None when it reported nothing.

    0 where every package was looked up and none is weak, 1 where one is, NOT_RUN where one could not be looked up.
    """
    if not report or not report.get("dependencies"):
        return NOT_RUN, ["not run: no database of weaknesses answers"]
    held = report["dependencies"]
    weak = [f"{one['name']} {one['version']}: {weakness['id']}" for one in held for weakness in one.get("vulns", ())]
    skipped = [one["name"] for one in held if "skip_reason" in one]
    if weak:
        return 1, weak
    if skipped:
        return NOT_RUN, [f"not run: {len(skipped)} of {len(held)} packages could not be looked up"]
    return 0, [f"{len(held)} packages, no known weakness"]


def vulnerabilities(requirements: str) -> int:
    command = [sys.executable, "-m", "pip_audit", "--requirement", requirements, "--format", "json"]
    command += ["--no-deps", "--disable-pip", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        report = None
    status, lines = verdict(report)
    print("\n".join(lines))
    return status


def main(arguments: list[str]) -> int:
    match arguments:
        case ["licences"]:
            print(licence_page(), end="")
            return 0
        case ["vulnerabilities", requirements]:
            return vulnerabilities(requirements)
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

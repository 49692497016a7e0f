"""What docs/reliability.md says was tested, was; and every fault test is told there.

Of the tests in tests/security those named after a requirement must be told; others may be.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOLD = (ROOT / "docs/reliability.md").read_text("utf-8")
FAULTS = [*ROOT.glob("tests/faults/test_*.py"), *ROOT.glob("tests/security/test_*.py")]
OTHERS = [path for room in ("integration", "upgrade", "cluster") for path in ROOT.glob(f"tests/{room}/test_*.py")]


def named_in(path: Path, pattern: str = r"test_\w+") -> set[str]:
    return set(re.findall(rf"^def ({pattern})", path.read_text("utf-8"), flags=re.MULTILINE))


def test_every_test_that_is_named_exists() -> None:
    assert not set(re.findall(r"`(test_\w+)`", TOLD)) - set().union(*map(named_in, [*FAULTS, *OTHERS]))


def test_every_test_of_faults_and_of_a_requirement_is_named() -> None:
    faults = set().union(*(named_in(path) for path in FAULTS if path.parent.name == "faults"))
    required = set().union(*(named_in(path, r"test_r\d+_\w+") for path in [*FAULTS, *OTHERS]))
    assert not (faults | required) - set(re.findall(r"`(test_\w+)`", TOLD))


def test_a_test_stands_in_the_row_of_its_requirement() -> None:
    for row in (line for line in TOLD.splitlines() if line.startswith("| R")):
        for number in re.findall(r"`test_r(\d+)_", row):
            assert row.startswith(f"| R{number} ")


def test_every_file_of_faults_names_its_requirements() -> None:
    for path in FAULTS:
        named = {f"R{number}" for test in named_in(path) for number in re.findall(r"^test_r(\d+)", test)}
        opening = path.read_text("utf-8").partition("\n")[0]
        assert all(re.search(rf"\b{requirement}\b", opening) for requirement in named), path.name

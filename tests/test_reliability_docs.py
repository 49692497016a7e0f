"""What docs/reliability.md says was tested, was; and every fault test is told there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOLD = (ROOT / "docs/reliability.md").read_text("utf-8")
OF_FAULTS = [*ROOT.glob("tests/faults/test_*.py"), *ROOT.glob("tests/security/test_*.py")]
FILES = [*OF_FAULTS, ROOT / "tests/integration/test_odd_dates.py"]


def named_in(path: Path) -> set[str]:
    return set(re.findall(r"^def (test_\w+)", path.read_text("utf-8"), flags=re.MULTILINE))


def test_every_test_that_is_named_exists_and_the_other_way_round() -> None:
    written = set().union(*map(named_in, FILES))
    assert set(re.findall(r"`(test_\w+)`", TOLD)) == written


def test_a_test_stands_in_the_row_of_its_requirement() -> None:
    for row in (line for line in TOLD.splitlines() if line.startswith("| R")):
        for number in re.findall(r"`test_r(\d+)_", row):
            assert row.startswith(f"| R{number} ")


def test_every_file_of_faults_names_its_requirements() -> None:
    for path in OF_FAULTS:
        named = {f"R{number}" for test in named_in(path) for number in re.findall(r"^test_r(\d+)", test)}
        opening = path.read_text("utf-8").partition("\n")[0]
        assert all(re.search(rf"\b{requirement}\b", opening) for requirement in named), path.name

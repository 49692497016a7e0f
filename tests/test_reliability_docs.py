"""What docs/reliability.md says was tested, was; and every fault test is told there.

Of the tests in tests/security those named after a requirement must be told; others may be.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.faults import reliability

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


def test_every_requirement_has_a_test_of_its_own_number_here() -> None:
    """`test_r7_…`, `test_g1_…` in tests/faults or tests/security."""
    held = {number.upper() for path in FAULTS for _name, number in reliability.NAMED.findall(path.read_text("utf-8"))}
    assert not set(reliability.NUMBERS) - held


def test_the_table_is_what_the_last_run_gives() -> None:
    """Made by `make reliability`, from how each test ended last."""
    _before, _begins, rest = TOLD.partition(reliability.BEGINS)
    assert rest.partition(reliability.ENDS)[0] == reliability.table()
    assert set(reliability.told()) == set(reliability.NUMBERS)


def test_no_test_of_a_requirement_failed_in_its_last_run() -> None:
    assert [name for name, how in reliability.results().items() if how["outcome"] == "failed"] == []


@pytest.mark.parametrize("guard", reliability.guards(), ids=lambda guard: guard["name"])
def test_a_guard_is_in_the_code_and_its_test_in_the_suite(guard: dict[str, str]) -> None:
    """`python -m tests.faults.without_guards` takes it out: then that test has to fail."""
    assert (ROOT / guard["file"]).read_text("utf-8").count(guard["old"]) == 1
    assert guard["old"] != guard["new"]
    path, _colons, name = guard["test"].partition("::")
    assert name in named_in(ROOT / path) and name.startswith(f"test_{guard['of'].lower()}_")


def test_every_requirement_but_one_has_a_guard_that_is_taken_out() -> None:
    """A soak has no single guard: it finds what no other test looks for."""
    assert {guard["of"] for guard in reliability.guards()} == set(reliability.NUMBERS) - {"R19"}
    names = [guard["name"] for guard in reliability.guards()]
    assert len(names) == len(set(names))


def test_no_test_passed_without_its_guard() -> None:
    assert [line["guard"] for line in reliability.caught().values() if not line["failed"]] == []


def test_every_file_of_faults_names_its_requirements() -> None:
    for path in FAULTS:
        named = {f"R{number}" for test in named_in(path) for number in re.findall(r"^test_r(\d+)", test)}
        opening = path.read_text("utf-8").partition("\n")[0]
        assert all(re.search(rf"\b{requirement}\b", opening) for requirement in named), path.name

"""A plugin of pytest that writes how each test ended, by its name alone: `-p tests.faults.noting --noted FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

WORST = ("passed", "skipped", "failed")


class Noting:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.ended: dict[str, dict[str, str | int]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.outcome == "passed":
            return
        name = report.nodeid.rpartition("::")[2].partition("[")[0]
        held = self.ended.setdefault(name, {"outcome": "passed", "cases": 0})
        held["outcome"] = max(str(held["outcome"]), report.outcome, key=WORST.index)
        held["cases"] = int(held["cases"]) + (report.outcome == "passed")

    def pytest_sessionfinish(self) -> None:
        self.path.write_text(json.dumps(self.ended), "utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--noted", type=Path, help="the file for how each test ended")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--noted")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Noting(path))

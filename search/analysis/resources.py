"""Reads the data files beside this package: tab-separated rows, `#` begins a comment line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).with_name("data")


def read_lines(name: str) -> Iterator[str]:
    """Yield the lines of a data file that are neither empty nor comments."""
    with (DATA / name).open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                yield line


def read_rows(name: str) -> Iterator[list[str]]:
    """Yield the tab-separated cells of each row of a data file."""
    for line in read_lines(name):
        yield line.split("\t")

"""Reads the authority files that ship with the project: JSON records and tab-separated tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

FIXTURES: Final = Path(__file__).resolve().parents[3] / "fixtures" / "authorities"
RECORD_FILES: Final = ("countries.json", "bodies.json", "officials.json")


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table whose first line names the columns; `#` begins a comment line, missing last cells are empty."""
    with (FIXTURES / name).open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    header = rows[0]
    return [dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)) for cells in rows[1:]]


@cache
def shipped_records() -> tuple[dict[str, Any], ...]:
    """Give every record that ships, countries first, as in the files."""
    return tuple(_read_records())


def _read_records() -> Iterator[dict[str, Any]]:
    for name in RECORD_FILES:
        yield from json.loads((FIXTURES / name).read_text(encoding="utf-8"))

"""What several measures share: lines of a file that may be compressed, precision and recall of what was found."""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a file in UTF-8, decompressed where its name ends with `.xz`."""
    opening: Callable[..., Any] = partial(lzma.open, path, "rt") if path.suffix == ".xz" else path.open
    with opening(encoding="utf-8", newline="\n") as lines:
        yield from lines


def judged_rows(path: Path) -> list[list[str]]:
    """The cells of a file of judgments: tab-separated, `#` begins a remark."""
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@dataclass
class JudgedScore:
    """`right` of the `given`, `found` of the `wanted`, among all `judged`; `wrong` and `missed` are examples."""

    given: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0
    judged: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0

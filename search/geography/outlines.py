"""The outlines of the land and its borders as paths of SVG, made by `python -m tools.geography`; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

OUTLINES: Final = Path(__file__).with_name("data") / "outlines.json"


@dataclass(frozen=True, slots=True)
class Outlines:
    """The `d` of three paths in the units of a frame: areas of land, borders, and those that are contested."""

    land: str
    borders: str
    contested: str


@cache
def outlines() -> Mapping[str, Outlines]:
    """The outlines of every frame, by its name."""
    return {name: Outlines(**held) for name, held in json.loads(OUTLINES.read_text("utf-8")).items()}

"""The concepts of diplomacy and what each is called in Arabic, Persian and English: `fixtures/terms.json`.

The file is shaped after SKOS: `prefLabel`, `altLabel` and `hiddenLabel` (found, never shown) by language, `broader`,
`scopeNote`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).resolve().parents[2] / "fixtures" / "terms.json"


@dataclass(frozen=True, slots=True, eq=False)
class Concept:
    """One concept: `labels` by language, the preferred one first; `hidden` ones are found and never shown."""

    slug: str
    labels: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()
    note: str = ""

    def label(self, language: str) -> str:
        """The preferred label in `language`, else in English, else any; the slug of what has hidden ones alone."""
        return (self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()), (self.slug,)))[0]


def read(text: str) -> list[Concept]:
    """The concepts of a file of terms; KeyError or ValueError where it is not one."""
    return [_concept(row) for row in json.loads(text)]


def _concept(row: Mapping[str, Any]) -> Concept:
    shown = {lang: (pref, *row.get("altLabel", {}).get(lang, ())) for lang, pref in row["prefLabel"].items()}
    hidden = {lang: tuple(texts) for lang, texts in row.get("hiddenLabel", {}).items()}
    return Concept(row["id"], shown, hidden, tuple(row.get("broader", ())), row.get("scopeNote", ""))


@cache
def fingerprint() -> str:
    """Changes whenever the file does: what articles name is written into the index."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:16]

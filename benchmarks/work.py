"""The work folder of the measurements: the archive of the given articles, these analysed, and every index."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CAPTURES = ROOT / "fixtures" / "captures"
FACETS = ("country", "official", "body", "year", "lang", "source")
TOP = 20  # values of a facet and articles of a page, for every engine


@dataclass(frozen=True, slots=True)
class Work:
    """Where things lie in the work folder; everything in it is made when it is missing and kept for the next run."""

    folder: Path

    @property
    def state(self) -> Path:
        """DIWAN_VAR of the archive."""
        return self.folder / "archive"

    @property
    def articles(self) -> Path:
        """Every article analysed once."""
        return self.folder / "articles"

    @property
    def indexes(self) -> Path:
        return self.folder / "indexes"

    def tokens(self, size: int) -> Path:
        """What engines that are not ours are fed with."""
        return self.folder / f"tokens-{size}"

    def index(self, engine: str, size: int) -> Path:
        return self.indexes / f"{engine}-{size}"

    def note(self, name: str) -> Path:
        """A measurement that is kept, as JSON."""
        path = self.folder / "notes" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def read(self, name: str) -> dict[str, Any]:
        path = self.note(name)
        return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}

    def write(self, name: str, measured: dict[str, Any]) -> dict[str, Any]:
        self.note(name).write_text(json.dumps(measured, ensure_ascii=False, indent=1), "utf-8")
        return measured


def set_up(state: Path) -> None:
    """Have Django work on the archive of a work folder."""
    state.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(state))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def environment(state: Path) -> dict[str, str]:
    return {
        "DIWAN_VAR": str(state),
        "DIWAN_HTTPS": "off",
        "DIWAN_SECRET_KEY": "measured, not served",
        "DIWAN_DATABASE": "",
        "PYTHONPATH": str(ROOT),
    }


def stories(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The articles of the files in an order of no meaning, so that any beginning is a fair sample."""
    found = [story for path in paths for story in _lines(path)] if paths else list(_captured())
    return sorted(found, key=lambda story: hashlib.sha256(str(story["id"]).encode()).digest())


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            story = json.loads(line)
            if (story.get("body") or "").strip():
                yield story


def _captured() -> Iterator[dict[str, Any]]:
    """The five captured pages as stories, for a trial without data."""
    for path in sorted(CAPTURES.glob("*.txt")):
        page = path.read_text("utf-8").strip()
        lang = "fa" if "می" in page else "ar"
        yield {"id": path.stem, "lang": lang, "title": page.splitlines()[0][:200], "body": page, "date": "2023-10-04"}


def peak_memory() -> float:
    """MB that this process held at most."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def folder_size(folder: Path) -> float:
    """MB of the files of a folder, and of those below it."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)

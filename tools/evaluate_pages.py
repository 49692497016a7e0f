"""`python -m tools evaluate_pages FOLDER`: how well pages with known answers are read, beside other extractors.

The folder is described in tools/extraction/pages.py. The other extractors are those of requirements-bench.txt; `make
bench` makes their environment.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.extraction import ExtractionError
from tools.bindings import take_in
from tools.extraction import others
from tools.extraction.pages import JudgedPage, Reading, read_folder
from tools.extraction.scoring import Score, mean_over_outlets, score, words

OURS = "Diwan"
FIRST = ("ar", "fa")
"""The languages of the archive; pages of others tell of the layouts alone, and are counted as one."""

Readings = dict[str, Reading]
HERE = ("trafilatura",)
"""Installed beside Diwan, which uses it; the rest have an environment of their own."""


class Command(BaseCommand):
    requires_system_checks = ()  # neither the database nor the index is asked
    help = "Print title, day, source and body as read by Diwan and by other extractors, against the right ones."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="NAME.html and NAME.json of each page")
        python = Path(settings.BASE_DIR) / ".venv-bench" / "bin" / "python"
        parser.add_argument("--python", type=Path, default=python, help="has the other extractors")
        parser.add_argument("--alone", action="store_true", help="Diwan without the others")
        parser.add_argument("--show", type=int, default=0, metavar="N", help="tell Diwan's N worst pages of each group")

    def handle(self, *, folder: Path, python: Path, alone: bool, show: int, **options: Any) -> None:
        pages = read_folder(folder)
        if not pages:
            raise CommandError(f"{folder} has no page with its answers.")
        if not alone and not python.exists():
            raise CommandError(f"{python} is missing: `make .venv-bench/.installed` installs it, or say --alone.")
        read = [{OURS: read_by_us(page)} for page in pages]
        elsewhere = [name for name in others.EXTRACTORS if name not in HERE]
        for whose, names in ((Path(sys.executable), HERE), (python, elsewhere)) if not alone else ():
            for mine, theirs in zip(read, read_by_others(pages, whose, names), strict=True):
                mine.update(theirs)
        groups = {group: [i for i, page in enumerate(pages) if _group(page) == group] for group in (*FIRST, "others")}
        self.stdout.write(f"{'':<26}" + "".join(f"{figure:>10}" for figure in Score._fields))
        for group, members in groups.items():
            if members:
                self._tell(group, [(pages[i], read[i]) for i in members], show)

    def _tell(self, group: str, read: list[tuple[JudgedPage, Readings]], show: int) -> None:
        outlets = {page.outlet for page, _readings in read}
        self.stdout.write(f"{group}: {len(read)} pages of {len(outlets)} outlets")
        for name in read[0][1]:
            mean = mean_over_outlets((page, score(page, readings[name])) for page, readings in read)
            figures = ("–" if one is None else f"{one:.3f}" for one in mean)
            self.stdout.write(f"  {name:<24}" + "".join(f"{figure:>10}" for figure in figures))
        for page, readings in sorted(read, key=lambda one: score(one[0], one[1][OURS]).overall)[:show]:
            self.stdout.write("\n".join(faults(page, readings[OURS], score(page, readings[OURS]))))


def _group(page: JudgedPage) -> str:
    return page.language if page.language in FIRST else "others"


def read_by_us(page: JudgedPage) -> Reading:
    """What the archive would take in; nothing where it refuses the page."""
    try:
        taken = take_in(page.path.read_bytes(), page.path.name)
    except ExtractionError:
        return Reading()
    return Reading(taken.title, taken.date, taken.source, taken.body)


def read_by_others(pages: Iterable[JudgedPage], python: Path, names: Iterable[str]) -> list[Readings]:
    """What each of the named extractors makes of each page, with its version in its name."""
    asked = "".join(json.dumps([str(page.path), page.url, page.language]) + "\n" for page in pages)
    command = [str(python), str(Path(others.__file__)), *names]
    told = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True).stdout
    versions, *rows = map(json.loads, told.splitlines())
    return [{f"{name} {versions[name]}": Reading(**found) for name, found in row.items()} for row in rows]


def faults(page: JudgedPage, reading: Reading, scored: Score) -> Iterator[str]:
    """Lines that tell what of a page was read wrongly: fields, foreign lines, missing paragraphs."""
    yield f"\n{page.path.name}  F1 {scored.f1:.3f}"
    for name, right in (("title", page.title), ("day", page.day), ("source", page.source)):
        if getattr(scored, name) == 0.0:
            yield f"  {name}: {getattr(reading, name)!r} for {right!r}"
    wanted, given = Counter(words("\n".join(page.body))), Counter(words(reading.body))
    for sign, lines, other in (("+", reading.body.splitlines(), wanted), ("-", page.body, given)):
        for line in lines:
            own = words(line)
            if own and sum(word not in other for word in own) * 3 > len(own):
                yield f"  {sign} {line[:110]}"

"""`python -m tests.browser.day --data FOLDER`: a curator's day over real articles, which stay where they are.

Of the articles of a folder (JSON Lines, packed by xz or not) some are chosen by chance, most of them published and the
rest left as drafts; the state folder is kept where one is named. It prints every step with its time, every page that
took long, and what was wrong; it ends with 1 when anything was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from tests.browser.day.day import LANGUAGES, Day, Official
from tests.browser.day.desk import Log
from tests.browser.day.steps import STEPS
from tests.browser.server import manage, served
from tests.chromium import ARGUMENTS, CHROMIUM

SLOW: Final = 1.0  # seconds of the processor for one page
DRAFTS: Final = 0.2  # of the articles
CHANCE: Final = 12


def main() -> int:
    asked = _arguments()
    log = Log(screens=asked.screens)
    if asked.screens:
        asked.screens.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="diwan-day-") as passing:
        state = asked.state or Path(passing, "state")
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        files = (None, None) if (state / "password").exists() else _chosen(asked, Path(passing))
        with served(files[1], published=files[0], state=state) as address, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
            password = (state / "password").read_text("utf-8")
            day = Day(chromium, address, password, dict(zip(LANGUAGES, asked.official, strict=False)), log)
            day.held_back = asked.held_back
            with day.open():
                day.work(asked.step or list(STEPS), asked.language or LANGUAGES, in_turn=asked.in_turn)
                day.until_quiet()
        _report(day)
        print(manage(state, "check_archive") if not log.faults or asked.check else "")
    return int(bool(log.faults))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.day", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of articles as JSON Lines")
    parser.add_argument("--articles", type=int, default=3000, help="how many of them (3000)")
    parser.add_argument("--state", type=Path, help="a state folder, made where it is empty, and kept")
    parser.add_argument("--screens", type=Path, help="where pictures of the pages go")
    parser.add_argument("--step", action="append", choices=STEPS, help="some steps alone")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="some languages alone")
    parser.add_argument("--in-turn", action="store_true", help="each step in one language, the next in the next one")
    parser.add_argument("--held-back", type=int, default=0, help="drafts that stay, for want of text")
    parser.add_argument("--check", action="store_true", help="check the archive after faults, too")
    parser.add_argument(
        "--official",
        action="append",
        type=_official,
        default=[],
        metavar="NAME:LANGUAGE:ARTICLES",
        help="somebody whom no record names, in so many articles; one for each of ar, fa, en",
    )
    return parser.parse_args()


def _official(told: str) -> Official:
    form, language, articles = told.split(":")
    return Official(form, language, f"day-{hashlib.sha256(form.encode()).hexdigest()[:8]}", int(articles))


def _chosen(asked: argparse.Namespace, folder: Path) -> tuple[Path, Path]:
    """Files of what is published and of drafts; all that name one of the officials are among the published."""
    named: dict[str, dict[str, Any]] = {}
    others: list[dict[str, Any]] = []
    counts = dict.fromkeys(asked.official, 0)
    for row in _rows(asked.data):
        text = f"{row.get('title', '')}\n{row.get('body', '')}"
        who = next((one for one in asked.official if one.form in text and counts[one] < one.articles), None)
        if who:
            counts[who] += 1
            named[row["id"]] = row
        else:
            others.append(row)
    drawn = random.Random(CHANCE).sample(others, min(len(others), asked.articles - len(named)))  # noqa: S311
    drafts = int(asked.articles * DRAFTS)
    paths = folder / "published.jsonl", folder / "drafts.jsonl"
    for path, rows in zip(paths, ([*named.values(), *drawn[drafts:]], drawn[:drafts]), strict=True):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return paths


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl*")):
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _report(day: Day) -> None:
    log = day.log
    for note in day.notes:
        print(note)
    print("step, language, deeds, seconds")
    for name, language, deeds, seconds in log.steps:
        print(f"{name:18} {language} {deeds:4} {seconds:7.1f}")
    loads = sorted(log.loads, key=lambda load: -load.cpu)
    print(f"{len(loads)} pages; of the processor {sum(one.cpu for one in loads) / max(len(loads), 1):.2f} s on average")
    for one in loads[:25]:
        if one.cpu >= SLOW / 2:
            print(f"{one.cpu:5.2f} s of the processor, {one.seconds:5.2f} s: {one.step} {one.language} {one.address}")
    for one in loads:
        if one.cpu > SLOW:
            log.fault(f"{one.step} {one.language}: {one.cpu:.2f} s of the processor for {one.address}")
    print(f"{len(log.faults)} faults")
    for fault in log.faults:
        print(f"- {fault}")


if __name__ == "__main__":
    sys.exit(main())

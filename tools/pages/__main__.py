"""The commands `archive`, `save`, `compare` and `noise`."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tools.pages import asking, comparing, drawing, noise, questions, saved, state


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.pages", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    archive = commands.add_parser("archive", help="make a state folder with real articles")
    archive.add_argument("folder", type=Path)
    archive.add_argument("--from", dest="files", type=Path, nargs="*", default=[], metavar="FILE.jsonl")
    save = commands.add_parser("save", help="save what the archive answers")
    save.add_argument("folder", type=Path)
    save.add_argument("--archive", type=Path, required=True, help="a state folder; it is copied")
    save.add_argument("--like", type=Path, help="ask what was asked for this folder")
    save.add_argument("--questions", type=int, default=0, help="ask so many questions drawn from headlines instead")
    compare = commands.add_parser("compare", help="compare saved answers with those of this tree, or with others")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path, nargs="?")
    compare.add_argument("--archive", type=Path, help="unless it is where it was when the answers were saved")
    compare.add_argument("--explained", type=Path, help="lines of: a pattern of requests, a tab, the reason")
    commands.add_parser("noise", help="list what is left out of comparisons, and why")
    options = parser.parse_args()
    if options.command == "noise":
        print(noise.listing())
    elif options.command == "archive":
        state.make(options.folder.resolve(), options.files)
    elif options.command == "save":
        _save(options.folder, options.archive, options.like, options.questions)
    else:
        return _compare(options)
    return 0


def _save(folder: Path, archive: Path, like: Path | None, count: int = 0) -> None:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pages-") as place:
        state.copy(archive.resolve(), Path(place) / "state")
        state.enter(Path(place) / "state")
        pages: Iterable[tuple[asking.Request, asking.Response]]
        if like:
            pages = ((request, asking.ask(request)) for request in saved.read(like))
        else:
            pages = questions.asked(asking.ask, count) if count else drawing.draw(asking.ask)
        saved_now = saved.write(folder, pages, archive.resolve())
    print(f"{saved_now} answers saved in {folder}, in {time.monotonic() - started:.0f} s.")


def _compare(options: argparse.Namespace) -> int:
    before = saved.read(options.before)
    with tempfile.TemporaryDirectory(prefix="pages-") as place:
        after = options.after or Path(place)
        if not options.after:
            _save(after, options.archive or saved.archive_of(options.before), options.before)
        result = comparing.compare(before, saved.read(after))
    text, is_alike = comparing.report(result, _explained(options.explained))
    print(text)
    return 0 if is_alike else 1


def _explained(path: Path | None) -> list[tuple[re.Pattern[str], str]]:
    lines = path.read_text("utf-8").splitlines() if path else []
    rows = [line.split("\t", 1) for line in lines if "\t" in line and not line.startswith("#")]
    return [(re.compile(pattern), reason) for pattern, reason in rows]


sys.exit(main())

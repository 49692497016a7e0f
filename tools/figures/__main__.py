"""Prints the figures of a tree as a table, and below it what they count, by name."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.figures import passed, source

Row = tuple[str, str, str]  # what, the figure, the aim


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.figures", description=__doc__)
    parser.add_argument("--tree", type=Path, default=Path(), help="the tree that is measured (default: this one)")
    parser.add_argument("--tests", action="store_true", help="run the unit tests, too, and say what they take")
    parser.add_argument("--no-trace", action="store_true", help="only read the source, start nothing")
    options = parser.parse_args()
    tree = options.tree.resolve()
    rows, below = _source(tree)
    if not options.no_trace:
        more, names = _ways(passed.ways(tree))
        rows, below = rows + more, below + names
    if options.tests:
        spent, last = passed.seconds_of_unit_tests(tree)
        rows.append(("processor seconds of the unit tests", f"{spent:.0f} ({last})", "< 45"))
    print("\n".join([*_table(rows), *below]))
    return 0


def _source(tree: Path) -> tuple[list[Row], list[str]]:
    files, tests = source.modules(tree), source.modules(tree, ("tests",))
    lines, functions = source.lines(files), source.functions(files)
    long, twice, unnamed = source.too_long(functions), source.twice_named(files), source.unnamed(files, tests)
    migrations = source.modules(tree, migrations=True)
    rows = [
        ("lines of `*.py` (`wc -l`, without migrations)", f"{lines:,}", "≤ 36,000"),
        *((f"– of {name}", _size(source.modules(tree, (name,))), "") for name in source.PACKAGES),
        ("– of migrations, beside these", _size(migrations), ""),
        ("files", f"{len(files)}", ""),
        ("functions per 1,000 lines", f"{1000 * len(functions) / lines:.0f}", ""),
        ("median length of a function, lines", f"{source.median_length(functions):.0f}", ""),
        (f"functions over {source.LONGEST_FUNCTION} lines", f"{len(long)}", "0"),
        ("modules loose in `search/`", f"{len(source.loose(tree, 'search'))}", ""),
        ("names of public classes used twice", f"{len(twice)}", "0"),
        ("longest line of a template", "{} ({})".format(*source.longest_line(tree / "templates", "*.html")), ""),
        ("longest line of a style sheet", "{} ({})".format(*source.longest_line(tree / "static/css", "*.css")), ""),
        ("lines of tests per line of code", f"{source.lines(tests) / lines:.2f}", "≥ 0.7"),
        ("modules that no test names", f"{len(unnamed)}", ""),
    ]
    below = [
        *_list("Functions too long", (f"{one.module}.{one.name}: {one.lines} lines" for one in long)),
        *_list("Public classes of one name", (f"{name}: {', '.join(where)}" for name, where in twice.items())),
        *_list("Modules that no test names", unnamed),
    ]
    return rows, below


def _size(files: list[source.Module]) -> str:
    return f"{source.lines(files):,} in {len(files)} files"


def _ways(found: passed.Ways) -> tuple[list[Row], list[str]]:
    told = {
        "a page of results": (found.again, "≤ 250", "≤ 60", "0"),
        "the first page of a process": (found.first, "", "", "0"),
        "the import of an article, index included": (found.intake, "", "", "0"),
    }
    rows: list[Row] = []
    below: list[str] = []
    for name, (one, functions, files, climbs) in told.items():
        rows.append((f"functions passed by {name}", f"{len(one.functions)}", functions))
        rows.append(("– of files", f"{len(one.files)}", files))
        rows.append(("– calls into a room that may not be imported", f"{len(one.climbs)}", climbs))
        rows.append(("– of decorators into what they decorate, beside these", f"{len(one.wrapped)}", ""))
        rows.append(("– to methods of a protocol, beside these", f"{len(one.promised)}", ""))
        kinds = {"Climbs": one.climbs, "Decorators": one.wrapped, "Methods of protocols": one.promised}
        for kind, calls in kinds.items():
            below += _list(f"{kind}, {name}", (f"{caller} → {called}" for caller, called in calls))
    return rows, below


def _table(rows: list[Row]) -> list[str]:
    return ["| | now | aim |", "|---|---|---|", *(f"| {what} | {figure} | {aim} |" for what, figure, aim in rows)]


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    named = list(lines)
    if named:
        yield f"\n{title}:"
        yield from (f"- {line}" for line in named)


sys.exit(main())

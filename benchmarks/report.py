"""The figures of a run as tables: `benchmarks/results.md`, and the same on the terminal."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import aims, queries
from benchmarks.engines import NAMES, TITLES
from benchmarks.measure import SHARED, percentile
from benchmarks.work import FACETS, Work

Told = Mapping[str, Any]


def write(work: Work, sizes: Sequence[int], real: int, path: Path) -> str:
    """Make the tables of what the work folder holds, write them and give them."""
    parts = [_head(work, real)]
    asked = {size: _asked(work, size) for size in sizes}
    parts += [_aims(work, asked, real)]
    for size in sizes:
        if asked[size]:
            parts += [_engines(work, size, real, asked[size])]
    if asked.get(real):
        parts += [_kinds(asked[real]), _agreement(asked[real])]
    parts += [_growth(asked), _pages(work), _memory(work), _notes()]
    text = "\n\n".join(filter(None, parts)) + "\n"
    path.write_text(text, "utf-8")
    return text


def _asked(work: Work, size: int) -> dict[str, Told]:
    return {name: told for name in NAMES if (told := work.read(f"ask-{name}-{size}"))}


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    shown = [list(map(str, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *shown, strict=True)]
    lines = [
        " | ".join(
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [list(heads), *shown]
    ]
    ruler = " | ".join("-" * width if not at else "-" * (width - 1) + ":" for at, width in enumerate(widths))
    return "\n".join(f"| {line} |" for line in [lines[0], ruler, *lines[1:]])


def milliseconds(seconds: float) -> str:
    value = 1000 * seconds
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


# The tables


def _head(work: Work, real: int) -> str:
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = sorted(
        {told["version"] for path in work.note("x").parent.glob("ask-*.json") if (told := work.read(path.stem))}
    )
    return (
        "# Results of `make bench`\n\n"
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {_processor()}, {cores} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}. "
        f"{real:,} real articles; more than these are made of their sentences. "
        "README.md says what was measured and how.\n\n" + "\n".join(f"- {version}" for version in versions)
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


def _engines(work: Work, size: int, real: int, asked: Mapping[str, Told]) -> str:
    rows = []
    for name in NAMES:
        if name in asked:
            rows.append(_engine(work, name, size, asked[name]))
    heads = (
        "engine",
        "warm p50",
        "p95",
        "p99",
        "cold p50",
        "p95",
        "p99",
        "of",
        "2 proc., q/s",
        "index MB",
        "built/s",
        "peak MB",
        "asking MB",
    )
    load = statistics.mean(told.get("load", 0.0) for told in asked.values())
    text = f"## {size:,} articles\n\nms; load of the machine {load:.1f}\n\n{table(heads, rows)}"
    stock = work.read(f"build-haystack-{real}")
    if size > real and stock:
        hours = size / (stock["articles"] / stock["seconds"]) / 3600
        text += (
            f"\n\nStock Haystack: not run, would take {hours:.1f} hours to index at its rate with {real:,} articles."
        )
    return text


def _engine(work: Work, name: str, size: int, told: Told) -> list[object]:
    built = work.read(f"build-{name}-{size}") if name not in SHARED else {}
    times = [
        milliseconds(percentile(told[kind].values(), share)) for kind in ("warm", "cold") for share in (0.5, 0.95, 0.99)
    ]
    index = (
        [f"{built['megabytes']:,.0f}", f"{size / built['processor']:,.0f}", f"{built['peak']:,.0f}"]
        if built
        else ["", "", ""]
    )
    return [TITLES[name], *times, len(told["cold"]), f"{told['rate']:,.0f}", *index, f"{told['held']:,.0f}"]


def _kinds(asked: Mapping[str, Told]) -> str:
    """The median by kind of question, warm."""
    kinds = list(queries.KINDS)
    of = {str(number): query.kind for number, query in enumerate(queries.read())}
    rows = []
    for name, told in asked.items():
        times = [[t for number, t in told["warm"].items() if of.get(number) == kind] for kind in kinds]
        rows.append([TITLES[name], *(milliseconds(statistics.median(held)) if held else "–" for held in times)])
    return f"## By kind of question\n\nms, median, warm\n\n{table(['engine', *kinds], rows)}"


def _agreement(asked: Mapping[str, Told]) -> str:
    """With how many totals and facet counts of Diwan the others agree, and whose best articles they share."""
    ours = asked.get("diwan")
    if not ours:
        return ""
    of = queries.read()
    rows = []
    for name, told in asked.items():
        if name in {"diwan", "readers"}:
            continue
        numbers = [number for number in told["totals"] if number in ours["totals"]]
        same = [n for n in numbers if told["totals"][n] == ours["totals"][n]]
        counted = [n for n in same if _counts_agree(told["counts"][n], ours["counts"][n], of[int(n)].facets)]
        ranked = [n for n in same if set(told["best"][n]) == set(ours["best"][n])]
        rows.append([TITLES[name], len(numbers), len(same), len(counted), len(ranked)])
    heads = ("engine", "asked", "same total", "and same facet counts", "and same 20 articles")
    return (
        f"## Agreement with Diwan\n\n{table(heads, rows)}\n\n"
        "FTS5, Tantivy and Haystack keep no two words at one place, so a word that is also its parts parts a phrase; "
        "Haystack reads what was narrowed to nothing as no narrowing. A chosen facet's own counts are left out: Diwan "
        "counts them without the choice. The 20 articles differ where engines weigh words differently."
    )


def _counts_agree(one: Told, other: Told, chosen: Mapping[str, Any]) -> bool:
    return all(one.get(facet) == other.get(facet) for facet in FACETS if facet not in chosen)


def _growth(asked: Mapping[int, Mapping[str, Told]]) -> str:
    sizes = [size for size in asked if asked[size]]
    if len(sizes) < 2:
        return ""
    rows = []
    for name in NAMES:
        held = [asked[size].get(name) for size in sizes]
        rows.append([TITLES[name], *(milliseconds(percentile(t["warm"].values(), 0.95)) if t else "–" for t in held)])
    hits = [asked[size].get("diwan") for size in sizes]
    rows.append(["hits (p95)", *(f"{percentile(t['totals'].values(), 0.95):,.0f}" if t else "–" for t in hits)])
    return f"## Growth\n\nms, p95, warm\n\n{table(['engine', *(f'{size:,}' for size in sizes)], rows)}"


def _pages(work: Work) -> str:
    told = work.read("pages")
    if not told:
        return ""
    rows = [
        [
            row["name"],
            f"{row['rate']:,.0f}" if row["rate"] >= 10 else f"{row['rate']:.1f}",
            f"{1000 * row['processor']:.1f}",
            f"{row['p50']:.1f}",
            f"{row['p99']:.1f}",
            f"{row['bytes'] / 1024:,.0f}",
            row["errors"],
        ]
        for row in told["rows"]
    ]
    heads = ("page", "a second", "processor ms", "p50 ms", "p99 ms", "kB", "errors")
    return f"## Pages over HTTP\n\n{told['about']}\n\n{table(heads, rows)}"


def _memory(work: Work) -> str:
    told = work.read("memory")
    if not told:
        return ""
    workers = table(
        ("worker", "RSS MB", "PSS MB", "private MB"),
        [[n, *(f"{v:.0f}" for v in row)] for n, row in told["workers"].items()],
    )
    steps = table(
        ("step of one process", "RSS MB", "more"), [[n, f"{v:.0f}", f"{more:+.0f}"] for n, v, more in told["steps"]]
    )
    return f"## Memory of a worker\n\n{told['about']}\n\n{workers}\n\n{steps}"


def _aims(work: Work, asked: Mapping[int, Mapping[str, Told]], real: int) -> str:
    rows = [[aim.what, aim.wanted, aim.measured, aim.verdict] for aim in aims.judge(work, asked, real)]
    return f"## Aims\n\n{table(('aim', 'wanted', 'measured', ''), rows)}" if rows else ""


def _notes() -> str:
    path = Path(__file__).with_name("notes.md")
    return path.read_text("utf-8").strip() if path.exists() else ""

"""What was aimed at, as ratios within one run, and whether it was reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.engines import TITLES
from benchmarks.engines.haystack_engine import IN_BATCHES
from benchmarks.work import Work

Asked = Mapping[int, Mapping[str, Mapping[str, Any]]]
FASTER = {"haystack": 100.0, "fts5": 5.0, "postgresql": 5.0, "xapian": 1.0, "tantivy": 1.0}
WORKER_MB = 250
LARGEST_KB, REBUILD_MB, REBUILT = 6, 600, 1500  # with all real articles
PEERS = (("limit", "a page without search", 0.5), ("datasette", "Datasette", 10.0), ("stock", "stock Haystack", 10.0))


@dataclass(frozen=True, slots=True)
class Aim:
    what: str
    wanted: str
    measured: str
    is_met: bool

    @property
    def verdict(self) -> str:
        return "met" if self.is_met else "missed"


def judge(work: Work, asked: Asked, real: int) -> list[Aim]:
    return [*_searches(asked, real), *_growth(asked), *_rebuild(work, real), *_pages(work), *_memory(work)]


def _p95(told: Mapping[str, Any]) -> float:
    from benchmarks.measure import percentile

    return percentile(told["warm"].values(), 0.95)


def _searches(asked: Asked, real: int) -> Iterator[Aim]:
    held = asked.get(real, {})
    if "diwan" not in held:
        return
    ours = _p95(held["diwan"])
    for name, wanted in FASTER.items():
        if name in held:
            ratio = _p95(held[name]) / ours
            what = f"faceted search, p95: {TITLES[name]}"
            yield Aim(what, f"× {wanted:g} or more", f"× {ratio:.3g}", ratio >= wanted)


def _growth(asked: Asked) -> Iterator[Aim]:
    from benchmarks.measure import percentile

    sizes = sorted(size for size in asked if "diwan" in asked[size])
    if len(sizes) < 2:
        return
    first, last = (asked[size]["diwan"] for size in (sizes[0], sizes[-1]))
    hits = percentile(last["totals"].values(), 0.95) / max(percentile(first["totals"].values(), 0.95), 1)
    time = _p95(last) / _p95(first)
    yield Aim(
        f"p95 from {sizes[0]:,} to {sizes[-1]:,} articles",
        f"× {hits:.3g} or less, as hits",
        f"× {time:.3g}",
        time <= hits,
    )


def _rebuild(work: Work, real: int) -> Iterator[Aim]:
    """Ours by the clock with all its processes; stock has one, whose time of the processor is taken for the clock's."""
    ours = work.read("rebuild")
    for size, how in ((IN_BATCHES, "in batches of 1,000"), (real, "in one batch")):
        stock = work.read(f"build-haystack-{size}")
        if ours and stock:
            rates = ours["articles"] / ours["seconds"], stock["articles"] / stock["processor"]
            measured = f"× {rates[0] / rates[1]:.3g} ({rates[0]:.0f} and {rates[1]:.0f} a second)"
            what = f"rebuild from the database: rate of stock Haystack, {how}"
            yield Aim(what, "× 10 or more", measured, rates[0] >= 10 * rates[1])
    if "peak" in ours:
        kilobytes = 1024 * ours["megabytes"] / ours["articles"]
        rate = ours["articles"] / ours["processor"] * ours["processes"]
        yield Aim("index, kB an article", f"{LARGEST_KB} or less", f"{kilobytes:.2f}", kilobytes <= LARGEST_KB)
        yield Aim(
            "rebuild: largest process", f"below {REBUILD_MB} MB", f"{ours['peak']:.0f} MB", ours["peak"] < REBUILD_MB
        )
        told = f"{rate:.0f}, by the processor's time"
        yield Aim("rebuild: articles a second", f"{REBUILT} or more", told, rate >= REBUILT)


def _pages(work: Work) -> Iterator[Aim]:
    """By the processor's time of the servers for a page, which other work on the machine does not change."""
    took = {row["key"]: row["processor"] for row in work.read("pages").get("rows", []) if row["rate"]}
    for own, ours in (("results", "results page, made"), ("results-kept", "results page, kept")):
        for key, theirs, wanted in PEERS if own in took else ():
            if key in took:
                ratio = took[key] / took[own]
                yield Aim(f"{ours}: rate of {theirs}", f"× {wanted:g} or more", f"× {ratio:.3g}", ratio >= wanted)


def _memory(work: Work) -> Iterator[Aim]:
    told = work.read("memory")
    if told:
        rss = max(row[0] for row in told["workers"].values())
        yield Aim("resident memory of a worker", f"below {WORKER_MB} MB", f"{rss:.0f} MB", rss < WORKER_MB)

"""What a soak found: tables of requests, processes and changes, and what is not as it must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.soak.watching import Life

GROWTH = 0.10  # of the resident memory after the warm-up
TOUCHING = 3  # looks whose median is taken at either end

Descriptors = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`warm_up` in seconds: what a process holds is compared from then on, counted from its own beginning.

    `descriptors` are those after the warm-up and at the end, both times while nothing is asked. `room` are the MB that
    a process may grow by in any case.
    """

    asked: list[dict[str, Any]]
    changes: dict[str, list[float]]
    taken_in: int
    lives: list[Life]
    descriptors: tuple[Descriptors, Descriptors]
    warm_up: float
    seconds: float
    room: float

    @property
    def statuses(self) -> Counter[str]:
        return sum((Counter(asked["statuses"]) for asked in self.asked), Counter())

    @property
    def not_begun(self) -> int:
        return sum(asked["not begun"] for asked in self.asked)

    @property
    def judged(self) -> list[Life]:
        """Processes that lived long enough after their own warm-up."""
        return [life for life in self.lives if len(life.after(self.warm_up)) >= 2 * TOUCHING]

    @property
    def wrong(self) -> list[str]:
        return [*self._requests(), *self._unseen(), *self._grown(), *self._left_open()]

    def _requests(self) -> Iterator[str]:
        """Nothing that is asked for is withdrawn meanwhile, so every answer is a page."""
        failed = [line for asked in self.asked for line in asked["failed"]]
        for status, count in self.statuses.items():
            if status != "200":
                told = [line for line in failed if line.startswith(status)]
                yield f"{count} requests ended with {status}: {told[:3]}"

    def _unseen(self) -> Iterator[str]:
        for deed, delays in self.changes.items():
            if lost := delays.count(float("inf")):
                yield f"articles {deed}: {lost} of {len(delays)} were never seen so"

    def _grown(self) -> Iterator[str]:
        for life in self.judged:
            first, last = ends(life, self.warm_up)
            if last - first > max(self.room, GROWTH * first):
                yield f"{life.name} {life.pid} grew by {last - first:.0f} MB from {first:.0f}"

    def _left_open(self) -> Iterator[str]:
        before, after = self.descriptors
        for name, held in after.items():
            if len(held) > len(before.get(name, held)):
                more = Counter(held) - Counter(before[name])
                yield f"a {name} has {len(held)} descriptors, {len(before[name])} before: {list(more.elements())}"


def ends(life: Life, warm_up: float) -> tuple[float, float]:
    """MB resident after the warm-up and at the end, of a few looks each the median."""
    held = [look.resident for look in life.after(warm_up)]
    return median(held[:TOUCHING]), median(held[-TOUCHING:])


def printed(outcome: Outcome) -> Iterator[str]:
    """The lines of the report."""
    yield from _asked(outcome)
    yield ""
    yield from _held(outcome)
    yield ""
    yield from _changed(outcome)
    yield ""
    yield from (f"WRONG: {wrong}" for wrong in outcome.wrong)
    if not outcome.wrong:
        yield "No request failed, no memory and no descriptor was kept, every change was seen."


def _asked(outcome: Outcome) -> Iterator[str]:
    told = ", ".join(f"{count} × {status}" for status, count in sorted(outcome.statuses.items()))
    rate = sum(outcome.statuses.values()) / outcome.seconds
    yield f"answers: {told}; {rate:.1f} a second; not begun because too many were on the way: {outcome.not_begun}"
    yield ""
    yield "| page | requests | median ms | 95 of 100 | longest |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for kind in sorted({kind for asked in outcome.asked for kind in asked["times"]}):
        times = sorted(time for asked in outcome.asked for time in asked["times"].get(kind, ()))
        yield f"| {kind} | {len(times)} | " + " | ".join(f"{1000 * time:.0f}" for time in _spread(times)) + " |"


def _spread(times: Sequence[float]) -> tuple[float, float, float]:
    """Median, 95th percentile and longest of sorted times."""
    return times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]


def _held(outcome: Outcome) -> Iterator[str]:
    yield "| process | seen for s | MB at first | after warm-up | halfway | at the end | growth |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    yield from (_row(life, outcome) for life in outcome.lives)
    yield ""
    yield "descriptors after the warm-up and at the end, beside the files of the index:"
    before, after = outcome.descriptors
    yield ", ".join(f"{name} {len(before.get(name, ()))} → {len(held)}" for name, held in after.items())


def _row(life: Life, outcome: Outcome) -> str:
    about = f"| {life.name} {life.pid} | {life.seconds:.0f} | {life.looks[0].resident:.0f}"
    if life not in outcome.judged:
        return f"{about} | | | {life.looks[-1].resident:.0f} | too young |"
    first, last = ends(life, outcome.warm_up)
    halfway = life.after(life.seconds / 2)[0].resident
    return f"{about} | {first:.0f} | {halfway:.0f} | {last:.0f} | {(last - first) / first:+.1%} |"


def _changed(outcome: Outcome) -> Iterator[str]:
    yield f"pages taken in by import_articles: {outcome.taken_in}"
    for deed, delays in outcome.changes.items():
        if delays:
            median_, most, longest = _spread(sorted(delays))
            shown = f"median {median_:.2f} s, 95 of 100 {most:.2f} s, longest {longest:.2f} s"
            yield f"articles {deed}: {len(delays)}, seen so after: {shown}"

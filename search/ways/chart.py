"""A line chart as plain figures: where its points, ticks and labels stand, in the direction of reading; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

WIDTH, HEIGHT = 960, 340  # user units
EM: Final = 16  # of them in the height of a letter: the picture grows with the text around it
SIDE, TOP, FOOT = 60, 14, 32  # room for figures and names
NAMES: Final = 9  # names of times under the picture, at most
# Lines are told apart by colour and by dashes, and by their order in the legend.
STYLES: Final = (
    ("var(--accent)", "none"), ("var(--warning)", "8 3"), ("var(--ink)", "2 3"),
    ("var(--soft)", "none"), ("var(--edge)", "10 3 2 3"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tick:
    """A figure at the side, or the name of a time below."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One value of a series; `place` is its number in the series."""

    place: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A series: `points` of a polyline, the values above zero as dots, colour and dashes."""

    points: str
    dots: tuple[Dot, ...]
    stroke: str
    dashes: str


@dataclass(frozen=True, slots=True)
class LineChart:
    curves: tuple[Curve, ...]
    levels: tuple[Tick, ...]
    times: tuple[Tick, ...]
    side: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = SIDE
    inner: int = WIDTH - 2 * SIDE
    across: float = WIDTH / EM
    down: float = HEIGHT / EM


def chart(series: Sequence[Sequence[float]], names: Sequence[str], *, rtl: bool) -> LineChart:
    """Lines over the same times; `names` are those of the times. Time runs in the direction of reading."""
    highest = ceiling(max((value for values in series for value in values), default=0))
    base, tall = HEIGHT - FOOT, HEIGHT - FOOT - TOP

    def x(place: int) -> float:
        share = place / (len(names) - 1) if len(names) > 1 else 0.5
        along = SIDE + (WIDTH - 2 * SIDE) * share
        return round(WIDTH - along if rtl else along, 1)

    def y(value: float) -> float:
        return round(base - tall * value / highest, 1)

    curves = []
    for number, values in enumerate(series):
        stroke, dashes = STYLES[number % len(STYLES)]
        dots = tuple(Dot(place, x(place), y(value)) for place, value in enumerate(values) if value)
        curves.append(Curve(" ".join(f"{x(i)},{y(v)}" for i, v in enumerate(values)), dots, stroke, dashes))
    side = WIDTH - SIDE + 8 if rtl else SIDE - 8
    levels = tuple(Tick(f"{level:g}", side, y(level)) for level in _levels(highest, series))
    times = tuple(Tick(names[place], x(place), HEIGHT - 8) for place in _named(len(names)))
    return LineChart(tuple(curves), levels, times, x(0))


def _levels(highest: float, series: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Nothing, quarters, and all; where only whole things are counted no parts of one."""
    whole = all(isinstance(value, int) for values in series for value in values)
    parts = next(n for n in (4, 5, 2, 1) if not whole or highest % n == 0)
    return tuple(highest * part / parts for part in range(parts + 1))


def ceiling(value: float) -> float:
    """The next of 1, 2, 4, 5, 10, 20, … that is not below a value; 1 for none.

    >>> ceiling(37), ceiling(0.3), ceiling(0)
    (40, 0.4, 1)
    """
    if value <= 0:
        return 1
    power = floor(log10(value))
    steps = (step * 10.0**power for step in (1, 2, 4, 5, 10))
    found = next(step for step in steps if step >= value * (1 - 1e-9))
    return int(found) if found >= 1 else round(found, 9)


def _named(times: int) -> Iterator[int]:
    """Which times are named: the first, the last, and some at even distances."""
    step = max(1, -(-(times - 1) // (NAMES - 1)))
    for place in range(0, times, step):
        if place == 0 or times - 1 - place >= step * 0.6 or place == times - 1:
            yield place
    if times > 1 and (times - 1) % step:
        yield times - 1

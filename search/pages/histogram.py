"""A histogram drawn on the server: a bar for every year, month or day that has articles, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import get_language_bidi

WIDTH, GAP = 272.0, 3.0
LOWEST, HIGHEST, STEP = 24, 96, 16  # the picture grows by a step for each article until it is full
HEAD = 22  # room for the scale over the highest bar
FOOT = 22  # room for the labels under the bars
SMALLEST = 1.0  # the height of a bar that counts one of very many: still seen, and below what can be told apart
WIDEST = 48.0
LETTER = 10.0  # the width of a letter of a label, rather too wide than too narrow
EM = 16.0  # user units in the height of a letter: the picture grows with the text around it


@dataclass(frozen=True, slots=True)
class DateRow:
    """One year, month or day: a bar of the picture and a row of its table. `value` is its ISO range."""

    label: str
    short: str
    count: int
    value: str
    url: str
    chosen: bool


class Drawn(Protocol):
    """What has rows and a caption: the panel of a result set, or the days of a record."""

    @property
    def rows(self) -> tuple[DateRow, ...]: ...

    @property
    def caption(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Bar:
    """One year, month or day; lengths in user units of the picture, from its upper left corner."""

    row: DateRow
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BarLabel:
    """The name of a bar, centred under it."""

    text: str
    x: float


def histogram(panel: Drawn, width: float = WIDTH) -> dict[str, object]:
    """What `_partials/histogram.html` draws; nothing where no row counts anything.

    Heights are in proportion to the counts; a line at the height of the greatest count bears its number.
    """
    rows = panel.rows
    tallest = max((row.count for row in rows), default=0)
    if not tallest:
        return {"bars": []}
    base = HEAD + min(max(LOWEST, STEP * tallest), HIGHEST)
    step = min(width / len(rows), WIDEST)
    width = min(width, max(step * len(rows), width / 2))  # few bars have no empty room behind them
    thick = max(1.0, step - min(GAP, step / 4))
    bars = []
    for place, row in enumerate(rows):
        x = width - place * step - thick if get_language_bidi() else place * step
        height = max(SMALLEST, (base - HEAD) / tallest * row.count)
        if row.count:
            bars.append(Bar(row, round(x, 1), round(base - height, 1), round(thick, 1), round(height, 1)))
    size = {"width": int(width), "base": base, "height": base + FOOT, "across": width / EM, "down": (base + FOOT) / EM}
    scale = {"tallest": tallest, "top": HEAD, "origin": int(width) if get_language_bidi() else 0}
    return {"caption": panel.caption, "rows": rows, "bars": bars, "labels": _labels(rows, step, width), **size, **scale}


def _labels(rows: tuple[DateRow, ...], step: float, width: float) -> list[BarLabel]:
    """The first name, and every further one that has room beside the one before it."""
    room = max(len(row.short) for row in rows) * LETTER
    named: list[tuple[str, float]] = []
    for place, row in enumerate(rows):
        x = min(max((place + 0.5) * step, room / 2), width - room / 2)
        if not named or x - named[-1][1] >= room:
            named.append((row.short, x))
    mirrored = get_language_bidi()
    return [BarLabel(text, round(width - x if mirrored else x, 1)) for text, x in named]

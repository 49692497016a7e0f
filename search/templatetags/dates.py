"""Template tags for the dates of a result set: the panel, and its histogram drawn on the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django import template
from django.utils.translation import get_language_bidi

from search.pages.date_panel import DateRow, date_panel
from search.results import ResultPage

register = template.Library()

WIDTH, GAP = 272.0, 3.0
LOWEST, HIGHEST, STEP = 24, 64, 16  # the picture grows by a step for each article until it is full
FOOT = 20  # room for the labels under the bars
SMALLEST = 4.0  # the height of a bar that counts one of many: still seen
WIDEST = 48.0
LETTER = 8.0  # the width of a letter of a label, rather too wide than too narrow


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
class Label:
    """The name of a bar, centred under it."""

    text: str
    x: float


@register.inclusion_tag("_partials/dates.html", takes_context=True)
def dates_panel(context: template.Context, page: ResultPage) -> dict[str, object]:
    """The calendar switch, the histogram with its table, the fields of a range and the undated."""
    return {"panel": date_panel(page), "request_shown": page.request, "ui_direction": context.get("ui_direction")}


@register.inclusion_tag("_partials/histogram.html")
def histogram(panel: Drawn, width: float = WIDTH) -> dict[str, object]:
    """A bar for every year, month or day that has articles, in reading order; nothing where none has."""
    rows = panel.rows
    tallest = max((row.count for row in rows), default=0)
    if not tallest:
        return {"bars": []}
    base = min(max(LOWEST, STEP * tallest), HIGHEST)
    step = min(width / len(rows), WIDEST)
    bars = [_bar(row, place * step, step, base / tallest, base, width) for place, row in enumerate(rows) if row.count]
    return {
        "caption": panel.caption,
        "bars": bars,
        "labels": _labels(rows, step, width),
        "width": int(width),
        "base": base,
        "height": base + FOOT,
    }


def _bar(row: DateRow, offset: float, step: float, scale: float, base: int, whole: float) -> Bar:
    width, height = max(1.0, step - min(GAP, step / 4)), max(SMALLEST, scale * row.count)
    x = whole - offset - width if get_language_bidi() else offset
    return Bar(row, round(x, 1), round(base - height, 1), round(width, 1), round(height, 1))


def _labels(rows: tuple[DateRow, ...], step: float, width: float) -> list[Label]:
    """The first name, and every further one that has room beside the one before it."""
    room = max(len(row.short) for row in rows) * LETTER
    named: list[tuple[str, float]] = []
    for place, row in enumerate(rows):
        x = min(max((place + 0.5) * step, room / 2), width - room / 2)
        if not named or x - named[-1][1] >= room:
            named.append((row.short, x))
    mirrored = get_language_bidi()
    return [Label(text, round(width - x if mirrored else x, 1)) for text, x in named]

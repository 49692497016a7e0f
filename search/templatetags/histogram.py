"""A histogram of years, drawn on the server from the year facet; the facet's own list is its data table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django import template
from django.utils.translation import get_language_bidi

from search.results import Facet, FacetValue

register = template.Library()

WIDTH, GAP = 272.0, 3.0
LOWEST, HIGHEST, STEP = 24, 64, 16  # the picture grows by a step for each article until it is full
FOOT = 20  # room for the years under the bars
SMALLEST = 4.0  # the height of a bar that counts one of many: still seen
WIDEST = 48.0
LABEL_WIDTH = 40.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One year; lengths in user units of the picture, from its upper left corner."""

    value: FacetValue
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a year, centred under its bar."""

    text: str
    x: float


@register.inclusion_tag("_partials/histogram.html")
def histogram(facet: Facet) -> dict[str, object]:
    """Bars from the first to the last year, empty years kept as gaps, in reading order; nothing for one year."""
    years = sorted((value for value in facet.values if value.value.isdigit()), key=lambda value: int(value.value))
    if len(years) < 2:
        return {"bars": []}
    tallest = max(value.count for value in years) or 1
    base = min(max(LOWEST, STEP * tallest), HIGHEST)
    bars = _bars(years, base / tallest, base)
    return {"bars": bars, "labels": _labels(bars), "width": int(WIDTH), "base": base, "height": base + FOOT}


def _bars(years: list[FacetValue], scale: float, base: int) -> list[Bar]:
    first, last = int(years[0].value), int(years[-1].value)
    step = min(WIDTH / (last - first + 1), WIDEST)
    width = max(1.0, step - min(GAP, step / 4))
    return [
        _bar(value, (int(value.value) - first) * step, width, max(SMALLEST, scale * value.count), base)
        for value in years
        if value.count
    ]


def _bar(value: FacetValue, offset: float, width: float, height: float, base: int) -> Bar:
    x = WIDTH - offset - width if get_language_bidi() else offset
    return Bar(value, round(x, 1), round(base - height, 1), round(width, 1), round(height, 1))


def _labels(bars: list[Bar]) -> list[Label]:
    """Every year where all have room, else the first and the last."""
    if not bars:
        return []
    crowded = any(abs(a.x - b.x) < LABEL_WIDTH for a, b in pairwise(bars))
    named = [bars[0], bars[-1]] if crowded else bars
    half = LABEL_WIDTH / 2
    return [Label(bar.value.label, min(max(bar.x + bar.width / 2, half), WIDTH - half)) for bar in named]

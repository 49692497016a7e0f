"""The page of wording over time, and its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext

from archive.calendars.words import month_name
from archive.pages.interface import reader_language
from archive.pages.shown import localdecimal, localdigits
from search.dates.buckets import DateBucket
from search.export import tables
from search.question.address import clean_query, read_request, url
from search.request import SearchRequest
from search.ways.chart import STYLES, chart
from search.ways.frame import WayFile, WayPage, option_links, way_file, way_page
from search.ways.wording.made import MEASURES, MOST, PARTS, UNITS, Asked, Wording, wording

VIEW: Final = "wording"
LONGEST: Final = 256  # code points of a further question, as of the first one
READ: Final = (("measure", "measure", MEASURES), ("unit", "unit", UNITS), ("part", "per", PARTS))
COLUMNS: Final = (
    "line", "first_day", "last_day", "articles", "all_articles", "percent_of_articles", "matches", "all_words",
    "matches_per_10000_words",
)  # fmt: skip


@way_page("search/wording.html")
def page(request: HttpRequest) -> WayPage:
    asked, wanted = _read(request)
    found = wording(asked, wanted)
    return WayPage(found.page, _context(found, asked, wanted))


@way_file
def export(request: HttpRequest) -> WayFile | None:
    """Every line at every time, one row each."""
    asked, wanted = _read(request)
    found = wording(asked, wanted)
    return None if found.page.refused else WayFile(VIEW, COLUMNS, _cells(found))


def _cells(found: Wording) -> Iterator[tuple[object, ...]]:
    for line in found.series:
        for time, point in zip(found.times, line.points, strict=True):
            yield (
                line.label, time.first.isoformat(), time.last.isoformat(), point.articles, point.all_articles,
                point.value("share"), point.places, point.all_words, point.value("words"),
            )  # fmt: skip


def _read(request: HttpRequest) -> tuple[SearchRequest, Asked]:
    asked = read_request(request.GET)
    typed = [line for value in request.GET.getlist("with") for line in value.splitlines()]
    others = tuple(dict.fromkeys(text[:LONGEST] for line in typed[: 2 * MOST] if (text := clean_query(line))))
    wanted = Asked(
        others=tuple(text for text in others if text != asked.q)[: MOST - 1],
        **{name: value for name, key, known in READ if (value := request.GET.get(key, "")) in known},
    )
    return asked.in_view(VIEW, _options(wanted)), wanted


def _options(wanted: Asked) -> tuple[tuple[str, str], ...]:
    single = ((key, str(getattr(wanted, name))) for name, key, _known in READ)
    return (*(("with", text) for text in wanted.others), *((name, value) for name, value in single if value))


def _context(found: Wording, asked: SearchRequest, wanted: Asked) -> dict[str, Any]:
    names = [_name(time) for time in found.times]
    values = [[point.value(wanted.measure) for point in line.points] for line in found.series]
    drawn = chart(values, names, rtl=get_language_bidi())
    return {
        "wording": found,
        "sort_links": [],
        "chart": drawn,
        "caption": _caption(found, wanted),
        "legend": [
            {"label": line.label, "undated": line.undated, "url": url(line.asked.in_view("")), "stroke": style[0]}
            | {"dashes": style[1]}
            for line, style in zip(found.series, STYLES, strict=False)
        ],
        "curves": [
            {
                "curve": curve,
                "dots": [
                    (dot, f"{line.label} · {names[dot.place]}: {localdecimal(row[dot.place])}") for dot in curve.dots
                ],
            }
            for curve, line, row in zip(drawn.curves, found.series, values, strict=True)
        ],
        "table": [
            {
                "name": name,
                "url": url(asked.in_view("").between(time.first.isoformat(), time.last.isoformat())),
                "values": [row[place] for row in values],
            }
            for place, (time, name) in enumerate(zip(found.times, names, strict=True))
        ],
        "groups": _groups(asked, wanted),
        "others": "\n".join(wanted.others),
        "kept": parse_qsl(asked.in_view(VIEW, _options(replace(wanted, others=()))).to_query()),
        "files": tables.links(reverse("wording-export"), asked),
    }


def _caption(found: Wording, wanted: Asked) -> str:
    """What is counted, and whether only about."""
    if wanted.measure == "words" and not all(line.is_exact for line in found.series):
        return gettext("Matches per 10,000 words, about")
    return _captions()[wanted.measure]


def _captions() -> dict[str, str]:
    return {
        "": gettext("Articles"),
        "share": gettext("Of every 100 articles"),
        "words": gettext("Matches per 10,000 words"),
    }


def _groups(asked: SearchRequest, wanted: Asked) -> list[dict[str, Any]]:
    """Links that change one of measure, unit and parts and keep the others."""
    measures = _captions()
    units = {"": gettext("by itself"), "month": gettext("months"), "year": gettext("years")}
    parts = {"": gettext("together"), "lang": gettext("by language"), "source": gettext("by source")}

    def links(name: str, labels: dict[str, str]) -> list[dict[str, Any]]:
        chosen: list[dict[str, Any]] = [{name: value} for value in labels]
        changes = zip(labels.values(), (replace(wanted, **one) for one in chosen), strict=True)
        return option_links(asked, _options, wanted, changes)

    choices = (
        (gettext("Measure"), "measure", measures),
        (gettext("Period"), "unit", units),
        (gettext("Lines"), "part", parts),
    )
    return [{"name": title, "links": links(name, labels)} for title, name, labels in choices]


def _name(time: DateBucket) -> str:
    month = f"{month_name(time.calendar, time.month, reader_language())} " if time.month else ""
    return localdigits(f"{month}{time.year}")

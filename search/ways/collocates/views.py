"""The page of collocates, and its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from archive.articles.rights import Audience
from archive.pages.shown import localdecimal, localnumber
from search.export import tables
from search.question.address import clean_query, read_request, url
from search.request import SearchRequest, with_words
from search.ways.collocates.counting import CollocateRow
from search.ways.collocates.made import (
    KINDS,
    WINDOW,
    WINDOWS,
    Collocates,
    CollocatesAsked,
    CollocateSet,
    ComparedRow,
    collocates,
)
from search.ways.collocates.sides import Sides, bars
from search.ways.frame import WayFile, WayPage, option_links, way_file, way_page
from search.ways.wording.views import LONGEST

VIEW: Final = "collocates"
ROWS: Final = 100  # of a table on the page
FILE_ROWS: Final = 5_000  # of each set in a file
COLUMNS: Final = (
    "question", "language", "written", "near", "before", "after", "elsewhere", "articles", "words_near",
    "words_elsewhere", "times_as_often", "log_likelihood",
)  # fmt: skip


@way_page("search/collocates.html")
def page(request: HttpRequest) -> WayPage:
    asked, wanted = _read(request)
    found = collocates(asked, wanted)
    return WayPage(found.page, _context(found, asked, wanted), is_hurried=found.is_hurried)


@way_file
def export(request: HttpRequest) -> WayFile | None:
    """All rows of one set, or of one behind the other."""
    asked, wanted = _read(request)
    found = collocates(asked, wanted, Audience.BULK)
    if found.page.refused:
        return None
    is_cut = any(one.read < one.total or len(one.rows) > FILE_ROWS for one in found.sets)
    return WayFile(VIEW, COLUMNS, _cells(found), is_cut)


def _cells(found: Collocates) -> Iterator[tuple[object, ...]]:
    for one in found.sets:
        for row in one.rows[:FILE_ROWS]:
            yield (
                one.near, row.language, row.written, row.near, row.before, row.after, row.elsewhere, row.articles,
                row.words_near, row.words_elsewhere, row.times, row.strength,
            )  # fmt: skip


def _read(request: HttpRequest) -> tuple[SearchRequest, CollocatesAsked]:
    asked, kind, window = read_request(request.GET), request.GET.get("of", ""), request.GET.get("window", "")
    wanted = CollocatesAsked(
        window=next((one for one in WINDOWS if str(one) == window), WINDOW),
        kind=kind if kind in KINDS else "",
        other=clean_query(request.GET.get("with", ""))[:LONGEST],
    )
    return asked.in_view(VIEW, options_of(wanted)), wanted


def options_of(wanted: CollocatesAsked) -> tuple[tuple[str, str], ...]:
    """What is asked of this view alone, as parameters of its address."""
    window = str(wanted.window) if wanted.window != WINDOW and wanted.kind != "frequent" else ""
    named = (("with", wanted.other), ("of", wanted.kind), ("window", window))
    return tuple((name, value) for name, value in named if value)


def _context(found: Collocates, asked: SearchRequest, wanted: CollocatesAsked) -> dict[str, Any]:
    first = found.sets[0]
    is_frequent = wanted.kind == "frequent"
    compared = found.compared() if len(found.sets) == 2 else []
    return {
        **({"view_answers": gettext("Which phrases come again and again in these reports?")} if is_frequent else {}),
        "sort_links": [],
        "collocates": found,
        "first": first,
        "has_place": is_frequent or bool(first.near),
        "is_frequent": is_frequent,
        "is_empty": not any(one.rows for one in found.sets),
        "told": [_told(one, is_frequent) for one in found.sets],
        "rows": _rows(first, is_frequent) if not compared else [],
        "leanings": _leanings(compared, found.sets) if compared else [],
        "column": _column(wanted.kind),
        "groups": _groups(asked, wanted),
        "other": wanted.other,
        "kept": parse_qsl(asked.in_view(VIEW, options_of(replace(wanted, other=""))).to_query()),
        "frequent_url": url(asked.in_view(VIEW, options_of(replace(wanted, kind="frequent")))),
        "files": tables.links(reverse("collocates-export"), asked),
    }


def _column(kind: str) -> str:
    return pgettext("column of collocates", "Phrase") if kind else pgettext("column of collocates", "Word")


def _told(one: CollocateSet, is_frequent: bool) -> dict[str, Any]:
    """How much was read for a set: the figures of the sentence above the table."""
    return {
        "near": one.near,
        "read": one.read,
        "total": one.total,
        "is_cut": one.read < one.total,
        "compared": 0 if is_frequent else one.compared,
        "matches": one.matches,
        "is_hurried": one.is_hurried,
    }


def _rows(one: CollocateSet, is_frequent: bool) -> list[dict[str, Any]]:
    shown = one.rows[:ROWS]
    sides = bars([(0, row.near) if is_frequent else (row.before, row.after) for row in shown])
    return [_row(row, side, one, is_frequent) for row, side in zip(shown, sides, strict=True)]


def _row(row: CollocateRow, side: Sides, one: CollocateSet, is_frequent: bool) -> dict[str, Any]:
    return {
        "row": row,
        "sides": side,
        "url": _url(row.written, one, is_frequent),
        "times": _times(row.times),
        "strength": localnumber(round(row.strength)),
    }


def _times(times: float) -> str:
    """The ratio as it is read: one digit behind the point below ten."""
    return localdecimal(round(times, 1)) if times < 10 else localnumber(round(times))


def _url(written: str, one: CollocateSet, is_frequent: bool) -> str:
    """The reports of a set that have the word, with its places marked."""
    words = f'"{written}"'
    asked = replace(one.asked, q=words if is_frequent else with_words(one.asked.q, words))
    return url(asked.sorted_by("").in_view("concordance"))


def _leanings(rows: list[ComparedRow], sets: tuple[CollocateSet, ...]) -> list[dict[str, Any]]:
    """The compared rows in three parts: those of the first set, of neither more than the other, of the other."""
    one, other = sets
    titles = {
        1: gettext("Rather with “%(name)s”") % {"name": one.near},
        0: gettext("Without a clear difference"),
        -1: gettext("Rather with “%(name)s”") % {"name": other.near},
    }
    parts = [(title, [row for row in rows if row.lean == lean][:ROWS]) for lean, title in titles.items()]
    sides = iter(bars([(row.one, row.other) for _title, part in parts for row in part]))
    return [
        {
            "title": title,
            "rows": [{"row": row, "sides": next(sides), "strength": localnumber(round(row.strength))} for row in part],
        }
        for title, part in parts
        if part
    ]


def _groups(asked: SearchRequest, wanted: CollocatesAsked) -> list[dict[str, Any]]:
    """Links that change what is counted, or the window, and keep the other."""
    kinds = {
        "": gettext("words near"),
        "phrases": gettext("phrases near"),
        "frequent": gettext("frequent phrases"),
    }

    counted = [(label, replace(wanted, kind=kind)) for kind, label in kinds.items()]
    windows = [(localnumber(window), replace(wanted, window=window)) for window in WINDOWS]
    groups = [(pgettext("what is counted", "Count"), counted)]
    if wanted.kind != "frequent":
        groups.append((gettext("Words on each side"), windows))
    return [{"name": name, "links": option_links(asked, options_of, wanted, changes)} for name, changes in groups]

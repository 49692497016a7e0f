"""The page of who occurs with whom, and its tables."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from search.answer.service import ask
from search.engine import engine
from search.export import tables
from search.pages.views import pagination
from search.question.address import read_request, url
from search.request import SearchRequest
from search.ways.frame import WayFile, WayPage, way_file, way_page
from search.ways.network import Node
from search.ways.together.made import MOST, ORDERS, WHO, CoOccurrences, company, rows_of

VIEW: Final = "together"
COLUMNS: Final = (
    "kind_1", "record_1", "name_1", "kind_2", "record_2", "name_2", "articles", "first_day", "last_day",
)  # fmt: skip


@way_page("search/together.html")
def page(request: HttpRequest) -> WayPage:
    asked, who, order = _read(request)
    found = company(asked, who, order)
    return WayPage(found.page, _context(found, asked, who, order))


@way_file
def export(request: HttpRequest) -> WayFile | None:
    """The pairs of the table, all pages of it, with names in the reader's language."""
    asked, who, order = _read(request)
    found = ask(asked)
    if found.understood.parsed.refused:
        return None
    held = engine().together(found.question, WHO[who], MOST)
    rows = rows_of(held.pairs, asked, found.names, order)
    cells = (
        (
            *row.pair.one,
            row.one,
            *row.pair.other,
            row.other,
            row.pair.count,
            _day(row.pair.first) or "",
            _day(row.pair.last) or "",
        )
        for row in rows
    )
    return WayFile(VIEW, COLUMNS, cells, is_cut=held.total > len(held.pairs))


def _read(request: HttpRequest) -> tuple[SearchRequest, str, str]:
    asked = read_request(request.GET)
    who, order = request.GET.get("who", ""), request.GET.get("by", "")
    who, order = who if who in WHO else "", order if order in ORDERS else ""
    return asked.in_view(VIEW, _options(who, order)).on_page(asked.page), who, order


def _options(who: str, order: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in (("who", who), ("by", order)) if value)


def _context(found: CoOccurrences, asked: SearchRequest, who: str, order: str) -> dict[str, Any]:
    labels = {
        "": gettext("officials and countries"),
        "officials": gettext("officials"),
        "countries": gettext("countries"),
    }
    orders = {"": gettext("by number"), "name": gettext("by name")}

    def link(label: str, kind: str, by: str) -> dict[str, Any]:
        address = url(asked.in_view(VIEW, _options(kind, by)))
        return {"label": label, "url": address, "current": (kind, by) == (who, order)}

    return {
        "company": found,
        "most": MOST,
        "rows": [
            {"row": row, "url": url(row.asked), "first": _day(row.pair.first), "last": _day(row.pair.last)}
            for row in found.rows
        ],
        "who_links": [link(labels[kind], kind, order) for kind in WHO],
        "sort_links": [link(orders[by], who, by) for by in ORDERS],
        "nodes": [_node(node, found, asked) for node in found.picture.nodes],
        "arcs": [
            {"arc": arc, "title": f"{found.labels[arc.one]} × {found.labels[arc.other]}: {arc.count}"}
            for arc in found.picture.arcs
        ],
        "pagination": pagination(asked, found.pages),
        "files": tables.links(reverse("together-export"), asked),
    }


def _node(node: Node, found: CoOccurrences, asked: SearchRequest) -> dict[str, Any]:
    kind, slug = node.key
    narrowed = asked if slug in asked.chosen(kind) else asked.with_values(kind, [*asked.chosen(kind), slug])
    return {
        "node": node,
        "label": found.labels[node.key],
        "kind": kind,
        "url": url(narrowed),
        "left": node.x - node.size,
        "top": node.y - node.size,
        "side": 2 * node.size,
    }


def _day(ordinal: int) -> datetime.date | None:
    return datetime.date.fromordinal(ordinal) if ordinal else None

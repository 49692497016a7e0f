"""The page of the map, and its table as files."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from archive.authorities.directory import directory
from archive.pages.interface import reader_language
from archive.pages.shown import localnumber
from search.export import tables
from search.geography.frames import FRAMES, projected
from search.geography.outlines import outlines
from search.question.address import read_request, url
from search.request import SearchRequest
from search.ways.chart import EM
from search.ways.frame import WayFile, WayPage, way_file, way_page
from search.ways.map.bubbles import bubbles
from search.ways.map.made import CITIES, COUNTRIES, MEETINGS, WHAT, Spot, SpotsFound, spots_of

VIEW: Final = "map"
ROWS: Final = 100  # of the table; the files have all
NEAR, WORLD = "near", "world"
ENOUGH: Final = 0.7  # of the reports: where so many are about the nearer part of the earth, that is shown
COLUMNS: Final = ("kind", "identifier", "name", "count", "longitude", "latitude")
# A sea whose name is contested is called as the reader's language does, as the record of the term says.
SEAS: Final = (("persian-gulf", 49.3, 28.6),)


@way_page("search/map.html")
def page(request: HttpRequest) -> WayPage:
    asked, what, frame = _read(request)
    found = spots_of(asked, what)
    return WayPage(found.page, _context(found, asked, what, frame))


@way_file
def export(request: HttpRequest) -> WayFile | None:
    """Every place with its number and where it lies."""
    asked, what, _frame = _read(request)
    found = spots_of(asked, what)
    if found.page.refused:
        return None
    cells = ((spot.kind, spot.slug, spot.label, spot.count, *(spot.at or ("", ""))) for spot in found.spots)
    return WayFile(VIEW, COLUMNS, cells)


def _read(request: HttpRequest) -> tuple[SearchRequest, str, str]:
    what, frame = request.GET.get("what", ""), request.GET.get("frame", "")
    what, frame = what if what in WHAT else COUNTRIES, frame if frame in FRAMES else ""
    return read_request(request.GET).in_view(VIEW, _options(what, frame)), what, frame


def _options(what: str, frame: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in (("what", what), ("frame", frame)) if value)


def _frame(spots: tuple[Spot, ...]) -> str:
    """The nearer part of the earth where most of what is told lies in it."""
    placed = [(spot.count, FRAMES[NEAR].has(projected(*spot.at, FRAMES[NEAR]))) for spot in spots if spot.at]
    inside = sum(count for count, is_in in placed if is_in)
    return NEAR if inside >= ENOUGH * sum(count for count, _is_in in placed) else WORLD


def _context(found: SpotsFound, asked: SearchRequest, what: str, chosen: str) -> dict[str, Any]:
    name = chosen or _frame(found.spots)
    frame = FRAMES[name]
    placed = [(spot, spot.at) for spot in found.spots if spot.at]
    seas = _seas(name)
    written = [(sea["at"], sea["label"]) for sea in seas]
    drawn = bubbles([(at, spot.count, spot.label) for spot, at in placed], frame, written)
    labels = {COUNTRIES: gettext("countries"), CITIES: gettext("cities"), MEETINGS: gettext("places of meetings")}
    frames = {NEAR: gettext("Europe to Central Asia"), WORLD: gettext("the world")}

    def link(label: str, of: str, at: str, *, current: bool) -> dict[str, Any]:
        return {"label": label, "url": url(asked.in_view(VIEW, _options(of, at))), "current": current}

    return {
        "sort_links": [],
        "what": what,
        "spots": [{"spot": spot, "url": url(spot.asked), "told": _told(spot, what)} for spot in found.spots[:ROWS]],
        "total_spots": len(found.spots),
        "more_spots": max(0, len(found.spots) - ROWS),
        "bubbles": [
            {"bubble": one, "url": url(placed[one.number][0].asked), "told": _told(placed[one.number][0], what)}
            for one in drawn
        ],
        "outside": len(found.spots) - len(drawn),
        "frame": frame,
        "across": frame.width / EM,
        "down": frame.height / EM,
        "outlines": outlines()[name],
        "seas": seas,
        "what_links": [link(labels[of], of, chosen, current=of == what) for of in WHAT],
        "frame_links": [link(frames[at], what, at, current=at == name) for at in FRAMES],
        "files": tables.links(reverse("map-export"), asked),
    }


def _told(spot: Spot, what: str) -> str:
    """«Baku: 12 reports», «Baku: 2 meetings»."""
    if what == MEETINGS:
        counted = ngettext("%(n)s meeting", "%(n)s meetings", spot.count)
    else:
        counted = ngettext("%(n)s article", "%(n)s articles", spot.count)
    return f"{spot.label}: {counted % {'n': localnumber(spot.count)}}"


def _seas(frame: str) -> list[dict[str, Any]]:
    names, language = directory(), reader_language()
    seas = ((("term", slug), (east, north)) for slug, east, north in SEAS if frame == NEAR)
    held = [(names.label(*key, language), at, projected(*at, FRAMES[frame])) for key, at in seas if key in names.labels]
    return [{"label": label, "at": at, "x": x, "y": y} for label, at, (x, y) in held]

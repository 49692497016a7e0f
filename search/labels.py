"""What a facet and its values are called in the reader's language; identifiers stay out of sight."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.articles.citing.styles import COMMA
from archive.articles.rules import KINDS
from archive.authorities.directory import Directory
from archive.calendars.words import month_name
from archive.collections.held import held_collections
from archive.meetings.held import called, held_meetings
from archive.pages.shown import localdigits
from search.geography.regions import regions
from search.request import UNDATED, UNKNOWN

FACET_TITLES = {
    "date": _("Date"),
    "country": _("Country"),
    "official": _("Official"),
    "body": _("Body"),
    "meeting": _("Meeting"),
    "collection": _("Collection"),
    "year": _("Year"),
    "month": _("Month"),
    "lang": _("Language"),
    "source": _("Source"),
    "evidence": _("What the date rests on"),
}
LANGUAGES = {"ar": _("Arabic"), "fa": _("Persian"), "und": _("undetermined")}
RECORD_FACETS = {"country", "official", "body", "source"}


def value_labels(facet: str, directory: Directory, language: str) -> Callable[[str], str]:
    """A function from the identifiers of one facet to their labels."""
    if facet == "source":
        return lambda value: directory.label(facet, value, language) if value != UNKNOWN else gettext("Unknown source")
    if facet == "country":
        known = regions()
        return lambda value: known[value].label(language) if value in known else directory.label(facet, value, language)
    if facet in RECORD_FACETS:
        return lambda value: directory.label(facet, value, language)
    if facet == "meeting":
        meetings = held_meetings()
        return lambda value: called(meetings[value], directory, language) if value in meetings else value
    if facet == "collection":
        collections = held_collections()
        return lambda value: collections[value].title(language) if value in collections else value
    if facet == "evidence":
        return lambda value: str(KINDS.get(value, value))
    if facet == "lang":
        return lambda value: str(LANGUAGES.get(value, value))
    return lambda value: _date_label(value, language)


def office_note(directory: Directory, official: str, language: str) -> str:
    """The latest post of an official, or without dates the first on file, «President, Azerbaijan»; "" where none is."""
    offices = directory.offices.get(official, ())
    if not offices:
        return ""
    latest = max(offices, key=lambda office: office.since)
    state = directory.label(latest.kind, latest.state, language) if latest.state else ""
    return COMMA[language].join(part for part in (latest.title(language), state) if part)


def _date_label(value: str, language: str) -> str:
    """`2020` and `2020-10` as a year and as a month with its year; `undated` in words."""
    if value == UNDATED:
        return gettext("Undated")
    year, _dash, month = value.partition("-")
    if not (month or year).isdigit() or (month and not 1 <= int(month) <= 12):
        return value
    if not month and len(year) <= 2:
        return month_name("gregorian", int(year), language) if 1 <= int(year) <= 12 else year
    label = f"{month_name('gregorian', int(month), language)} {year}" if month else year
    return str(localdigits(label))


def without(label: str) -> str:
    """An excluded value in words: «not Armenia»."""
    return gettext("not %(label)s") % {"label": label}

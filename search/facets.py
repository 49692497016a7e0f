"""The facets of a result set: each value with its label, its counts, and the addresses that choose and exclude it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import cast
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext

from archive.authorities.directory import Directory
from archive.interface import reader_language
from search.analysis.collation import collation_key
from search.holdings import Counts
from search.labels import FACET_TITLES, office_note, value_labels
from search.request import FACETS, UNDATED, SearchRequest
from search.results import Facet, FacetValue

BY_TIME = ("year", "month")
Address = Callable[[SearchRequest], str]


def facets(
    request: SearchRequest, counts: Counts, archive: Counts, names: Directory, url: Address
) -> tuple[Facet, ...]:
    """Every facet in the order of the panel; `archive` are the counts of the whole archive (see `holdings`)."""
    return tuple(facet(request, name, counts.get(name, {}), archive.get(name, {}), names, url) for name in FACETS)


def facet(
    request: SearchRequest,
    name: str,
    counts: Mapping[str, int],
    archive: Mapping[str, int],
    names: Directory,
    url: Address,
) -> Facet:
    """One facet, its values by count, those of time by time; what is chosen or excluded is there even at zero."""
    language = reader_language()
    label = value_labels(name, names, language)
    asked = {*request.chosen(name), *request.left_out(name)}
    values = [
        _value(request, name, value, label(value), (counts.get(value, 0), archive.get(value, 0)), names, url)
        for value in {**counts, **dict.fromkeys(asked, 0)}
    ]
    by_time = name in BY_TIME
    values.sort(key=_time_order if by_time else lambda one: (-one.count, collation_key(one.label, language)))
    return Facet(name, str(FACET_TITLES[name]), tuple(values), "" if by_time else address(request, name))


def _value(
    request: SearchRequest,
    name: str,
    value: str,
    label: str,
    counts: tuple[int, int],
    names: Directory,
    url: Address,
) -> FacetValue:
    excluded = value in request.left_out(name)
    return FacetValue(
        value=value,
        count=counts[0],
        chosen=value in request.chosen(name),
        label=label,
        url=_later(lambda: url(request.toggled(name, value))),
        total=counts[1],
        excluded=excluded,
        exclude_url=_later(lambda: url(request.excluding(name, value))),
        left_out_as=_later(lambda: without(label)),
        note=_later(lambda: office_note(names, value, reader_language())) if name == "official" else "",
    )


_lazily = cast("Callable[[Callable[[], str]], str]", lazy(lambda make: make(), str))


def _later(make: Callable[[], str]) -> str:
    """A text that is made when it is shown, once: of hundreds of values of a large archive a page shows some dozens."""
    return _lazily(cache(make))


def without(label: str) -> str:
    """An excluded value in words: «not Armenia»."""
    return gettext("not %(label)s") % {"label": label}


def address(request: SearchRequest, name: str, own: Iterable[tuple[str, str]] = ()) -> str:
    """The page that lists every value of a facet under a question; `own` are the parameters of that page alone."""
    query = urlencode([*request.in_view("").pairs(), *own])
    return reverse("search-facet", args=[name]) + (f"?{query}" if query else "")


def _time_order(value: FacetValue) -> tuple[int, str]:
    """Newest first, undated last."""
    if value.value == UNDATED:
        return (1, "")
    return (0, "".join(chr(0x10FFFF - ord(letter)) for letter in value.value))

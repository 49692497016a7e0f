"""The facets of a result set: each value with its label, its counts, and the addresses that choose and exclude it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final
from urllib.parse import quote_plus, urlencode

from django.urls import reverse

from archive.authorities.directory import Directory
from archive.pages.interface import reader_language
from search.analysis.collation import collation_key
from search.answer.archive_counts import Counts
from search.labels import FACET_TITLES, office_note, value_labels
from search.request import FACETS, UNDATED, SearchRequest
from search.results import MORE, SHOWN, Facet, FacetValue

BY_TIME = ("year", "month")
Address = Callable[[SearchRequest], str]
# Stands for a value in an address that is then written with every value; nobody can have typed it.
_ANY: Final = secrets.token_hex(12)


def facets(
    request: SearchRequest, counts: Counts, archive: Counts, names: Directory, url: Address
) -> tuple[Facet, ...]:
    """Every facet in the order of the panel with as many values as the panel has room for.

    `archive` are the counts of the whole archive (see `holdings`).
    """
    return tuple(
        facet(request, name, counts.get(name, {}), archive.get(name, {}), names, url, SHOWN + MORE) for name in FACETS
    )


def facet(
    request: SearchRequest,
    name: str,
    counts: Mapping[str, int],
    archive: Mapping[str, int],
    names: Directory,
    url: Address,
    most: int = 0,
) -> Facet:
    """One facet, its values by count, those of time by time; what is chosen or excluded is there even at zero.

    With `most`, only so many of the values, and what is chosen or excluded.
    """
    language = reader_language()
    label = value_labels(name, names, language)
    links = Links(request, name, names, url)
    every = {**dict.fromkeys(links.asked, 0), **counts}
    ordered = _by_time(every) if name in BY_TIME else _by_count(every, label, language, most)
    kept = [value for place, value in enumerate(ordered) if not most or place < most or value in links.asked]
    values = tuple(FacetValue(value, every[value], label(value), links, archive.get(value, 0)) for value in kept)
    url_of_all = "" if name in BY_TIME else address(request, name)
    return Facet(name, str(FACET_TITLES[name]), values, len(every), url_of_all)


def _by_count(counts: Mapping[str, int], label: Callable[[str], str], language: str, most: int) -> list[str]:
    """The most frequent first, equally frequent ones by the alphabet; behind the first `most` in no order."""
    if most and len(counts) > most:
        least = sorted(counts.values(), reverse=True)[most - 1]
        rest = [value for value, count in counts.items() if count < least]
        counts = {value: count for value, count in counts.items() if count >= least}
    else:
        rest = []
    return sorted(counts, key=lambda value: (-counts[value], collation_key(label(value), language))) + rest


def _by_time(values: Iterable[str]) -> list[str]:
    """Newest first, undated last."""
    return sorted(values, key=lambda value: "" if value == UNDATED else value, reverse=True)


class Links:
    """Where the values of one facet lead under a question, and what tells them apart."""

    def __init__(self, request: SearchRequest, name: str, names: Directory, url: Address) -> None:
        self.request, self.name, self.names, self.url = request, name, names, url
        self.chosen, self.excluded = frozenset(request.chosen(name)), frozenset(request.left_out(name))
        self.asked = self.chosen | self.excluded

    def choosing(self, value: str) -> str:
        """The question with the value, or without it when it is chosen or excluded."""
        if value in self.asked:
            return self.url(self.request.toggled(self.name, value))
        return self._choosing_any.replace(_ANY, quote_plus(value))

    def excluding(self, value: str) -> str:
        """The question without the articles of the value, or with them when it is excluded."""
        if value in self.asked:
            return self.url(self.request.excluding(self.name, value))
        return self._excluding_any.replace(_ANY, quote_plus(value))

    def note(self, value: str) -> str:
        return office_note(self.names, value, reader_language()) if self.name == "official" else ""

    @cached_property
    def _choosing_any(self) -> str:
        return self.url(self.request.toggled(self.name, _ANY))

    @cached_property
    def _excluding_any(self) -> str:
        return self.url(self.request.excluding(self.name, _ANY))


def address(request: SearchRequest, name: str, own: Iterable[tuple[str, str]] = ()) -> str:
    """The page that lists every value of a facet under a question; `own` are the parameters of that page alone."""
    query = urlencode([*request.in_view("").pairs(), *own])
    return reverse("search-facet", args=[name]) + (f"?{query}" if query else "")

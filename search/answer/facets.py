"""The facets of a result set: each value with its label, its counts, and the addresses that choose and exclude it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final
from urllib.parse import quote_plus, urlencode

from django.urls import reverse

from archive.authorities.directory import Directory
from archive.pages.interface import reader_calendar, reader_language
from archive.pages.kept_while import kept_while_same
from search.analysis.collation import collation_key
from search.dates.labels import range_label
from search.dates.ranges import read_range, written
from search.engine import engine
from search.engine.protocol import Answer, Question, ValueUnion
from search.geography.regions import countries_of, regions
from search.labels import FACET_TITLES, office_note, value_labels
from search.question.address import url
from search.request import FACETS, UNDATED, Filters, SearchRequest
from search.results import MORE, SHOWN, Facet, FacetValue

BY_TIME = ("year", "month")
REGIONAL: Final = "country"  # the facet whose values regions are made of
Address = Callable[[SearchRequest], str]
# Stands for a value in an address that is then written with every value; nobody can have typed it.
_ANY: Final = secrets.token_hex(12)


@kept_while_same
def archive_counts(_generation: str) -> Mapping[str, Mapping[str, int]]:
    """How many articles of the archive have each value of each facet: what the counts of a result are compared with.

    Asked once for each generation of the index. A commit that comes between a question and this one may make a count
    of the archive newer than that of the question.
    """
    answer = engine().search(Question(size=1, unions=region_unions()))
    return {name: counts_of(answer, name) for name in FACETS}


@cache
def region_unions() -> tuple[ValueUnion, ...]:
    """The regions, as they are counted beside the countries."""
    return tuple(ValueUnion(one.slug, REGIONAL, one.countries) for one in regions().values())


def counts_of(answer: Answer, name: str) -> Mapping[str, int]:
    """The counts of a facet, with those of the regions among the countries."""
    counts = answer.counts.get(name, {})
    return {**counts, **answer.unions} if name == REGIONAL else counts


def by_countries(filters: Filters) -> Filters:
    """Choices of facet values with each region as its countries."""
    return tuple((name, countries_of(values) if name == REGIONAL else values) for name, values in filters)


def facets(request: SearchRequest, answer: Answer, names: Directory, address: Address = url) -> tuple[Facet, ...]:
    """Every facet in the order of the panel with as many values as the panel has room for, and none of no article."""
    archive = archive_counts(answer.generation)
    held = {name: {value: n for value, n in counts_of(answer, name).items() if n} for name in FACETS}
    return tuple(
        facet(request, name, held[name], archive.get(name, {}), names, address, SHOWN + MORE) for name in FACETS
    )


def chosen_dates(request: SearchRequest, total: int) -> tuple[Facet, ...]:
    """The range as a facet of one chosen value, which the chip takes away; none where no range is asked for."""
    if not (request.since or request.until):
        return ()
    days = read_range(request.since, request.until)
    label = range_label(days.since, days.until, reader_calendar(), reader_language())
    shown = label or " – ".join(filter(None, (request.since, request.until)))
    taken_away = url(request.between("", ""))
    value = FacetValue(written(days.since, days.until), total, shown, url=taken_away, chosen=True)
    return (Facet("date", str(FACET_TITLES["date"]), (value,), 1),)


def facet(
    request: SearchRequest,
    name: str,
    counts: Mapping[str, int],
    archive: Mapping[str, int],
    names: Directory,
    address: Address = url,
    most: int = 0,
) -> Facet:
    """One facet, its values by count, those of time by time; what is chosen or excluded is there even at zero.

    Regions stand beside the countries, as `groups`.

    `address` leads to a question. With `most`, only so many of the values, and what is chosen or excluded.
    """
    language = reader_language()
    label = value_labels(name, names, language)
    asked = {*request.chosen(name), *request.left_out(name)}
    every = {**dict.fromkeys(asked, 0), **counts}
    grouped = {value: n for value, n in every.items() if name == REGIONAL and value in regions()}
    single = {value: n for value, n in every.items() if value not in grouped}
    if name in BY_TIME:
        ordered = sorted(single, key=lambda value: "" if value == UNDATED else value, reverse=True)
    else:
        ordered = _by_count(single, label, language, most)
    told = _telling(request, name, every, archive, names, address)
    return Facet(
        name=name,
        title=str(FACET_TITLES[name]),
        values=tuple(told(value) for place, value in enumerate(ordered) if not most or place < most or value in asked),
        size=len(single),
        url="" if name in BY_TIME else listing(request, name),
        groups=tuple(told(value) for value in _by_count(grouped, label, language, 0)),
    )


def _telling(
    request: SearchRequest,
    name: str,
    counts: Mapping[str, int],
    archive: Mapping[str, int],
    names: Directory,
    address: Address,
) -> Callable[[str], FacetValue]:
    """A function from the identifiers of one facet to all that is told of them."""
    language = reader_language()
    label = value_labels(name, names, language)
    chosen, excluded = frozenset(request.chosen(name)), frozenset(request.left_out(name))
    asked = chosen | excluded
    choose = {value: address(request.toggled(name, value)) for value in (*asked, _ANY)}
    exclude = {value: address(request.excluding(name, value)) for value in (*asked, _ANY)}

    def told(value: str) -> FacetValue:
        return FacetValue(
            value=value,
            count=counts[value],
            label=label(value),
            total=archive.get(value, 0),
            url=choose.get(value) or choose[_ANY].replace(_ANY, quote_plus(value)),
            exclude_url=exclude.get(value) or exclude[_ANY].replace(_ANY, quote_plus(value)),
            chosen=value in chosen,
            excluded=value in excluded,
            note=office_note(names, value, language) if name == "official" else "",
        )

    return told


def _by_count(counts: Mapping[str, int], label: Callable[[str], str], language: str, most: int) -> list[str]:
    """The most frequent first, equally frequent ones by the alphabet; behind the first `most` in no order."""
    least = sorted(counts.values(), reverse=True)[most - 1] if most and len(counts) > most else 0
    rest = [value for value, count in counts.items() if count < least]
    often = [value for value, count in counts.items() if count >= least]
    return sorted(often, key=lambda value: (-counts[value], collation_key(label(value), language))) + rest


def listing(request: SearchRequest, name: str, own: Iterable[tuple[str, str]] = ()) -> str:
    """The page that lists every value of a facet under a question; `own` are the parameters of that page alone."""
    query = urlencode([*request.in_view("").pairs(), *own])
    return reverse("search-facet", args=[name]) + (f"?{query}" if query else "")

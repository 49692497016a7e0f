"""The places of a result set: countries that its reports speak of, cities that they name, cities where meetings were.

Countries are counted by the engine from what was recognised. Cities are no records: a city is asked for by its
names in three languages, in the words of the query, so that its number is that of the search it leads to. Meetings are
those that curators confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from archive.meetings.models import Meeting
from archive.pages.bounds import check_time
from archive.pages.interface import reader_language
from archive.pages.kept_while import kept_while_same
from search.analysis import fold
from search.analysis.collation import collation_key
from search.answer.service import Answered, ask, ask_strictly, framed
from search.engine import engine
from search.engine.protocol import Question
from search.geography.points import Degrees, cities, city_name, city_names, city_of, points
from search.geography.regions import countries_of
from search.question.address import MAX_VALUES
from search.request import SearchRequest
from search.results import ResultPage
from search.syntax import MAX_CHARACTERS
from search.tree import All, And, Linked, Node, Or
from search.ways.fields import with_field

COUNTRIES, CITIES, MEETINGS = "", "cities", "meetings"
WHAT: Final = (COUNTRIES, CITIES, MEETINGS)
MOST_CITIES: Final = 80  # of those that the archive names most


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in `count` reports, or of `count` meetings; `asked` is the question for them.

    `slug` is that of a country or of a city; "" where only a name is known, as of a place that no table has. `at` is
    None where it is not known.
    """

    kind: str
    slug: str
    label: str
    count: int
    at: Degrees | None
    asked: SearchRequest


@dataclass(frozen=True, slots=True)
class SpotsFound:
    """The places of a result set, those of the most reports first."""

    page: ResultPage
    spots: tuple[Spot, ...]


def spots_of(request: SearchRequest, what: str) -> SpotsFound:
    """The places of one of `WHAT`; SearchUnavailable when the index cannot answer."""
    asked = ask(request)
    made = {COUNTRIES: _countries, CITIES: _cities, MEETINGS: _meetings}[what]
    language = reader_language()
    found = [] if asked.understood.parsed.refused else list(made(asked, language))
    found.sort(key=lambda spot: (-spot.count, collation_key(spot.label, language)))
    return SpotsFound(framed(asked, 1), tuple(found))


def _countries(asked: Answered, language: str) -> Iterator[Spot]:
    request = asked.request.in_view("")
    chosen = countries_of(request.chosen("country"))
    left_out = countries_of(request.left_out("country"))
    for slug, count in engine().search(_of_found(asked.question, chosen)).counts["country"].items():
        if count and slug not in left_out:
            label = asked.names.label("country", slug, language)
            yield Spot("country", slug, label, count, points("country").get(slug), _also(request, chosen, slug))


def _of_found(question: Question, chosen: tuple[str, ...]) -> Question:
    """The same articles, with chosen countries in the words, so that all other countries are counted in them alone."""
    if not chosen:
        return question
    links: tuple[Node, ...] = tuple(Linked("country", slug) for slug in chosen)
    either = links[0] if len(links) == 1 else Or(links)
    tree = either if isinstance(question.tree, All) else And((question.tree, either))
    return replace(question, tree=tree, filters=tuple(held for held in question.filters if held[0] != "country"))


def _also(request: SearchRequest, chosen: tuple[str, ...], slug: str) -> SearchRequest:
    """The same question of reports that speak of this country, too; chosen values are alternatives."""
    if not chosen or slug in chosen:
        return request.with_values("country", [slug])
    return replace(request, q=with_field(request.q, "country", slug), page=1)


def _cities(asked: Answered, language: str) -> Iterator[Spot]:
    request = asked.request.in_view("")
    for city in _most_named(engine().generation()):
        check_time()
        name = city_name(city, language)
        wanted = replace(request, q=_and_any(request.q, city_names(city)), page=1)
        if len(wanted.q) > MAX_CHARACTERS:
            continue
        if count := ask_strictly(wanted, size=0, counted=False).answer.total:
            yield Spot("city", city, name, count, points("city")[city], wanted)


def _and_any(query: str, names: Iterable[str]) -> str:
    """A query and any of these names as they are written: a capital in quotation marks is no name of its state.

    >>> _and_any("قطر", ["طهران", "تهران"])
    'قطر ("طهران" OR "تهران")'
    """
    words = f"({query})" if " OR " in query or "|" in query else query
    either = " OR ".join(f'"{name}"' for name in names)
    return f"{words} ({either})".strip()


@kept_while_same
def _most_named(_generation: str) -> tuple[str, ...]:
    """The cities whose names stand in most articles of the archive, in any language."""
    held = engine().words()
    named = {
        city: max(held.count([fold(word) for word in name.split()]) for name in city_names(city)) for city in cities()
    }
    often = sorted((city for city, count in named.items() if count), key=lambda city: (-named[city], city))
    return tuple(often[:MOST_CITIES])


def _meetings(asked: Answered, _language: str) -> Iterator[Spot]:
    request, counts = asked.request.in_view(""), asked.answer.counts.get("meeting", {})
    chosen = request.chosen("meeting")
    met = [identifier for identifier, count in counts.items() if count and (not chosen or identifier in chosen)]
    held = Meeting.objects.public().filter(identifier__in=met, by_video=False).exclude(city="")
    of_city: dict[tuple[str, str], list[str]] = {}
    for identifier, city in held.by_time().values_list("identifier", "city"):
        place = city_of(city)
        of_city.setdefault((place, "" if place else city), []).append(identifier)
    language = reader_language()
    for (place, written), identifiers in of_city.items():
        label = city_name(place, language) if place else written
        wanted = request.with_values("meeting", identifiers[:MAX_VALUES])
        yield Spot("city", place, label, len(identifiers), points("city").get(place), wanted)

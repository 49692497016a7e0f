"""Where countries and cities lie, in degrees; pure. Each point has its source, beside it in `data/points.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from search.analysis import fold, places_called, written_places

POINTS: Final = Path(__file__).with_name("data") / "points.tsv"
OTHER_WORDS: Final = frozenset(("medina", "elaaiun", "mashhad", "dili", "petersburg", "tripolilb"))
# What readers of a language usually call a city, where the first name on file is another one: see docs/map.md.
USUAL: Final = {("jerusalem", "fa"): "بیت‌المقدس"}
Degrees = tuple[float, float]  # longitude east, latitude north


@cache
def points(kind: str) -> Mapping[str, Degrees]:
    """Where every `country` lies, by its identifier, or every `city`."""
    rows = (line.split("\t") for line in POINTS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {which: (float(east), float(north)) for what, which, east, north, _source in rows if what == kind}


def city_of(name: str) -> str:
    """The city of a name in any of our languages, `باكو` → `baku`; "" where none or several are called so."""
    found = [place.removeprefix("city:") for place in places_called(name) if place.startswith("city:")]
    return found[0] if len(found) == 1 and (found[0], "city") in written_places() else ""


@cache
def city_name(city: str, language: str) -> str:
    """What a city is called in a language, else in English, else its identifier.

    >>> city_name("tehran", "fa"), city_name("tehran", "ar")
    ('تهران', 'طهران')
    """
    if (city, language) in USUAL:
        return USUAL[city, language]
    names = written_places().get((city, "city"), {})
    called = names.get(language) or names.get("en") or (city,)
    return next((one for one in called if one.lower().replace(" ", "") == city), called[0])


@cache
def city_names(city: str) -> tuple[str, ...]:
    """Every name of a city in Arabic, Persian and English; those that are folded alike once."""
    names = written_places()[city, "city"]
    return tuple({fold(name): name for language in ("en", "fa", "ar") for name in names.get(language, ())}.values())


@cache
def cities() -> tuple[str, ...]:
    """The cities that a text can be asked for: no state is called as they are, as Kuwait is, and Tunis in Arabic.

    Nor is it a word that means something else: المدينة is "the city" before it is Medina, مشهد a scene, دیلی "daily".
    """
    return tuple(
        city
        for city in points("city")
        if city not in OTHER_WORDS
        and not any(
            place.startswith("country:")
            for names in written_places()[city, "city"].values()
            for name in names
            for place in places_called(name)
        )
    )

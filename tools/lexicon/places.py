"""Names of countries and cities from CLDR, from our own list, and from the attested everyday forms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from search.analysis.resources import read_rows

Place = tuple[str, str, str, str]  # id, kind, language, name as written
LANGUAGES = ("ar", "fa", "en", "az")
_ASIDE = re.compile(r"\s*[(（].*?[)）]\s*")
_CONTINENTS_AND_GROUPS = re.compile(r"\d+|EU|EZ|UN|QO|XA|XB|ZZ")


def read_places(attested: Path) -> list[Place]:
    """Give every place name once, sorted: CLDR territories and exemplar cities, the hand list, attested forms."""
    return sorted({*_territories(), *_exemplar_cities(), *_hand_list(), *_attested(attested)})


def _territories() -> Iterator[Place]:
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if not _CONTINENTS_AND_GROUPS.fullmatch(code):
                yield f"country:{code}", "country", language, _ASIDE.sub(" ", name).strip()


def _exemplar_cities() -> Iterator[Place]:
    for language in LANGUAGES:
        for zone, entry in Locale(language).time_zones.items():
            if "city" in entry and "/" in zone:
                slug = zone.rsplit("/", 1)[-1].lower().replace("_", "")
                yield f"city:{slug}", "city", language, entry["city"]
                yield f"city:{slug}", "city", "en", zone.rsplit("/", 1)[-1].replace("_", " ")


def _hand_list() -> Iterator[Place]:
    for place, kind, *columns in read_rows("places_hand.tsv"):
        for language, names in zip(("ar", "fa", "en"), columns, strict=True):
            for name in names.split("|"):
                yield place, kind, language, name


def _attested(path: Path) -> Iterator[Place]:
    """Yield the one-word everyday names of countries from `countries_supplement_attested.json`."""
    for country in json.loads(path.read_text(encoding="utf-8")):
        for language, names in country.get("aliases", {}).items():
            for name in names:
                if " " not in name:
                    yield f"country:{country['iso2']}", "alias", language, name

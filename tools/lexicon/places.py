"""Names of countries and cities from CLDR, from our own list, and from the attested everyday forms."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from babel import Locale

from search.analysis.lexicons import arabic, persian
from search.analysis.normalizer import fold
from search.analysis.resources import read_rows
from search.analysis.stem_arabic import stem_arabic
from search.analysis.stem_persian import stem_persian

Place = tuple[str, str, str, str]  # id, kind, language, name as written
LANGUAGES = ("ar", "fa", "en", "az")
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "authorities"
_NAMES = frozenset(("name", "press", "short"))
_ALSO_WORDS = frozenset(Path(__file__).with_name("also_words.txt").read_text(encoding="utf-8").splitlines())
_ASIDE = re.compile(r"\s*[(（].*?[)）]\s*")
_CONTINENTS_AND_GROUPS = re.compile(r"\d+|EU|EZ|UN|QO|XA|XB|ZZ")


def read_places(attested: Path) -> list[Place]:
    """Give every place name once, sorted: CLDR territories and exemplar cities, the hand list, attested forms.

    Countries bear the press's spellings that the authority file has, too: `موريطانيا`, `پولند`.
    """
    return sorted({*_territories(), *_exemplar_cities(), *_hand_list(), *_attested(attested), *_on_file()})


def read_demonyms() -> list[tuple[str, str, str]]:
    """Give the one-word demonyms on file that the stemmers do not derive, each with a one-word name of its country.

    `نمساوي` → `النمسا`; `سوري` is left out, for it is `سوريا` by rule, and `مالي`, which is rather "financial".
    """
    stemmers: dict[str, tuple[Callable[[str], tuple[str, ...]], dict[str, str]]] = {
        "ar": (lambda word: stem_arabic(word, word), arabic().demonyms),
        "fa": (lambda word: stem_persian(word, ()), persian().demonyms),
    }
    found: set[tuple[str, str, str]] = set()
    for country in _records():
        for language, (stems, listed) in stemmers.items():
            forms = [name for name in country["names"] if name["language"] == language and " " not in name["text"]]
            names = {fold(form["text"]): form["text"] for form in forms if form["use"] in _NAMES}
            for form in forms:
                word = fold(form["text"])
                is_derived = word not in listed and any(
                    name in stems(word) or name[2:] in stems(word) for name in names
                )
                if form["use"] == "demonym" and names and not is_derived and form["text"] not in _ALSO_WORDS:
                    found.add((language, form["text"], next(iter(names.values()))))
    return sorted(found)


def _records() -> Iterator[dict[str, Any]]:
    yield from json.loads((FIXTURES / "countries.json").read_text(encoding="utf-8"))


def _on_file() -> Iterator[Place]:
    """Yield the names that the authority file has of countries, but those that are ordinary words, too.

    Adjectives of several words are names, no stemmer knows them: `جنوب أفريقي`, `كوري جنوبي`.
    """
    for country in _records():
        for name in country["names"]:
            is_name = name["use"] in _NAMES or (name["use"] == "demonym" and " " in name["text"])
            if is_name and name["language"] in ("ar", "fa") and name["text"] not in _ALSO_WORDS:
                yield f"country:{country['code']}", "press", name["language"], name["text"]


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
                if entry["city"] not in _ALSO_WORDS:
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

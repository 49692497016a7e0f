"""The names of one place in Arabic, Persian and Latin script: `طهران` is `تهران`, `أذربيجان` is `آذربایجان`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from search.analysis.normalizer import fold
from search.analysis.resources import read_rows
from search.analysis.tokenizer import split_pieces

Words = tuple[str, ...]


@cache
def _gazetteer() -> tuple[dict[Words, tuple[str, ...]], dict[str, tuple[Words, ...]]]:
    """Read `places.tsv`: the places of each name, and the names of each place, as folded words."""
    places: dict[Words, dict[str, None]] = {}
    names: dict[str, dict[Words, None]] = {}
    for place, _kind, _lang, written in read_rows("places.tsv"):
        words = tuple(map(fold, split_pieces(written)[1::2]))
        places.setdefault(words, {})[place] = None
        names.setdefault(place, {})[words] = None
    return (
        {words: tuple(found) for words, found in places.items()},
        {place: tuple(found) for place, found in names.items()},
    )


def place_ids(words: Words) -> tuple[str, ...]:
    """Give the places that folded words name: `("طهران",)` → `city:tehran`; () for other words."""
    return _gazetteer()[0].get(words, ())


def places_called(name: str) -> tuple[str, ...]:
    """Give the places of a name as written: `places_called("طهران")` → `("city:tehran",)`."""
    return place_ids(tuple(map(fold, split_pieces(name)[1::2])))


def place_forms(words: Words) -> tuple[Words, ...]:
    """Give the other names of the place that folded words name, in every script; () for other words."""
    places, names = _gazetteer()
    return tuple(dict.fromkeys(form for place in places.get(words, ()) for form in names[place] if form != words))


@cache
def _written() -> dict[str, dict[str, tuple[str, ...]]]:
    """The names of each place as written, by language."""
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    for place, _kind, lang, written in read_rows("places.tsv"):
        held = names.setdefault(place, {})
        held[lang] = (*held.get(lang, ()), written)
    return names


@cache
def written_places() -> dict[tuple[str, str], Mapping[str, tuple[str, ...]]]:
    """The names of each place as written, by language, under the place without `city:` and what it is.

    >>> written_places()["tehran", "city"]["fa"]
    ('تهران',)
    """
    kinds = {place: kind for place, kind, _lang, _written in read_rows("places.tsv")}
    return {
        (place.removeprefix("city:"), kind): _written()[place]
        for place, kind in kinds.items()
        if place.startswith("city:")
    }


def place_name(name: str, language: str) -> str:
    """Give the name of the same place in a language, itself where it is one or none is known.

    >>> place_name("طهران", "en"), place_name("طهران", "fa"), place_name("طهران", "ar")
    ('Tehran', 'تهران', 'طهران')
    """
    for place in places_called(name):
        names = _written()[place].get(language, ())
        if names and name not in names:
            return next((one for one in names if one.lower() == place.partition(":")[2]), names[0])
        break
    return name

"""Groups spellings of one name that do not meet by their sounds, from Wikidata and from our list of officials."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from search.analysis.names import sound_keys
from search.analysis.normalizer import fold
from search.analysis.romanization import arabic_outline
from search.analysis.tokenizer import kind_of
from tools.lexicon.persons import is_ordinary

Family = tuple[str, ...]


def read_families(folder: Path, forms: Counter[str]) -> list[Family]:
    """Give the families that are needed: their spellings differ within a script, or are too short for a key."""
    found = {*_wikidata(folder / "name_parts_wikidata.tsv"), *_officials(folder / "officials.json")}
    names = {tuple(word for word in family if not is_ordinary(word, forms)) for family in found}
    return sorted(family for family in names if len(family) > 1 and _is_needed(family))


def _wikidata(path: Path) -> Iterator[Family]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        _qid, latin, arabic = line.split("\t")
        yield _family([*arabic.split("|"), *latin.split("|")])


def _officials(path: Path) -> Iterator[Family]:
    """Put the spellings of each word of an official's name together, where the forms have as many words."""
    for official in json.loads(path.read_text(encoding="utf-8")):
        latin = official["en"].split()
        forms = [form["name"].split() for lang in ("ar", "fa") for form in official[lang] if form["full"]]
        fitting = [latin, *(form for form in forms if len(form) == len(latin))]
        for spellings in zip(*fitting, strict=True):
            yield _family(list(spellings))


def _family(written: list[str]) -> Family:
    folded = dict.fromkeys(map(fold, written))
    words = [word for word in folded if word.isalpha() and len(word) > 1]
    return tuple(sorted(words, key=lambda word: (kind_of(word), word)))


def _is_needed(family: Family) -> bool:
    arabic = [word for word in family if kind_of(word) == "arabic"]
    if len({arabic_outline(word) for word in arabic}) > 1 and len(arabic) < 6:
        return True
    return bool(arabic) and not frozenset.intersection(*(sound_keys(word, kind_of(word)) for word in family))

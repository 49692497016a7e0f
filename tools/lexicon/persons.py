"""Given names and surnames from Wikidata and from our own list of officials, as words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from search.analysis.lexicons import stop_words
from search.analysis.normalizer import fold
from search.analysis.tokenizer import kind_of

_ORDINARY = frozenset("الله ايتالله بالله والله واكد باسمه كانا الدين بود هاي كاملا يكي كار روز".split())
_PLURAL_ENDINGS = ("ان", "ين", "ون", "ات", "ها", "يه", "تي")


def read_persons(folder: Path, forms: Counter[str]) -> list[str]:
    """Give the folded one-word names, sorted, without those that news text mostly uses as ordinary words."""
    names = {*_wikidata(folder / "name_parts_wikidata.tsv"), *_officials(folder / "officials.json")}
    return sorted(
        name
        for name in names
        if len(name) > 2 and not is_ordinary(name, forms) and not _is_inflected(name, names, forms)
    )


def _wikidata(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        for written in line.split("\t")[2].split("|"):
            name = fold(written)
            if kind_of(name) == "arabic" and " " not in name:
                yield name.removeprefix("ال") if len(name) > 5 else name


def _officials(path: Path) -> Iterator[str]:
    for official in json.loads(path.read_text(encoding="utf-8")):
        for language in ("ar", "fa"):
            for form in official[language]:
                yield from map(fold, form["name"].split())


def is_ordinary(name: str, forms: Counter[str]) -> bool:
    """A function word is no name to us, nor is a word that takes the article as often as not (`امير`, `بيانات`)."""
    if name in _ORDINARY or name in stop_words() or (name[0] in "وفبلك" and name[1:] in stop_words()):
        return True
    bare, with_article = forms[name], forms["ال" + name]
    if name.endswith(_PLURAL_ENDINGS):
        return with_article * 2 > bare
    return with_article > bare


def _is_inflected(name: str, names: set[str], forms: Counter[str]) -> bool:
    """`سفيره` is rather the ambassador than a name; `سليمان` and `عثمان` are names."""
    for ending in ("ه", "ات", "ين", "ون", "ان"):
        base = name.removesuffix(ending)
        if base != name and len(base) > 2 and base not in names:
            whole, with_article = forms[base] + forms["ال" + base], forms["ال" + base]
            return with_article > 0.2 * whole and whole > 5 * (forms[name] + forms["ال" + name])
    return False

"""Spelling families that no letter table reaches: hamza seats, Persian delegations, American and American."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from search.analysis.resources import read_rows

# A hamza before waw is written on any of three seats: شؤون, شئون, رءوس.
_HAMZA_BEFORE_WAW: Final = re.compile("(?<=[^ؤئء])[ؤئء]+(?=[وؤ])")
_EZAFE_HAMZA: Final = re.compile("(?<=..)هء$")


@cache
def _written() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The spellings of `variants.tsv` that only the letters as written tell: `هيأة`, and not `هيأت`."""
    rows = [row for row in read_rows("variants.tsv") if row[0] == "written"]
    return tuple((re.compile(source), target) for _where, source, target, _note in rows)


def rewrite_written(word: str) -> str:
    """Bring together what folding would confuse; the word is clean, its letters not folded but for yeh and kaf.

    `هيأة` → `هيئة`, `المائة` → `المئة`; `هيأت`, `دمائه` do not change.
    """
    for source, target in _written():
        word = source.sub(target, word)
    return word


@cache
def _listed() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    """Read `variants.tsv`: one pattern of all the listed parts, and the rewritings of parts and of whole words."""
    parts: dict[str, str] = {}
    whole: dict[str, str] = {}
    for where, source, target, _note in read_rows("variants.tsv"):
        if where != "written":
            (whole if where == "word" else parts)[source] = target
    pattern = "|".join(sorted(map(re.escape, parts), key=len, reverse=True))
    return re.compile(pattern), parts, whole


def rewrite_variants(word: str) -> str:
    """Bring the listed spellings of a word together; letters are folded already, except ؤ and ئ.

    `مسئول` and `مسؤول` → `مسوول`, `هيئت` → `هيات`, `گفتوگو` → `گفتگو`, `اميركا` → `امريكا`; `هيئه` does not change.
    """
    pattern, parts, whole = _listed()
    word = whole.get(word, word)
    word = pattern.sub(lambda found: parts[found.group()], word)
    if word.endswith("ء"):
        word = _EZAFE_HAMZA.sub("ه", word)
    return _HAMZA_BEFORE_WAW.sub("و", word)

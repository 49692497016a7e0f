"""Keys under which one name meets itself in Arabic, Persian, Latin and Cyrillic script.

A key is a skeleton of consonants, and of vowels where those are few (`romanization`), with `+F` for a surname in
‎-ov/-ev, whatever its vowel: `خلفوف`, `خلف‌اف`, `Khalafov`, `Xələfov`, `Халафов` → `XLF+F`. Within one script skeletons
would confuse سلام and سليم; there the written vowels always count.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from search.analysis.normalizer import fold
from search.analysis.resources import read_rows
from search.analysis.romanization import arabic_skeletons, latin_skeletons, romanize_cyrillic, voweled
from search.analysis.tokenizer import iter_words, kind_of

SHORTEST_KEY: Final = 3
SURNAME: Final = "+F"
_SHORT: Final = 4  # consonants, with which ordinary words agree too often
_WRITTEN_VOWELS: Final = re.compile("[aio]")
_LATIN_SURNAME: Final = re.compile("(?<=[a-z]{2})(?:iye|ye|iy|io|yo|[oea])(?:v|ff|f|w)(?:a|na)?$")
ARABIC_SURNAME: Final = re.compile("(?<=..)(?:يي|يو|او|و|ا)فا?$")
_YEH_SURNAME: Final = re.compile("(?<=..)يفا?$")


def name_keys(name: str) -> frozenset[str]:
    """Give the keys of a name in any script: those of its words, and of two or three words written as one.

    Two names may be the same if they share a key. Text in logical order, any normal form; an empty set for what has
    fewer than three consonants and is not listed. Source: the consonant classes of `romanization`.

    >>> "XLF+F" in name_keys("Xələfov") & name_keys("خلف‌اف")
    True
    """
    words = [(fold(word), kind_of(word)) for _start, _end, word in iter_words(name)]
    words = [(word, kind) for word, kind in words if kind != "number"]
    keys = {key for word, kind in words for key in keys_of_word(word, kind)}
    if len(words) in (2, 3) and len({kind for _, kind in words}) == 1:
        keys |= keys_of_word("".join(word for word, _ in words), words[0][1])
    return frozenset(keys)


@lru_cache(maxsize=8192)  # all Latin names of the authority file, which is read anew when a name changes
def keys_of_word(word: str, kind: str) -> frozenset[str]:
    """Give the keys of one folded word: those of its sounds, and the families it is listed in."""
    word = romanize_cyrillic(word) if kind == "latin" else word
    return sound_keys(word, kind).union(listed_families().get(word, ()))


def sound_keys(word: str, kind: str) -> frozenset[str]:
    """Give the skeletons of one folded word, a surname's by its root, with the given names that are known there."""
    found: set[str] = set()
    roots = _roots(word, kind)
    for root in roots:
        own = [key for key in _own_skeletons(root, kind) if len(key.removeprefix("A")) > 1]
        found |= {key + SURNAME for key in (*_own_families().get(root, ()), *own)}
    if not roots or (kind == "arabic" and _YEH_SURNAME.search(word)):
        found |= _with_vowels(word, kind, _own_skeletons(word, kind))
    return frozenset(key for key in found if len(key.replace("+", "")) >= SHORTEST_KEY)


def _own_skeletons(word: str, kind: str) -> tuple[str, ...]:
    """Give the skeletons of a word, but of a listed name those alone that no other listed name has: not `HSN`."""
    skeletons = _skeletons(word, kind)
    if word in _own_families():
        return tuple(key for key in skeletons if key not in _shared_skeletons())
    return skeletons


@cache
def _shared_skeletons() -> frozenset[str]:
    """Find the skeletons that two listed names have in common: حسن and حسين, محمد and محمود."""
    owners: dict[str, set[str]] = {}
    for form, families in _own_families().items():
        for key in _skeletons(form, kind_of(form)):
            owners.setdefault(key, set()).update(families)
    return frozenset(key for key, families in owners.items() if len(families) > 1)


def _skeletons(word: str, kind: str) -> tuple[str, ...]:
    return arabic_skeletons(word) if kind == "arabic" else latin_skeletons(word)


def _with_vowels(word: str, kind: str, skeletons: tuple[str, ...]) -> set[str]:
    """Let short names count with their vowels only: `كيري` as `KiRi`; of two consonants those in a vowel: `SiSi`."""
    long = {key for key in skeletons if len(key) > _SHORT}
    wanted = set(skeletons) - long
    short = {key: _WRITTEN_VOWELS.sub("", key) for key in voweled(word, kind)} if wanted else {}
    return long | {
        key
        for key, consonants in short.items()
        if consonants in wanted and len(consonants) + key[-1:].islower() >= SHORTEST_KEY
    }


def _roots(word: str, kind: str) -> tuple[str, ...]:
    """Give what stands before the ending of a surname: `khalafov` → `khalaf`, `علييف` → `علي` and `عل`."""
    if kind == "latin":
        found = _LATIN_SURNAME.search(word)
        if found is None:
            return ()
        root = word[: found.start()]
        return (root, root + "i") if found.group()[0] in "iy" else (root,)
    found = ARABIC_SURNAME.search(word)
    if found is not None:
        root = word[: found.start()]
        return (root, root + "ي") if found.group()[0] == "ي" else (root,)
    found = _YEH_SURNAME.search(word)
    return (word[: found.start()], word[: found.start()] + "ي") if found is not None else ()


@cache
def _own_families() -> dict[str, tuple[str, ...]]:
    """Read `name_spellings.tsv`: the family of each spelling of a given name."""
    families: dict[str, tuple[str, ...]] = {}
    for spellings, latin in read_rows("name_spellings.tsv"):
        forms = [fold(form) for form in f"{spellings}|{latin}".split("|")]
        forms += [form.replace(" ", "") for form in forms if " " in form]
        for form in forms:
            families[form] = (*families.get(form, ()), "=" + forms[0].replace(" ", ""))
    return families


@cache
def listed_families() -> dict[str, tuple[str, ...]]:
    """Give the families of each listed name: our own, and those of `name_families.tsv`."""
    families = dict(_own_families())
    for row in read_rows("name_families.tsv"):
        for form in row:
            families[form] = (*families.get(form, ()), "=" + row[0].replace(" ", ""))
    return families

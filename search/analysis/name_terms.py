"""The terms of the field `names`: which words of a text may be names, and what a query asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from search.analysis.lexicons import arabic, persian
from search.analysis.names import ARABIC_SURNAME, SURNAME, keys_of_word, listed_families
from search.analysis.remembered import Remembered
from search.analysis.romanization import arabic_outline, arabic_skeletons, latin_outline, latin_skeletons
from search.analysis.token import Token

_LONG_KEY: Final = 5  # consonants that suffice within one script, whatever the vowels
_SHORTEST_UNLISTED: Final = 4  # sounds with which a word that is no listed name sounds like none
_PROCLITICS: Final = "وفبلك"
# How often news must have a word to take it for an ordinary one, if it is no listed name: of two hundred unlisted words
# that news have more often, one is a name.
_RARE: Final = 20
# What no name ends in: pronouns behind a noun or a verb, the plural and the superlative of Persian.
_INFLECTED: Final = re.compile("(?<=....)(?:ها|هما?|هن|كما?|هايي?|هايش(?:ان)?|ترين)$|(?<=..)(?:ته|وا)$")


# Without a vowel of ASCII; a letter beyond it may be one: Həsən, Гурбанов.
_VOWELLESS: Final = re.compile("[a-z][b-df-hj-np-tv-xz]{1,3}|[b-df-hj-np-tv-xz]+")
_LONGEST_INITIALS: Final = 6


def is_initials(written: str) -> bool:
    """Say whether a word is initials, whose vowels no one can guess: `CNN`, `OPEC`, `imf`; not `Amir`, `ALIYEVA`."""
    is_short = 1 < len(written) <= _LONGEST_INITIALS
    return (is_short and written.isupper()) or bool(_VOWELLESS.fullmatch(written.lower()))


@lru_cache(maxsize=1024)
def _outlines(word: str, kind: str) -> frozenset[str]:
    """Give the stricter keys that compare a folded name within its own script."""
    found = {key for key in keys_of_word(word, kind) if key.startswith("=") or key.endswith(SURNAME)}
    if kind == "latin":
        return frozenset((*found, *_long(word, kind), latin_outline(word)))
    if is_likely_name(word):
        found.update((arabic_outline(word), *_long(word, kind)))
    return frozenset(found)


def _long(word: str, kind: str) -> tuple[str, ...]:
    """The skeletons of a name that is long in its plainest reading, without article and و for a vowel: not `ماكرون`."""
    skeletons = latin_skeletons(word) if kind == "latin" else arabic_skeletons(word)
    is_long = bool(skeletons) and len(skeletons[0]) >= _LONG_KEY
    return tuple(key for key in keys_of_word(word, kind) if len(key) >= _LONG_KEY and key.isupper()) if is_long else ()


def is_likely_name(word: str) -> bool:
    """Say whether a folded word of Arabic script is a listed name or hardly known to news: `پوتین`; not `صورت`."""
    return _is_listed(word) or _is_rare(word)


def is_name_like(word: str) -> bool:
    """Say whether a folded word of Arabic script, by itself, may be a name: `بلينكن`, `قوربانوف`; not `نشر`."""
    return _is_listed(word) or (_is_rare(word) and not _INFLECTED.search(word))


def _is_listed(word: str) -> bool:
    return word in arabic().names or word in listed_families()


def _is_rare(word: str) -> bool:
    return len(word) > 3 and arabic().count(word) + persian().count(word) < _RARE


def token_keys(token: Token, text: str) -> tuple[str, ...]:
    """Give the terms of the field `names` for a token, each once: for capitalised words, and words that may be names.

    A term begins with the script it stands in, `a` or `l`; behind `=` is the stricter key to which only words of the
    same script answer: `خلفوف` → `a:XLF+F`, `a=XLF+F`, `a=خلفوف`.
    """
    if token.kind == "arabic":
        return arabic_keys(token.norm, token.stems[0])
    if token.kind == "latin" and text[token.start].isupper():
        terms = tuple(dict.fromkeys(_index_terms(token.norm, "latin")))
        is_name = token.span > 1 or not is_initials(text[token.start : token.end])
        return terms if is_name else _listed(terms)
    return ()


def arabic_keys(norm: str, stem: str) -> tuple[str, ...]:
    """The same for a folded word of Arabic script with its first stem, wherever it stands."""
    return _arabic_terms[norm, stem]


def take_arabic_keys(norm: str, stem: str, keys: tuple[str, ...]) -> None:
    """Remember the terms of a folded word that were found elsewhere."""
    _arabic_terms.take((norm, stem), keys)


def _listed(terms: Iterable[str]) -> tuple[str, ...]:
    """Of the terms of a name those of the families in which it is listed."""
    return tuple(term for term in terms if term[2] == "=")


def _learn_arabic_terms(word: tuple[str, str]) -> tuple[str, ...]:
    """The terms of a folded word with its stem; few words have any."""
    return tuple(dict.fromkeys(term for form in _name_forms(*word) for term in _index_terms(form, "arabic")))


_arabic_terms: Final = Remembered(_learn_arabic_terms)


def _sounds(word: str, kind: str) -> Iterator[str]:
    """The keys of a word across scripts; of one that news hardly know and no list has, only those of a longer name.

    With four sounds such words are rather `يصرون` than a name like Sharon; with five they are کنعانی, Kanaani.
    """
    is_known = kind == "latin" or _is_listed(word)
    for key in keys_of_word(word, kind):
        if is_known or key[0] == "=" or key.endswith(SURNAME) or len(key) > _SHORTEST_UNLISTED:
            yield key


def _index_terms(word: str, kind: str) -> Iterator[str]:
    for key in _sounds(word, kind):
        yield f"{kind[0]}:{key}"
    for key in _outlines(word, kind):
        yield f"{kind[0]}={key}"


def _name_forms(norm: str, stem: str) -> tuple[str, ...]:
    """Give the readings of a word that may be names: whole, without clitics, without its first letter.

    A word that news hardly know is no name where they know its stem well, as they do those of `والمستشفيات`.
    """
    if _is_listed(norm) or (_is_listed(stem) and not _is_rather_noun(norm, stem)):
        forms = [form for form in (norm, stem) if _is_listed(form)]
    else:
        forms = [norm, stem] if is_name_like(norm) and is_name_like(stem) and not _is_listed(stem) else []
    if norm[0] in _PROCLITICS and ARABIC_SURNAME.search(norm[1:]) and is_name_like(norm[1:]):
        forms.append(norm[1:])
    return tuple(dict.fromkeys(forms))


def _is_rather_noun(norm: str, stem: str) -> bool:
    """Say whether a listed name stands behind the article, and mostly does, as nouns do: `الرئيسي`, `الثاني`."""
    has_article = norm != stem and norm[: len(norm) - len(stem)].endswith(("ال", "لل"))
    return has_article and arabic().count_with_article(stem) > arabic().frequency.get(stem, 0)


def asking_keys(norm: str, kind: str, written: str = "") -> frozenset[str]:
    """Give the terms of the field `names` that answer a folded word of a query: loosely across scripts, else strictly.

    `khalafov` → `a:XLF+F`, `l=XLF+F`, …; a word of Arabic script that is no name gives none, initials as `written` only
    those of the names that they are listed with: `NATO` those of ناتو.
    """
    if kind == "number" or (kind == "arabic" and not is_name_like(norm)):
        return frozenset()
    other = "l" if kind == "arabic" else "a"
    across = {f"{other}:{key}" for key in _sounds(norm, kind)}
    found = across | {f"{kind[0]}={key}" for key in _outlines(norm, kind)}
    return frozenset(_listed(found) if kind == "latin" and is_initials(written or norm) else found)

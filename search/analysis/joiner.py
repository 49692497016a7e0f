"""Affixes, names and compounds written apart: with their neighbour they are one term."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from search.analysis.lexicons import arabic, stop_words
from search.analysis.name_terms import is_name_like
from search.analysis.normalizer import fold
from search.analysis.resources import read_rows
from search.analysis.tokenizer import kind_of

_SPACE: Final = re.compile("[ \\t\u00a0\u202f\u2009\u200a\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_HYPHEN: Final = re.compile("[-\u2010\u2011]")

_FATHER: Final = frozenset(and_ + by + "ابو" for and_ in ("", "و", "ف") for by in ("", "ب", "ك", "ل"))
_FIRST_HALVES: Final = _FATHER.union("مي نمي ابي ابا".split())
_SERVANT: Final = frozenset(and_ + by + "عبد" for and_ in ("", "و", "ف") for by in ("", "ب", "ك", "ل"))
_CLITICS: Final = frozenset(word.removesuffix("عبد") for word in _SERVANT)
_PLURAL_OR_DEGREE: Final = frozenset("ها هاي هايي هايم هايت هايش هايمان هايتان هايشان تر ترين".split())
_AFTER_HEH: Final = frozenset("اي ام ات اش اند ايم ايد ي".split())
_SURNAME: Final = frozenset("اف اوف يف زاده پور نيا نژاد اوغلو اوغلي".split())
_GOD_AND_FAITH: Final = frozenset(("الله", "الدين"))
_POSSESSIVE: Final = frozenset("مان تان شان".split())  # behind a plural only: کتاب های شان
_SECOND_HALVES: Final = _PLURAL_OR_DEGREE | _AFTER_HEH | _SURNAME | _GOD_AND_FAITH


@cache
def _compounds() -> tuple[dict[str, frozenset[tuple[str, ...]]], frozenset[str]]:
    """Read `compounds.tsv`: the listed runs of words by their first word, and every later word of any of them."""
    by_first: dict[str, set[tuple[str, ...]]] = {}
    later: set[str] = set()
    for spaced, *_ in (*read_rows("compounds.tsv"), *read_rows("compounds_seen.tsv")):
        words = tuple(map(fold, spaced.split(" ")))
        by_first.setdefault(words[0], set()).add(words)
        later.update(words[1:])
    return {first: frozenset(runs) for first, runs in by_first.items()}, frozenset(later)


def may_end_join(word: str) -> bool:
    """Say whether a folded word may be the last of several that are one term: `ها`, `اف`, `الله`, `باغ`; not `صلح`."""
    return word in _SECOND_HALVES or word in _POSSESSIVE or word in _compounds()[1]


def may_begin_join(word: str) -> bool:
    """Say whether a folded word draws the next one to it: `می`, `عبد`, `ابو`, `قره`; not `صلح`."""
    return word in _FIRST_HALVES or word in _SERVANT or word in _compounds()[0]


def draws_any(word: str) -> bool:
    """Say whether a folded word is one term with nearly every next one, listed or not: `مي`, `عبد`, `ابو`."""
    return word in _FIRST_HALVES or word in _SERVANT


def takes_any(word: str) -> bool:
    """Say whether a folded word is one term with nearly every word before it: `ها`, `اف`, `الله`."""
    return word in _SECOND_HALVES


def is_compound_part(word: str) -> tuple[bool, bool]:
    """Say whether a folded word is the first, and whether a later word, of a listed compound."""
    by_first, later = _compounds()
    return word in by_first, word in later


@cache
def _thirds() -> frozenset[str]:
    return _POSSESSIVE.union(run[2] for runs in _compounds()[0].values() for run in runs if len(run) > 2)


def may_end_three(word: str) -> bool:
    """Say whether a folded word may be the last of three that are one term, whatever the last two are: `شان`."""
    return word in _thirds()


def can_touch(gap: str) -> bool:
    """Say whether words on the two sides of a gap may be one term: spaces of a line and the hyphen, nothing else."""
    return gap == " " or bool(_SPACE.fullmatch(gap) or _HYPHEN.fullmatch(gap))


def is_hyphen(gap: str) -> bool:
    return bool(_HYPHEN.fullmatch(gap))


@lru_cache(maxsize=8192)
def join_words(words: tuple[str, ...]) -> str | None:
    """Give the one folded term that two or three neighbouring folded words make, or None when they stay apart.

    `می کند` → `ميكند`, `کتاب ها` → `كتابها`, `خلف اف` → `خلفاف`, `عبد الله` → `عبدالله`, `نامه ی` → `نامه`;
    `صلح ها` too, `در صلح` not.
    """
    if words in _compounds()[0].get(words[0], ()):
        return fold("".join(words))
    if len(words) == 3:
        return _join_three(words)
    first, second = words
    if len(words) != 2 or kind_of(first) != "arabic" or kind_of(second) != "arabic":
        return None
    if second == "ي":
        return first if first.endswith("ه") and len(first) > 2 else None
    if _is_one_word(first, second):
        return fold(first + second)
    return None


def are_one_word(words: tuple[str, ...]) -> bool:
    """Say whether two or three folded words of a question are surely one: `می شود`, `خلف اف`, `رییس جمهور`.

    Stricter than `join_words`: of the pairs that were only seen together, `به عنوان` and `كشته شده` stay two words,
    for one of them is a function word (but `بین المللی` is mostly written as one); and only names have `الله`, `الدين`
    or the ending of a surname, as `تحقیقات اف` of `اف بی آی` has not.
    """
    norm = join_words(words)
    if norm is None:
        return False
    if words in _listed_by_hand() or words[0] in _FIRST_HALVES or words[0] in _SERVANT:
        return True
    if words[-1] in _GOD_AND_FAITH:
        return norm in arabic().names or words in _compounds()[0].get(words[0], ())
    if words in _compounds()[0].get(words[0], ()):
        return stop_words().isdisjoint(words) or words in _mostly_together()
    return words[-1] not in _SURNAME or is_name_like(words[0])


@cache
def _listed_by_hand() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(fold, spaced.split(" "))) for spaced, *_ in read_rows("compounds.tsv"))


@cache
def _mostly_together() -> frozenset[tuple[str, ...]]:
    rows = read_rows("compounds_seen.tsv")
    return frozenset(tuple(pair.split(" ")) for pair, halved, spaced in rows if int(halved) > 2 * int(spaced))


def _is_one_word(first: str, second: str) -> bool:
    if first in _FIRST_HALVES:
        return len(second) > 1
    if first in _SERVANT:
        return second.startswith("ال")
    if second in _AFTER_HEH:
        return first.endswith("ه") and len(first) > 2
    return len(first) > 1 and second in _SECOND_HALVES


def _join_three(words: tuple[str, ...]) -> str | None:
    """Join what stands behind `ابو` and `می`, and the plural with its owner: `ابو عبد الله`, `کتاب های شان`."""
    if words[1] in ("ها", "هاي") and words[2] in _POSSESSIVE:
        return fold("".join(words))
    tail = join_words(words[1:])
    if tail is not None and (words[0] in _FIRST_HALVES or words[0] in _SERVANT):
        return fold(words[0] + tail)
    return None


def glued_names(word: str) -> tuple[str, ...]:
    """Cut two glued names before the second: `محمدعبدالله` → `محمد`, `عبدالله`; () for `عبدالله` and for `صلح`."""
    at = word.find("عبدال", 2)
    return (word[:at], word[at:]) if at > 0 and len(word) - at > 6 and word[:at] not in _CLITICS else ()

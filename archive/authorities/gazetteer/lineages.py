"""Names that go by fathers, as the agencies of the Gulf print them: محمد بن سلمان بن عبدالعزيز آل سعود.

Between the forename and the family stand as many fathers as the page cares to name, so one man has many full names; and
two men may share the first of them: only the family, a title or a house tells محمد بن سلمان العتيبي from the prince.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Final, NamedTuple

from archive.authorities.gazetteer.files import read_table
from archive.authorities.gazetteer.words import TextWord, can_continue, folded, split_words

SON: Final = folded("بن ابن بنت")
_HOUSES_OF_ONE_WORD: Final = folded("الصباح المعلا")
_SERVANT: Final = "عبد"
_HOUSE: Final = "ال"  # آل, folded
_ARTICLE: Final = "ال"
_SHORTEST_FAMILY: Final = 5  # letters, with the article
# With و and a preposition before it: ولعبد الله.
_LONGEST_SERVANT: Final = 5


class Lineage(NamedTuple):
    """Words `first` up to `last` (excluded) of a name by fathers, its parts folded and without spaces.

    `محمد بن سلمان بن عبدالعزيز آل سعود` → forename `محمد`, fathers `("سلمان", "عبدالعزيز")`, family `ال سعود`; the
    forename keeps particles written onto it, the family is "" where none is named.
    """

    first: int
    last: int
    forename: str
    fathers: tuple[str, ...]
    family: str


def read_lineage(words: Sequence[TextWord], at: int, taken: Collection[int] = ()) -> Lineage | None:
    """Read the name whose first بن is the word at `at`; `taken` words (titles, states) are no family."""
    if words[at].norm not in SON or not at or not can_continue(words[at]):
        return None
    first = at - 1
    if first and words[first].norm.startswith(_ARTICLE) and can_continue(words[first]):
        before = words[first - 1].norm
        first -= before.endswith(_SERVANT) and len(before) <= _LONGEST_SERVANT
    forename = "".join(word.norm for word in words[first:at])
    fathers: list[str] = []
    while _goes_on(words, at) and words[at].norm in SON and _goes_on(words, at + 1):
        father, at = _read_father(words, at + 1)
        fathers.append(father)
    if not fathers:
        return None
    family, last = _read_family(words, at, taken)
    return Lineage(first, last, forename, tuple(fathers), family)


def lineage_of(name: str) -> Lineage | None:
    """The parts of a name on file; one without fathers, as بدر البوسعيدي, has its last word as family."""
    words = split_words(name)
    son = next((at for at, word in enumerate(words) if word.norm in SON), None)
    if son is not None:
        lineage = read_lineage(words, son)
        if lineage is None or lineage.last == len(words):
            return lineage
        return lineage._replace(last=len(words), family=words[-1].norm)
    if len(words) < 2 or not words[-1].norm.startswith(_ARTICLE):
        return None
    forename, at = _read_father(words, 0)
    return Lineage(0, len(words), forename, (), words[-1].norm) if at == len(words) - 1 else None


def forename_of(name: str) -> str:
    words = split_words(name)
    return _read_father(words, 0)[0] if words else ""


@cache
def states_of_houses() -> dict[str, frozenset[str]]:
    """The states that a ruling house governs, by the family as a lineage has it."""
    states: dict[str, set[str]] = {}
    for row in read_table("houses.tsv"):
        words = split_words(row["house"])
        states.setdefault(_read_family(words, 0, ())[0], set()).add(row["country"])
    return {house: frozenset(countries) for house, countries in states.items()}


def _goes_on(words: Sequence[TextWord], at: int) -> bool:
    return at < len(words) and can_continue(words[at])


def _read_father(words: Sequence[TextWord], at: int) -> tuple[str, int]:
    """A name of one word, or of two: عبد الرحمن."""
    both = words[at].norm == _SERVANT and _goes_on(words, at + 1)
    return "".join(word.norm for word in words[at : at + 1 + both]), at + 1 + both


def _read_family(words: Sequence[TextWord], at: int, taken: Collection[int]) -> tuple[str, int]:
    """The family behind the fathers, آل ثاني, الصباح or a nisba, العتيبي; "" where another word stands."""
    if at >= len(words) or at in taken or (at and not can_continue(words[at])):
        return "", at
    norm = words[at].norm
    if norm == _HOUSE and _goes_on(words, at + 1):
        house = words[at + 1].norm
        return f"{_HOUSE} {house.removeprefix(_ARTICLE) if len(house) > _SHORTEST_FAMILY else house}", at + 2
    if norm.startswith(_ARTICLE) and len(norm) >= _SHORTEST_FAMILY:
        return (norm, at + 1) if norm.endswith("ي") or norm in _HOUSES_OF_ONE_WORD else ("", at)
    return "", at

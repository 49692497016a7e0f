"""The frame of a question: what asks, and the light and polite words around it, of which no answer need have any.

«چگونه می‌توان ویزای تحصیلی ایتالیا گرفت؟» is asked for ویزای تحصیلی ایتالیا. The whole question as typed stays welcome:
a text that has it word for word comes first. Words in quotation marks are never a frame, and neither is all of a query.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, cast

from search.analysis import analyze, fold, guess_language
from search.analysis.stem_persian import SUFFIX_PARTS
from search.question.any_of_the_words import is_small
from search.question.compounds import with_compounds
from search.tree import And, Node, Phrase, Welcome, Word, all_of, distributed

FILE: Final = Path(__file__).with_name("data") / "frame.tsv"
ASKS, SPOKEN, GOES, STAYS = "asks", "spoken", "goes", "stays"
_QUESTION_MARKS: Final = ("؟", "?")
_LONGEST: Final = 4  # words of a phrase of the frame, as people may part it
_PERSIAN_LETTERS: Final = re.compile("[پچژگیک]")
Framing = Mapping[int, str]  # the role of each word of the frame, by its place


def as_asked(tree: Node, text: str) -> Node:
    """The query `text`, read as `tree`, as it is asked: without its frame, compounds as one word, fields spread."""
    return distributed(with_compounds(unframed(tree, text)))


def unframed(tree: Node, text: str) -> Node:
    """The query `text`, read as `tree`, without its frame where it is a question; rather as it was typed.

    >>> unframed(And((Word("خلفوف"), Word("کیست"))), "خلفوف کیست؟")
    And(children=(Word(text='خلفوف', start=0, end=0), Welcome(child=Phrase(words=('خلفوف', 'کیست'), slop=0, start=0, \
end=0))))
    """
    if not isinstance(tree, And):
        return tree
    framing = _framing(tree.children, text)
    asks = text.rstrip().endswith(_QUESTION_MARKS) or ASKS in framing.values()
    kept = [child for at, child in enumerate(tree.children) if at not in framing]
    if not framing or not asks or all(is_small(child) for child in kept):
        return tree
    words = [word for child in tree.children for word in _typed(child)]
    return all_of([*kept, Welcome(Phrase(tuple(words)))]) or tree


def without_small_words(tree: Node) -> Node:
    """A question whose names were found, without the function words beside: they would rank what repeats them.

    What may be one word with a neighbour stays, as that word: «بین المللی»; a lone ending («کشور ها») is no word.
    """
    if not isinstance(tree, And) or not any(isinstance(child, Welcome) for child in tree.children):
        return tree
    kept: list[Node] = []
    waiting: list[Node] = []  # the function word before, which may be one with what follows
    for child in tree.children:
        before = waiting.pop() if waiting else None
        if not is_small(child):
            kept.append(_as_one(before, child) if before and _may_be_one(before, child) else child)
        elif not _is_ending(child):
            waiting.append(child)
    return all_of(kept) or tree


def _as_one(first: Node, second: Node) -> Node:
    one, other = cast(Word, first), cast(Word, second)
    return Word(f"{one.text} {other.text}", one.start, other.end)


def _may_be_one(first: Node, second: Node) -> bool:
    """Whether neighbours are words that a text may write as one."""
    return isinstance(first, Word) and isinstance(second, Word) and _is_compound(first.text, second.text)


@lru_cache(maxsize=4096)
def _is_compound(first: str, second: str) -> bool:
    """Whether the analyzer gives both words one term: `بین المللی`, `عبد الله`."""
    tokens = analyze(f"{first} {second}")
    singles = sum(token.span == 1 for token in tokens)
    return singles > 1 and any(token.span == singles for token in tokens)


def _is_ending(child: Node) -> bool:
    return isinstance(child, Word) and fold(child.text) in SUFFIX_PARTS


def _typed(child: Node) -> Sequence[str]:
    if isinstance(child, Word):
        return (child.text,)
    return child.words if isinstance(child, Phrase) else ()


def _framing(children: Sequence[Node], text: str) -> Framing:
    """The frame in the language that the query is in, or in the one that finds more where letters do not tell it."""
    words = [fold(child.text) if isinstance(child, Word) and not child.text.isupper() else "" for child in children]
    if _PERSIAN_LETTERS.search(text):
        languages: tuple[str, ...] = ("fa", "en")
    else:
        languages = ("ar", SPOKEN, "en") if guess_language(text) == "ar" else ("fa", "ar", "en")
    found = [_of_language(words, language) for language in languages]
    return max(found, key=lambda framing: (ASKS in framing.values(), len(framing)))


def _of_language(words: Sequence[str], language: str) -> Framing:
    """The places of the words of the frame, the longest phrases first."""
    framing: dict[int, str] = {}
    for length in range(_LONGEST, 0, -1):
        for first in range(len(words) - length + 1):
            phrase = words[first : first + length]
            role = _roles(language).get("".join(phrase)) if all(phrase) else None
            if role and framing.keys().isdisjoint(range(first, first + length)):
                framing |= dict.fromkeys(range(first, first + length), role)
    return {at: role for at, role in framing.items() if role != STAYS}


@cache
def _roles(language: str) -> dict[str, str]:
    """The role of each phrase of the frame, folded and without a space, since people write می توان and میتوان."""
    if language == SPOKEN:
        return _roles("ar") | dict.fromkeys(_read("ar", {SPOKEN}), ASKS)
    return _read(language, {ASKS, GOES, STAYS})


def _read(language: str, roles: set[str]) -> dict[str, str]:
    rows = (line.split("\t") for line in FILE.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {
        fold(phrase.replace(" ", "")): role
        for role, of_language, phrases in rows
        if role in roles and of_language == language
        for phrase in phrases.split(", ")
    }

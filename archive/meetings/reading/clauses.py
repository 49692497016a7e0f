"""Who acts in the clauses of a sentence, and whether a place is told in one."""

from __future__ import annotations

from collections.abc import Iterable

from archive.meetings.reading.parties import NOBODY, Side, persons
from archive.meetings.reading.sentences import Sentence
from search.analysis import place_ids


def subject_of(sentence: Sentence, before: int) -> Side:
    """Who does what is told at a word: the first person of its clause, or of one before where it names nobody."""
    end = before
    for cut in [n for n in reversed(range(before)) if sentence.has(n, "says")]:
        found = list(persons(sentence, cut + 1, before))
        if found:
            return _one(found)
        if _names_another(sentence, cut + 1, end):
            return NOBODY
        end = cut
    return _one(persons(sentence, 0, before))


def _names_another(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the clause before a word has a subject that is no party: it begins with words of its own.

    «که با …» and «که صبح امروز در راس هیاتی … سفر کرده است، با …» have none: the clause goes back to who stands before.
    """
    first = max([first, *(n for n in range(first + 1, last + 1) if sentence.is_cut(n))])
    return first < last and not sentence.has(first, "stop", "during", "time", "place", "with", "undone", "done")


def _one(found: Iterable[Side]) -> Side:
    """The first of these where all are of one state, else NOBODY."""
    held = list(found)
    return held[0] if held and len({state for one in held for state in one.states}) == 1 else NOBODY


def parted(one: Side) -> tuple[Side, ...]:
    """The parties of a list as sides: «بين إيران وقطر» has two."""
    return tuple(Side((party,), one.end) for party in one.parties)


def is_somewhere(sentence: Sentence, first: int) -> bool:
    """Whether a place is told within some words: «در ژنو», «در واشنگتن»."""
    return any(
        sentence.has(n, "place") and (n + 1 in sentence.named or is_city(sentence.words[n + 1].norm))
        for n in range(max(first, 0), min(first + 6, len(sentence) - 1))
    )


def is_city(norm: str) -> bool:
    return any(place.startswith("city:") for place in place_ids((norm,)))

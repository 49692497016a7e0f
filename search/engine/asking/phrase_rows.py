"""The rows of indexed terms that a text may have for the words of a phrase: joined, parted, behind particles."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from search.analysis.asking import Alternatives, Term, with_particles
from search.documents.layers import CONTINUED

PhraseRow = tuple[tuple[str, ...], ...]


def phrase_rows(asked: Sequence[Alternatives], vocabulary: Container[str]) -> Iterator[PhraseRow]:
    """The rows of known terms that a text may have for the words of a phrase, as typed first.

    From the end of the phrase, so that what leads nowhere is never begun: linear, however many ways there are.
    """
    ways: list[list[tuple[tuple[str, ...], int]]] = [[] for _ in asked]
    for index in reversed(range(len(asked))):
        ways[index] = [
            (terms, following)
            for terms, following in _ways(asked[index])
            if (following == len(asked) or ways[following]) and all(term in vocabulary for term in terms)
        ]
    return _rows(ways, 0)


def _rows(ways: Sequence[Sequence[tuple[tuple[str, ...], int]]], index: int) -> Iterator[PhraseRow]:
    if index >= len(ways):
        yield ()
        return
    for terms, following in ways[index]:
        for rest in _rows(ways, following):
            yield (terms, *rest) if terms else rest


def _ways(one: Alternatives) -> Iterator[tuple[tuple[str, ...], int]]:
    """What may stand for a word of a phrase, and the word that follows; a sign without letters stands for nothing."""
    if one.term:
        for spelling in _spans(one.term):
            yield spelling, one.index + 1
    for split in one.splits:
        yield split, one.index + 1
    for join in one.joins:
        if join.first == one.index:
            for spelling in _spans(join.term):
                yield spelling, join.last
    if one.term and one.index == 0:
        for behind in with_particles(one.term):
            yield (behind,), one.index + 1
    if not one.term and not one.splits:
        yield (), one.index + 1


def _spans(term: Term) -> Iterator[tuple[str, ...]]:
    """A term as one word of a text, and as two or three that the text writes apart and the analyzer joins."""
    for further in range(3):
        yield (term.norm, *[CONTINUED + term.norm] * further)

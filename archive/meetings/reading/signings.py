"""Agreements that a sentence tells to have been signed: which states signed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archive.meetings.reading.clauses import parted
from archive.meetings.reading.parties import NOBODY, Side, side
from archive.meetings.reading.sentences import Sentence
from archive.meetings.reading.verbs import verb_behind

_NEAR: Final = 16  # words between who signs and what is signed
_REACH: Final = 12  # words between what is signed and «بين … و…»


def _signed(sentence: Sentence, at: int) -> Iterator[Side]:
    """«وقعت قطر وتركيا اتفاقية», «وقع وزير … مع نظيره … مذكرة», «قطر وتركيا توقعان»; «وقع انفجار» signs nothing."""
    is_verb = sentence.has(at, "signed") or (sentence.is_title and sentence.has(at, "signs"))
    if not is_verb or sentence.has(at - 1, "whose"):
        return
    paper = next((n for n in range(at + 1, min(at + _NEAR, len(sentence))) if sentence.has(n, "paper")), None)
    if paper is None:
        return
    subject = side(sentence, at + 1, paper)
    if not subject.parties and paper <= at + 2 and not sentence.is_cut(at):
        subject = _ending_at(sentence, at)
    if len(subject.states) > 1:
        yield from parted(subject)
    elif subject.parties:
        yield subject
        yield _with(sentence, subject.end, paper + _REACH)
    elif paper <= at + 2:
        yield from parted(_between(sentence, paper))


def _signature(sentence: Sentence, at: int) -> Iterator[Side]:
    """«تم توقيع اتفاقية بين … و…», «جرى التوقيع على مذكرة تفاهم بين … و…»; as a title without a verb."""
    if not sentence.has(at, "signature") or not sentence.any_of(at + 1, at + 4, "paper"):
        return
    if sentence.any_of(at - 3, at, "held", "was") or (sentence.is_title and at < 2):
        yield from parted(_between(sentence, at + 1))


def _with(sentence: Sentence, first: int, last: int) -> Side:
    at = next((n for n in range(first, min(last, len(sentence))) if sentence.has(n, "with")), None)
    return NOBODY if at is None else side(sentence, at + 1)


def _between(sentence: Sentence, first: int) -> Side:
    at = next((n for n in range(first, min(first + _REACH, len(sentence))) if sentence.has(n, "between")), None)
    return NOBODY if at is None else side(sentence, at + 1)


def _ending_at(sentence: Sentence, end: int) -> Side:
    """The parties that stand right before a word."""
    found = (side(sentence, n, end) for n in range(max(end - _NEAR, 0), end))
    return next((one for one in found if one.end == end), NOBODY)


def _persian(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… و … تفاهم‌نامه امضا کردند», «سند … میان … و … به امضا رسید», «… با … قرارداد امضا کرد»."""
    if not sentence.has(at, "signature") or verb_behind(sentence, at) != "done":
        return
    if not any(sentence.has(n, "done") for n in range(at + 1, at + 4)) or not sentence.any_of(at - _NEAR, at, "paper"):
        return
    first = max((n + 1 for n in range(at) if sentence.has(n, "says", "undone")), default=0)
    among = next((n for n in range(first, at) if sentence.has(n, "between")), None)
    joined = next((n for n in range(first, at) if sentence.has(n, "with") and side(sentence, n + 1, at).parties), None)
    if among is not None:
        yield from parted(side(sentence, among + 1, at))
    elif joined is not None:
        yield NOBODY if sentence.is_cut(joined) else _ending_at(sentence, joined)
        yield side(sentence, joined + 1, at)
    else:
        found = (side(sentence, n, at) for n in range(first, at))
        yield from parted(next((one for one in found if len(one.states) > 1), NOBODY))


RULES: Final = {"ar": (_signed, _signature), "fa": (_persian,)}

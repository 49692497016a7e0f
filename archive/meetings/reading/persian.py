"""The ways in which a Persian sentence tells a meeting: each rule gives the sides that the word at a number joins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archive.meetings.reading.clauses import is_somewhere, parted, subject_of
from archive.meetings.reading.parties import NOBODY, Side, begins, persons, side
from archive.meetings.reading.sentences import Sentence
from archive.meetings.reading.verbs import verb_behind


def _with_done(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… با … دیدار و گفت‌وگو کرد», «… دیداری با … داشت»."""
    if not sentence.has(at, "with"):
        return
    other = side(sentence, at + 1)
    before = _noun(sentence, at - 1, at - 5)
    behind = _noun(sentence, other.end, other.end + 12) if before is None else None
    noun = behind if before is None else before
    if not other.is_personal or noun is None or sentence.any_of(noun - 3, noun, "before", "this"):
        return
    is_done = _is_completed(sentence, behind) if behind else _is_completed(sentence, other.end - 1, 6)
    between = (other.end, noun) if behind else (noun, at)
    if (
        is_done
        and not sentence.any_of(*between, "says", "undone")
        and not (behind and sentence.has(noun - 1, "during"))
    ):
        yield subject_of(sentence, at if before is None else before)
        yield other


def _noun(sentence: Sentence, first: int, last: int) -> int | None:
    step = 1 if last > first else -1
    return next((n for n in range(first, last, step) if sentence.has(n, "meeting", "talks")), None)


def _in_meeting(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… در دیدار با … گفت»; who met may be named behind: «در دیدار با …، … گفت»."""
    if not (sentence.has(at, "meeting", "talks") and _is_during(sentence, at)):
        return
    among = next((n for n in range(at + 1, at + 6) if sentence.has(n, "with")), None)
    if among is None or sentence.has(at - 1, "this"):
        return
    other = side(sentence, among + 1)
    if other.is_personal and verb_behind(sentence, other.end) != "undone":
        subject = subject_of(sentence, at)
        yield subject if subject.parties else next(persons(sentence, other.end, other.end + 6), NOBODY)
        yield other


def _is_during(sentence: Sentence, at: int) -> bool:
    """«در دیدار», «پس از دیدار»; not «از دیدار … خبر داد»."""
    is_after = sentence.has(at - 2, "after") and sentence.words[at - 1].norm == "از"
    return (
        sentence.has(at - 1, "during")
        or is_after
        or (sentence.has(at - 2, "during") and sentence.has(at - 1, "meeting"))
    )


def _of_persons(sentence: Sentence, at: int) -> Iterator[Side]:
    """«دیدار … با …», «دیدار … و …», as a title or where the sentence takes it for done; bare states hold talks."""
    if not sentence.has(at, "meeting", "talks"):
        return
    first = next((n for n in range(at + 1, at + 6) if begins(sentence, n) or n in sentence.named), at + 1)
    if sentence.any_of(at + 1, first, "with", "stop", "during"):
        return
    one = side(sentence, first)
    sides = tuple(_with(sentence, one))
    end = max((part.end for part in sides), default=0)
    is_held = sentence.any_of(at - 5, at, "held") or _is_ended(sentence, end)
    is_fact = (
        sentence.any_of(at - 3, at, "fact")
        or _is_during(sentence, at)
        or is_held
        or (sentence.is_title and at < 5 and _is_past(sentence, end))
    )
    is_personal = all(part.is_personal for part in sides)
    is_placed = is_somewhere(sentence, end) or is_somewhere(sentence, at - 3)
    is_of_states = sentence.has(at, "talks") and (sentence.any_of(at - 4, at, "round") or is_placed)
    if is_fact and (is_personal or is_held) and ((is_personal and sentence.has(at, "meeting")) or is_of_states):
        yield from sides


def _with(sentence: Sentence, one: Side) -> Iterator[Side]:
    if one.parties and sentence.has(one.end, "with"):
        yield one
        yield side(sentence, one.end + 1)
    else:
        yield from parted(one)


def _together(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… و … در … دیدار کردند»."""
    if not sentence.has(at, "meeting") or sentence.any_of(at - 3, at, "before"):
        return
    among = _is_during(sentence, at) and not _is_completed(sentence, at)
    if among or _is_completed(sentence, at):
        found = [one for one in persons(sentence, 0, at) if len(one.parties) > 1]
        if (
            found
            and not sentence.any_of(found[-1].end, at, "with", "says", "undone")
            and verb_behind(sentence, at) == "done"
        ):
            yield from parted(found[-1])


def _is_completed(sentence: Sentence, noun: int, reach: int = 2) -> bool:
    """Whether a verb in the past makes a noun an act: «دیدار کرد», «دیدار و درباره … گفت‌وگو کرد»."""
    for at in range(noun + 1, min(noun + 1 + reach, len(sentence))):
        if sentence.has(at, "done", "undone") or sentence.words[at].norm == "و":
            return verb_behind(sentence, at) == "done"
        if sentence.has(at, "stop", "with", "during"):
            return sentence.has(at, "place") and at < noun + 4 and verb_behind(sentence, at) == "done"
    return False


def _is_ended(sentence: Sentence, first: int) -> bool:
    """Whether the sentence goes on with «آغاز شد», «برگزار شد», «به پایان رسید»."""
    at = next((n for n in range(first, first + 15) if sentence.has(n, "ended")), None)
    return at is not None and not sentence.any_of(at, at + 3, "undone") and sentence.any_of(at + 1, at + 3, "done")


def _is_past(sentence: Sentence, first: int) -> bool:
    """Whether a title without a verb is no announcement: it names no day of the week to come."""
    return verb_behind(sentence, first) != "undone" and not any(
        word.norm.endswith("شنبه") or word.norm == "جمعه" for word in sentence.words[first:]
    )


RULES: Final = (_with_done, _in_meeting, _of_persons, _together)

"""Calls by telephone that a sentence tells: who spoke with whom. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archive.meetings.reading.clauses import parted, subject_of
from archive.meetings.reading.parties import NOBODY, Side, is_post, opposite, persons, side
from archive.meetings.reading.sentences import Sentence
from archive.meetings.reading.verbs import verb_behind

_NEAR: Final = 14  # words between the verb and the call, or the call and the other side
_FAR: Final = 32  # of a verb that calls alone: an heir to a throne has titles of twenty words


def _arabic(sentence: Sentence, at: int) -> Iterator[Side]:
    """«أجرى … اتصالا هاتفيا مع …», «تلقى … من …», «خلال اتصال هاتفي بين … و…», «بحث … هاتفيا مع …»."""
    if not sentence.has(at, "phone") or sentence.has(at + 1, "whose") or not _is_told(sentence, at):
        return
    begun = at - sentence.has(at - 1, "call")
    among = next((n for n in range(at + 1, at + 5) if sentence.has(n, "between")), None)
    if among is not None:
        yield from parted(_personal(side(sentence, among + 1)))
        return
    if sentence.has(at + 1, "dialled", "joined"):  # «اتصال هاتفي أجراه … مع …», «تلقاه من …»
        own = _personal(side(sentence, at + 2))
        yield own if own.parties else subject_of(sentence, begun)
        yield _other(sentence, max(own.end, at + 2), at)
    else:
        yield subject_of(sentence, begun)
        yield _other(sentence, at + 1, at)


def _is_told(sentence: Sentence, at: int) -> bool:
    """Whether the call was made: by a verb before it or right behind, or as the time of what was said."""
    begun = at - sentence.has(at - 1, "call")
    if sentence.has(at + 1, "between") and sentence.any_of(begun - 3, begun, "held"):
        return True
    names = ("dialled", "dials") if sentence.is_title else ("dialled",)
    is_time = sentence.has(begun - 1, "during", "place") or sentence.has(begun - 2, "during")
    is_far = sentence.any_of(begun - _FAR, begun, "phoned") and not sentence.any_of(begun - _FAR, begun, "says", "stop")
    return (
        is_time or is_far or sentence.any_of(begun - _NEAR, begun, *names) or sentence.has(at + 1, "dialled", "joined")
    )


def _other(sentence: Sentence, first: int, at: int) -> Side:
    """The one who was called, or who called: behind «من» where the call was received."""
    is_received = sentence.any_of(at - _FAR, at + 3, "received")
    for n in range(first, min(first + 5, len(sentence))) if is_received else ():
        if sentence.words[n].norm == "من" and is_post(sentence, n + 1, "") | (n + 1 in sentence.named):
            return _personal(side(sentence, n + 1))
    return opposite(sentence, first, direct=False)


def _personal(one: Side) -> Side:
    return one if one.is_personal else NOBODY


def _in_call(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… در گفت‌وگوی تلفنی با …», «… تلفنی با … گفت‌وگو کرد»; who called may be named behind."""
    is_in = sentence.any_of(at - 2, at, "place") and _is_asked(sentence, at + 2)
    if not sentence.has(at, "phone") or not sentence.has(at + 1, "with"):
        return
    if is_in or verb_behind(sentence, at + 2) != "undone":
        other = _personal(side(sentence, at + 2))
        subject = subject_of(sentence, at)
        is_during = sentence.any_of(at - 4, at, "during")
        if is_in or is_during or sentence.is_title or verb_behind(sentence, at) == "done":
            is_behind = not subject.parties and sentence.is_cut(other.end)
            yield next(persons(sentence, other.end, other.end + 4), NOBODY) if is_behind else subject
            yield other


def _is_asked(sentence: Sentence, first: int) -> bool:
    """Whether the first verb is «خواست»: what was asked for in the call is to come, the call was."""
    verb = next((n for n in range(first, len(sentence)) if sentence.has(n, "asked", "done", "undone")), None)
    return verb is not None and sentence.has(verb, "asked")


def _with_phoned(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… با … تلفنی گفت‌وگو کرد», «… با … تماس تلفنی داشت»."""
    among = next((n for n in range(at - 1, at - _NEAR, -1) if sentence.has(n, "with")), None)
    if sentence.has(at, "phone") and among is not None and verb_behind(sentence, at) == "done":
        other = _personal(side(sentence, among + 1, at))
        if other.parties and not sentence.any_of(other.end, at, "says", "undone", "stop"):
            yield subject_of(sentence, among)
            yield other


def _phoned_together(sentence: Sentence, at: int) -> Iterator[Side]:
    """«گفت‌وگوی تلفنی … و …», «… با …»: as a title, or as the time of what was said; «… و … تلفنی گفت‌وگو کردند»."""
    if not sentence.has(at, "phone") or sentence.has(at + 1, "with"):
        return
    one = _personal(side(sentence, at + 1))
    if one.parties and (sentence.is_title or sentence.any_of(at - 3, at, "during")):
        if sentence.has(one.end, "with"):
            yield one
            yield _personal(side(sentence, one.end + 1))
        else:
            yield from parted(one)
    elif not one.parties and verb_behind(sentence, at) == "done":
        found = [held for held in persons(sentence, 0, at) if len(held.parties) > 1 and at - held.end <= 3]
        found = [held for held in found if not _is_behind_with(sentence, held)]
        if found and not sentence.any_of(found[-1].end, at, "with", "says", "undone"):
            yield from parted(found[-1])


def _is_behind_with(sentence: Sentence, one: Side) -> bool:
    """«با وزرای خارجه ترکیه و عربستان»: another spoke with both, not they with each other."""
    first = one.parties[0].start - sentence.start
    return any(word.start == first and sentence.has(n - 1, "with") for n, word in enumerate(sentence.words))


RULES: Final = {"ar": (_arabic,), "fa": (_in_call, _with_phoned, _phoned_together)}

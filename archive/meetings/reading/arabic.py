"""The ways in which an Arabic sentence tells a meeting: each rule gives the sides that the word at a number joins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archive.meetings.reading.clauses import is_somewhere, parted, subject_of
from archive.meetings.reading.parties import NOBODY, Party, Side, is_post, opposite, persons, side
from archive.meetings.reading.sentences import Sentence

_NEAR: Final = 16  # words between a meeting and what is told of it
_FAR: Final = 30  # words between the verb that says "held" and what was held


def _met(sentence: Sentence, at: int) -> Iterator[Side]:
    """«التقى … نظيره», «وكان … استقبل …»; the present only of a title, where it tells what was."""
    if not (sentence.has(at, "met") or (sentence.is_title and sentence.has(at, "meets"))):
        return
    subject = _before(sentence, at)
    first = at + 1 + sentence.has(at + 1, "therein")
    is_left_out = first < len(sentence) and sentence.words[first].norm[0] == "ب"  # «التقى خلالها بالرئيس …»
    behind = NOBODY if subject.parties or is_left_out else side(sentence, first)
    if behind.is_personal:
        yield behind
        yield opposite(sentence, behind.end, direct=True)
    elif subject.parties or sentence.has(at + 1, "therein"):
        yield subject if subject.parties else subject_of(sentence, at)
        yield opposite(sentence, at + 1, direct=True)


def _before(sentence: Sentence, at: int) -> Side:
    """The person right before a verb: «الجهيناوي يلتقي», «الرئيس السيسي التقى أيضا», «تبون، الذي استقبل»."""
    found = [one for one in persons(sentence, max(at - 16, 0), at) if at - one.end <= 3]
    is_whose = sentence.has(at - 1, "whose")
    is_one = found and (is_whose or not any(sentence.is_cut(n) for n in range(found[-1].end, at + 1)))
    return found[-1] if is_one and len(found[-1].states) == 1 else NOBODY


def _own(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… خلال لقائه بوزير …», «… إن لقاءه مع …», «… غداة لقاء مع …»: the person before is the one side."""
    is_during = sentence.any_of(at - 2, at, "during")
    is_told = is_during or sentence.has(at - 1, "says")
    is_own = sentence.has(at, "own") and (
        is_told
        or sentence.any_of(at - 4, at, "fact")
        or (sentence.words[at].norm[0] == "و" and sentence.any_of(at - _FAR // 2, at, "visit"))
    )
    is_by = sentence.has(at - 1, "during") and at + 1 < len(sentence) and is_post(sentence, at + 1, "ب")
    is_with = is_by or sentence.any_of(at + 1, at + 3, "with")
    if is_own or (is_told and is_with and sentence.has(at, "meeting", "talks")):
        yield subject_of(sentence, at)
        yield opposite(sentence, at + 1, direct=is_own)


def _joined(sentence: Sentence, at: int) -> Iterator[Side]:
    """«اللقاء الذي جمع … بـ…», «الذي جمعها بـ…», «مباحثات أجراها … مع …», «الذي دار بين … و…», «بينه وبين …»."""
    if not (sentence.has(at, "joined") and sentence.any_of(at - 4, at, "meeting", "talks")):
        return
    if sentence.has(at + 1, "each") and sentence.has(at + 2, "between"):
        yield subject_of(sentence, at)
        yield side(sentence, at + 3)
    elif sentence.has(at + 1, "between"):
        yield from parted(side(sentence, at + 2))
    elif sentence.words[at].norm.endswith(("جمعها", "جمعه")) and opposite(sentence, at + 1, direct=False).parties:
        yield subject_of(sentence, at)
        yield opposite(sentence, at + 1, direct=False)
    else:
        yield from _facing(sentence, opposite(sentence, at + 1, direct=True))


def _held(sentence: Sentence, at: int) -> Iterator[Side]:
    """«عقد … اجتماعا مع …», «أجرى خلالها محادثات مع …»: who holds a meeting, and with whom."""
    verb = _holding(sentence, at)
    if verb is not None and sentence.has(verb, "made") and not sentence.words[at].norm.startswith("ال"):
        subject = side(sentence, verb + 1, at) if verb + 1 < at else side(sentence, 0, verb)
        is_left_out = verb + 1 == at or sentence.has(verb + 1, "therein")
        if len(subject.states) > 1:  # «عقدت وزارتا الخارجية الأذربيجانية واللاتفية مشاورات»
            yield from parted(subject)
            return
        told_before = subject_of(sentence, verb) if is_left_out else _before(sentence, verb)
        yield subject if subject.is_personal and verb + 1 < at else told_before
        yield opposite(sentence, at + 1, direct=False)


def _among(sentence: Sentence, at: int) -> Iterator[Side]:
    """«عقدت جولة من المشاورات بين … و…», «محادثات أذربيجانية قطرية»: sides that stand in one list."""
    if not sentence.has(at, "meeting", "talks"):
        return
    listed = _listed(sentence, at)
    verb = _holding(sentence, at)
    is_told = sentence.has(at - 1, "says") or sentence.any_of(at - 2, at, "during")
    is_told = is_told and not sentence.any_of(listed.end, listed.end + _NEAR, "may", "planned")
    cut = next((n for n in range(listed.end, listed.end + _NEAR) if sentence.is_cut(n)), listed.end + _NEAR)
    is_ended = sentence.any_of(listed.end, cut, "ended")
    is_held = (verb is not None and (listed.is_personal or at - verb < _NEAR)) or (
        is_ended and sentence.has(at, "talks")
    )
    is_headline = sentence.is_title and at < 2 and (listed.is_personal or is_somewhere(sentence, listed.end))
    if is_held or is_headline or (is_told and listed.is_personal):
        yield from parted(listed)


def _listed(sentence: Sentence, at: int) -> Side:
    """The list behind «بين», or two adjectives of states: «مشاورات سياسية أذربيجانية لاتفية»."""
    for n in range(at + 1, min(at + 8, len(sentence))):
        if sentence.has(n, "between") and n < at + 6:
            return side(sentence, n + 1)
        one, other = sentence.named.get(n), sentence.named.get(n + 1)
        if one and other and one[1] == n + 1 and one[0].kind == other[0].kind == "country":
            is_joined = sentence.is_cut(n + 1) or sentence.attached(n + 1).startswith("و")
            parties = tuple(Party(held.states[0], held.start, held.end, "", False) for held, _end in (one, other))
            return NOBODY if is_joined or not _is_of_kind(sentence, at + 1, n) else Side(parties, n + 2)
        if sentence.has(n, "stop") or sentence.is_cut(n):
            break
    return NOBODY


def _is_of_kind(sentence: Sentence, first: int, last: int) -> bool:
    """Whether nothing but its kind stands between a meeting and its states: «سياسية», «الدورة الثالثة للجنة»."""
    return all(sentence.has(n, "kind") for n in range(first, last))


def _holding(sentence: Sentence, at: int) -> int | None:
    """The verb that says that a meeting was held, before its word and in its clause."""
    if not sentence.has(at, "meeting", "talks"):
        return None
    verb = next((n for n in range(at - 1, max(at - _FAR, -1), -1) if _holds(sentence, n)), None)
    return None if verb is None or sentence.any_of(verb + 1, at, "says") else verb


def _holds(sentence: Sentence, at: int) -> bool:
    """Whether a word is a verb that says "held"; «إلى عقد لقاء» wishes for one."""
    is_verb = sentence.has(at, "held") or (sentence.is_title and sentence.has(at, "holds"))
    return is_verb and not (at > 0 and sentence.words[at - 1].norm in {"الي", "علي", "عن"})


def _of(sentence: Sentence, at: int) -> Iterator[Side]:
    """«لقاء … بوزير خارجية …», «مباحثات … و…»: as a title, after «خلال», or where the sentence goes on «تم …»."""
    one = side(sentence, at + 1) if sentence.has(at, "meeting", "talks") else NOBODY
    if one.is_personal:
        sides = tuple(_facing(sentence, one))
        is_joined = sides[0].end == sides[-1].end
        is_fact = (sentence.is_title and at < 5 and not is_joined) or sentence.any_of(at - 2, at, "during")
        if is_fact or sentence.any_of(sides[-1].end, sides[-1].end + _FAR, "was"):
            yield from sides


def _facing(sentence: Sentence, one: Side) -> Iterator[Side]:
    """The parties of a list by themselves, or a side and the one that is joined to it by «مع» or «بـ»."""
    other = opposite(sentence, one.end, direct=False) if one.parties else NOBODY
    if other.parties:
        yield one
        yield other
    else:
        yield from parted(one)


RULES: Final = (_met, _own, _joined, _held, _among, _of)

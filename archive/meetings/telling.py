"""Which meeting of states a sentence tells: both sides as its parties, held and not planned, doubted or denied. Pure.

A meeting is taken only where the grammar of the sentence gives it: «التقى ص نظيره س», «خلال لقائه بوزير …», «عقدت جولة
بين … و…», «با … دیدار کرد», «در دیدار با …». What is not surely told is left: a meeting that is missed can be found in
the list of reports, one that never was cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from archive.meetings.parties import NOBODY, Party, Side, begins, is_post, opposite, persons, side
from archive.meetings.sentences import Sentence
from search.analysis import place_ids

_NEAR: Final = 16  # words before the telling word in which a plan is read
_FAR: Final = 30  # words between the verb that says "held" and what was held
# A verb of the future beside it («سينقل خلال لقائه»), and one of meeting farther before; «سياسة» and «سيرغي» are none.
_WILL: Final = re.compile("[وف]?س[يتأن](?!اس|اد|ار|د|ر|ط|م|ف|نا|ول|ين)[^\\W\\d_]{3,}")
_WILL_MEET: Final = re.compile(
    "[وف]?س[يتن](?:لت|جتمع|عقد|بحث|جر[يى]|ستقبل|زور|توجه|شارك|كون|تم|ناقش|بد[أا]|نطلق|قوم|تر[أا]س|سافر|صل|قابل)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Two sides or more that met, by the words from number `word` on."""

    sides: tuple[Side, ...]
    word: int


def told(sentence: Sentence) -> Told | None:
    """The meeting that a sentence tells, None where it surely tells of none."""
    if sentence.any_of(0, len(sentence), "sport", "cancelled") or _is_call(sentence):
        return None
    rules = _ARABIC if sentence.language == "ar" else _PERSIAN
    for at in (n for n in range(len(sentence)) if not sentence.has(n + 1, "press")):
        for rule in rules:
            sides = tuple(rule(sentence, at))
            if len(sides) > 1 and _is_apart(sides) and not _is_doubted(sentence, at, max(one.end for one in sides)):
                return Told(sides, at)
    return None


def _is_call(sentence: Sentence) -> bool:
    """Whether a call is spoken of; «الاتصال المرئي» is a meeting by video."""
    return any(sentence.has(n, "noise") and not sentence.has(n + 1, "seen") for n in range(len(sentence)))


def _is_apart(sides: Iterable[Side]) -> bool:
    """Whether no state stands on two sides."""
    states = [state for one in sides for state in one.states]
    return all(one.parties for one in sides) and len(states) == len(set(states)) > 1


def _is_doubted(sentence: Sentence, at: int, end: int) -> bool:
    """Denied, planned, wished, asked for or doubted, by the words before the telling word and up to the last party."""
    behind = max(end, at + 1)
    last = next((n for n in range(behind, behind + 5) if sentence.is_cut(n)), min(behind + 5, len(sentence)))
    first = max(at - _NEAR, 0)
    if (
        sentence.any_of(at - 3, at, "no")
        or sentence.any_of(at - 4, at, "before")
        or sentence.any_of(first, last, "planned")
    ):
        return True
    return any(_WILL_MEET.match(sentence.words[place].norm) for place in range(first, last)) or any(
        _WILL.match(sentence.words[place].norm)
        for place in (*range(max(at - 4, 0), at), *range(behind, min(behind + 2, len(sentence))))
    )


def _parted(one: Side) -> tuple[Side, ...]:
    """The parties of a list as sides: «بين إيران وقطر» has two."""
    return tuple(Side((party,), one.end) for party in one.parties)


# Arabic


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
        yield subject if subject.parties else _subject(sentence, at)
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
        yield _subject(sentence, at)
        yield opposite(sentence, at + 1, direct=is_own)


def _joined(sentence: Sentence, at: int) -> Iterator[Side]:
    """«اللقاء الذي جمع … بـ…», «الذي جمعها بـ…», «مباحثات أجراها … مع …», «الذي دار بين … و…», «بينه وبين …»."""
    if not (sentence.has(at, "joined") and sentence.any_of(at - 4, at, "meeting", "talks")):
        return
    if sentence.has(at + 1, "each") and sentence.has(at + 2, "between"):
        yield _subject(sentence, at)
        yield side(sentence, at + 3)
    elif sentence.has(at + 1, "between"):
        yield from _parted(side(sentence, at + 2))
    elif sentence.words[at].norm.endswith(("جمعها", "جمعه")) and opposite(sentence, at + 1, direct=False).parties:
        yield _subject(sentence, at)
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
            yield from _parted(subject)
            return
        told_before = _subject(sentence, verb) if is_left_out else _before(sentence, verb)
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
    is_headline = sentence.is_title and at < 2 and (listed.is_personal or _is_somewhere(sentence, listed.end))
    if is_held or is_headline or (is_told and listed.is_personal):
        yield from _parted(listed)


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
        yield from _parted(one)


# Persian


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
        yield _subject(sentence, at if before is None else before)
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
    if other.is_personal and _verb(sentence, other.end) != "undone":
        subject = _subject(sentence, at)
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
    is_placed = _is_somewhere(sentence, end) or _is_somewhere(sentence, at - 3)
    is_of_states = sentence.has(at, "talks") and (sentence.any_of(at - 4, at, "round") or is_placed)
    if is_fact and (is_personal or is_held) and ((is_personal and sentence.has(at, "meeting")) or is_of_states):
        yield from sides


def _with(sentence: Sentence, one: Side) -> Iterator[Side]:
    if one.parties and sentence.has(one.end, "with"):
        yield one
        yield side(sentence, one.end + 1)
    else:
        yield from _parted(one)


def _together(sentence: Sentence, at: int) -> Iterator[Side]:
    """«… و … در … دیدار کردند»."""
    if not sentence.has(at, "meeting") or sentence.any_of(at - 3, at, "before"):
        return
    among = _is_during(sentence, at) and not _is_completed(sentence, at)
    if among or _is_completed(sentence, at):
        found = [one for one in persons(sentence, 0, at) if len(one.parties) > 1]
        if found and not sentence.any_of(found[-1].end, at, "with", "says", "undone") and _verb(sentence, at) == "done":
            yield from _parted(found[-1])


def _subject(sentence: Sentence, before: int) -> Side:
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


def _verb(sentence: Sentence, first: int) -> str:
    """Of what kind the first verb from a word on is: `done` («کرد»), `undone` («خواهد», «می‌کند»), "" without any."""
    for at in range(first, min(first + 30, len(sentence))):
        if sentence.has(at, "undone"):
            return "undone"
        if sentence.has(at, "done"):
            return "undone" if sentence.has(at + 1, "undone") else "done"
    return ""


def _is_completed(sentence: Sentence, noun: int, reach: int = 2) -> bool:
    """Whether a verb in the past makes a noun an act: «دیدار کرد», «دیدار و درباره … گفت‌وگو کرد»."""
    for at in range(noun + 1, min(noun + 1 + reach, len(sentence))):
        if sentence.has(at, "done", "undone") or sentence.words[at].norm == "و":
            return _verb(sentence, at) == "done"
        if sentence.has(at, "stop", "with", "during"):
            return sentence.has(at, "place") and at < noun + 4 and _verb(sentence, at) == "done"
    return False


def _is_ended(sentence: Sentence, first: int) -> bool:
    """Whether the sentence goes on with «آغاز شد», «برگزار شد», «به پایان رسید»."""
    at = next((n for n in range(first, first + 15) if sentence.has(n, "ended")), None)
    return at is not None and not sentence.any_of(at, at + 3, "undone") and sentence.any_of(at + 1, at + 3, "done")


def _is_past(sentence: Sentence, first: int) -> bool:
    """Whether a title without a verb is no announcement: it names no day of the week to come."""
    return _verb(sentence, first) != "undone" and not any(
        word.norm.endswith("شنبه") or word.norm == "جمعه" for word in sentence.words[first:]
    )


def _is_somewhere(sentence: Sentence, first: int) -> bool:
    """Whether a place is told within some words: «در ژنو», «در واشنگتن»."""
    return any(
        sentence.has(n, "place") and (n + 1 in sentence.named or is_city(sentence.words[n + 1].norm))
        for n in range(max(first, 0), min(first + 6, len(sentence) - 1))
    )


def is_city(norm: str) -> bool:
    return any(place.startswith("city:") for place in place_ids((norm,)))


def _one(found: Iterable[Side]) -> Side:
    """The first of these where all are of one state, else NOBODY."""
    held = list(found)
    return held[0] if held and len({state for one in held for state in one.states}) == 1 else NOBODY


def parties(told_: Told) -> tuple[Party, ...]:
    return tuple(party for one in told_.sides for party in one.parties)


_ARABIC: Final = (_met, _own, _joined, _held, _among, _of)
_PERSIAN: Final = (_with_done, _in_meeting, _of_persons, _together)

"""Which meetings of states a sentence tells: both sides as its parties, held and not planned, doubted or denied. Pure.

A meeting is taken only where the grammar of the sentence gives it: «التقى ص نظيره س», «خلال لقائه بوزير …», «عقدت جولة
بين … و…», «با … دیدار کرد», «در دیدار با …». What is not surely told is left: a meeting that is missed can be found in
the list of reports, one that never was cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from archive.meetings.reading import arabic, calls, persian, signings, visits
from archive.meetings.reading.parties import Side
from archive.meetings.reading.sentences import Sentence

MEETING, CALL, SIGNING, VISIT = "meeting", "call", "signing", "visit"
_RULES: Final[dict[str, Mapping[str, tuple[Callable[[Sentence, int], Iterable[Side]], ...]]]] = {
    MEETING: {"ar": arabic.RULES, "fa": persian.RULES},
    CALL: calls.RULES,
    SIGNING: signings.RULES,
    VISIT: visits.RULES,
}
_NEAR: Final = 16  # words before the telling word in which a plan is read
# A verb of the future beside it («سينقل خلال لقائه»), and one of meeting farther before; «سياسة» and «سيرغي» are none.
_WILL: Final = re.compile("[وف]?س[يتأن](?!اس|اد|ار|د|ر|ط|م|ف|نا|ول|ين)[^\\W\\d_]{3,}")
_WILL_MEET: Final = re.compile(
    "[وف]?س[يتن](?:لت|جتمع|عقد|بحث|جر[يى]|ستقبل|زور|توجه|شارك|كون|تم|ناقش|بد[أا]|نطلق|قوم|تر[أا]س|سافر|صل|قابل)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Two sides or more that met, by the words from number `word` on; `kind` says how, "" for a meeting in a room."""

    sides: tuple[Side, ...]
    word: int
    kind: str = MEETING


def told(sentence: Sentence) -> Iterator[Told]:
    """What a sentence tells, at most one of each kind: a call alone, or else meetings, signings and visits."""
    if sentence.any_of(0, len(sentence), "sport", "cancelled"):
        return
    kinds = (CALL,) if _is_call(sentence) else (MEETING, SIGNING, VISIT)
    for one in (_told(sentence, kind) for kind in kinds):
        if one is not None:
            yield from _calls(one) if one.kind == CALL else (one,)


def _calls(found: Told) -> Iterator[Told]:
    """Who calls several, «با وزرای خارجه ترکیه و عربستان», calls one after the other."""
    first, *others = sorted(found.sides, key=lambda one: len(one.parties))
    for party in (party for other in others for party in other.parties):
        yield replace(found, sides=(first, Side((party,), found.sides[-1].end)))


def _told(sentence: Sentence, kind: str) -> Told | None:
    rules = _RULES[kind][sentence.language]
    for at in (n for n in range(len(sentence)) if not sentence.has(n + 1, "press")):
        for rule in rules:
            sides = tuple(rule(sentence, at))
            if (
                len(sides) > 1
                and _is_apart(sides)
                and not _is_doubted(sentence, at, kind, max(one.end for one in sides))
            ):
                return Told(sides, at, kind)
    return None


def _is_call(sentence: Sentence) -> bool:
    """Whether a call is spoken of; «الاتصال المرئي» is a meeting by video."""
    return any(sentence.has(n, "noise") and not sentence.has(n + 1, "seen") for n in range(len(sentence)))


def _is_apart(sides: Iterable[Side]) -> bool:
    """Whether no state stands on two sides."""
    states = [state for one in sides for state in one.states]
    return all(one.parties for one in sides) and len(states) == len(set(states)) > 1


def _is_doubted(sentence: Sentence, at: int, kind: str, end: int) -> bool:
    """Denied, planned, wished, asked for or doubted, by the words before the telling word and up to the last party."""
    behind = max(end, at + 1)
    last = next((n for n in range(behind, behind + 5) if sentence.is_cut(n)), min(behind + 5, len(sentence)))
    first = max(at - _NEAR, 0)
    if (
        sentence.any_of(at - 3, at, "no")
        or sentence.any_of(at - (2 if kind == VISIT else 4), at, "before")  # «برای رایزنی به مادرید سفر کرد»
        or sentence.any_of(first, last, "planned")
    ):
        return True
    return any(_WILL_MEET.match(sentence.words[place].norm) for place in range(first, last)) or any(
        _WILL.match(sentence.words[place].norm)
        for place in (*range(max(at - 4, 0), at), *range(behind, min(behind + 2, len(sentence))))
    )

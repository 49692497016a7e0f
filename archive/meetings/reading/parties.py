"""Parties of a meeting: persons, delegations and states, read word by word. Pure.

وزير الخارجية القطري محمد بن عبد الرحمن → Qatar; سفرای چین و روسیه → China and Russia, on one side; «لدى قطر» and
«بالسعودية» are places and no party, «ملف إيران» is a subject of talks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from archive.meetings.reading.sentences import NamedParty, Sentence, classes

_LONGEST: Final = (
    7  # words before the state of a post (نائب رئيس الوزراء ووزير خارجية جمهورية …), or of a name behind it
)
_PROTOCOL: Final = 18  # where it has a post or a title
_SCAN: Final = 16  # words between two sides: time, place, names that are not on file
_LIST: Final = frozenset(("،", ",", "-", "ـ", "–"))


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: a state, by the words from `start` to `end` of the text; `official` is a slug where one is named.

    `is_person`: a person or a delegation speaks for the state, not its bare name.
    """

    state: str
    start: int
    end: int
    official: str = ""
    is_person: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """Parties that stand together, and the number of the word behind them."""

    parties: tuple[Party, ...] = ()
    end: int = 0

    @property
    def states(self) -> frozenset[str]:
        return frozenset(party.state for party in self.parties)

    @property
    def is_personal(self) -> bool:
        return bool(self.parties) and all(party.is_person for party in self.parties)


NOBODY: Final = Side()


def side(sentence: Sentence, first: int, until: int | None = None) -> Side:
    """The parties that the noun phrase at word `first` names, one or several joined by "and"; NOBODY if none."""
    phrase, at, end = _Phrase(sentence, first), first, min(until or len(sentence), len(sentence))
    if sentence.has(first, "stop", "place"):
        return NOBODY
    while at < end and at - phrase.begun <= phrase.longest and not (at > first and _stops(sentence, at, phrase)):
        held, behind = sentence.named.get(at, (None, at + 1))
        if held and not phrase.take(held, at, behind):
            break
        if not held:
            phrase.read(at)
        at = behind
    return Side(tuple(phrase.parties), phrase.end) if phrase.parties else NOBODY


class _Phrase:
    """What was read of a noun phrase: `begun` is the first word of the party that is being read."""

    def __init__(self, sentence: Sentence, first: int) -> None:
        self.sentence, self.begun, self.end = sentence, first, first
        self.parties: list[Party] = []
        self.joined, self.post, self.loose = False, False, False
        self.first: int | None = None  # the first word of the party's post or title
        self.private = False  # a firm, an opposition, the head of a body: no party for his state

    @property
    def longest(self) -> int:
        """Protocol has long titles: «سمو ولي ولي العهد النائب الثاني لرئيس مجلس الوزراء وزير الدفاع الأمير …»."""
        return _LONGEST if self.first is None else _PROTOCOL

    def read(self, at: int) -> None:
        """A word that is no name: an "and", a post, a title, a name that is not on file."""
        norm = self.sentence.words[at].norm
        post = is_post(self.sentence, at)
        self.private = self.private or self.sentence.has(at, "private")
        if self.parties and _is_joined(self.sentence, at):
            self.joined, self.post, self.loose = True, post, False
            self.begun, self.first = at + (norm == "و"), None
        told = post or self.sentence.has(at, "title")
        self.post, self.loose = self.post or post, self.loose or not (told or self.first is not None or norm == "و")
        self.first = at if told and self.first is None else self.first

    def take(self, held: NamedParty, at: int, behind: int) -> bool:
        """Take a name in; False where it is no party of this phrase."""
        attached = self.sentence.attached(at)
        if not held.states or self.private or (at > self.begun and attached.strip("وفال") and attached):
            return False
        if held.kind == "official" and self.sentence.has(behind, "private"):
            return False  # «مارک روته» دبیرکل ناتو: he speaks for no state
        last = self.parties[-1] if self.parties else None
        if last is None and attached.startswith("و") and at > self.begun:
            return False  # «ممثلي الرئيس السابق والولايات المتحدة»: the first is of no state that is known
        is_apposed = held.kind == "official" and not attached and last and last.state in held.states
        if last and not is_apposed and (attached.startswith("و") or self.sentence.is_cut(at)):
            self.joined, self.post, self.loose, self.begun = True, False, False, at
        is_person = self.post or held.kind == "official"
        state = last.state if last and last.state in held.states else held.states[0]
        official = held.slug if held.kind == "official" else ""
        if last and last.state == state and not self.joined:
            self.parties[-1] = replace(
                last, end=held.end, official=last.official or official, is_person=last.is_person or is_person
            )
        elif (last and not self.joined) or (self.loose and (last or not self.post)):
            return False
        else:
            inherited = last is not None and at == self.begun and last.is_person
            start = held.start if self.first is None else self.sentence.start + self.sentence.words[self.first].start
            self.parties.append(Party(state, start, held.end, official, is_person or inherited))
        self.end = self.begun = behind
        self.joined = self.post = self.loose = False
        self.first = None
        return True


def _is_joined(sentence: Sentence, at: int) -> bool:
    """Whether a word is an "and" or has one: «ونظيره»; the و of «وزير» is its own."""
    norm = sentence.words[at].norm
    attached = sentence.language == "ar" and norm[0] == "و" and len(norm) > 3
    return norm == "و" or (attached and norm not in classes("ar")["party"])


def _stops(sentence: Sentence, at: int, phrase: _Phrase) -> bool:
    """Whether a noun phrase ends before a word; a list of names, and a post behind a name, go on over a comma."""
    if sentence.has(at, "stop", "with", "during", "between", "met", "meets", "held", "place"):
        return True
    goes_on = at in sentence.named or (not phrase.parties and is_post(sentence, at))
    return sentence.is_cut(at) and not (goes_on and sentence.words[at].gap.strip(' «»"') in _LIST)


def is_post(sentence: Sentence, at: int, particles: str = "وفب") -> bool:
    """Whether a word names a post or a delegation; in Arabic also behind particles: «بنظيره», «ووزير»."""
    if not 0 <= at < len(sentence):
        return False
    norm = sentence.words[at].norm
    known = classes(sentence.language)["party"]
    if norm in known or sentence.language != "ar":
        return norm in known
    return norm[0] in particles and (norm[1:] in known or (norm[:2] == "لل" and f"ال{norm[2:]}" in known))


def begins(sentence: Sentence, at: int) -> bool:
    """Whether a noun phrase of a person may begin at a word: a post, a title, an official by name."""
    held = sentence.named.get(at)
    is_named = held is not None and held[0].kind == "official" and sentence.attached(at).strip("وفال") == ""
    return is_post(sentence, at) or sentence.has(at, "title") or is_named


def opposite(sentence: Sentence, first: int, *, direct: bool) -> Side:
    """The other side behind word `first`: after «مع», «با», or at «بنظيره»; `direct` where the verb takes it without.

    Looks over time and place («اليوم في موسكو»); the first person that comes is the other side, on file or not.
    """
    for at in range(first, min(first + _SCAN, len(sentence))):
        norm, known = sentence.words[at].norm, sentence.named.get(at)
        if sentence.has(at, "with"):
            return _person(side(sentence, at + 1))
        if (
            sentence.language == "ar"
            and norm[0] == "ب"
            and (
                (is_post(sentence, at, "ب") and norm not in classes("ar")["party"])
                or norm[1:] in classes("ar")["title"]
                or (known and known[0].kind == "official" and sentence.attached(at).startswith("ب"))
            )
        ):
            return _person(side(sentence, at))
        if ":" in sentence.words[at].gap or (sentence.has(at, "stop") and not _is_day_before(sentence, at)):
            return NOBODY
        if direct and begins(sentence, at) and not _is_of_place(sentence, at) and not _is_joined(sentence, at):
            return _person(side(sentence, at))
    return NOBODY


def _person(one: Side) -> Side:
    return one if one.is_personal else NOBODY


def _is_day_before(sentence: Sentence, at: int) -> bool:
    """«أول من أمس»: this من begins nothing."""
    return at + 1 < len(sentence) and sentence.words[at].norm == "من" and sentence.words[at + 1].norm == "امس"


def _is_of_place(sentence: Sentence, at: int) -> bool:
    """Whether a post stands in the name of a place: «في قصر الرئاسة», «بمكتب الرئيس»."""
    before = [sentence.words[place].norm for place in range(max(at - 1, 0), at)]
    return sentence.has(at - 1, "place") or sentence.has(at - 2, "place") or any(norm[0] == "ب" for norm in before)


def persons(sentence: Sentence, first: int, last: int) -> Iterator[Side]:
    """The sides of persons that begin between two words, in order."""
    at = first
    while at < last:
        found = side(sentence, at, last) if begins(sentence, at) or is_post(sentence, at, "ل") else NOBODY
        if found.is_personal:
            yield found
        at = max(found.end, at + 1)

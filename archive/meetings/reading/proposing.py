"""The meetings that a report tells, each with its sentence, parties, place and day: proposals to a curator. Pure.

A proposal says nothing that its sentence does not say. Offsets are into the title, two line ends and the text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.extraction.dates import find_dates
from archive.extraction.dates.tokens import tokenize
from archive.extraction.dates.words import WEEKDAYS
from archive.meetings.reading.clauses import is_city
from archive.meetings.reading.parties import Party
from archive.meetings.reading.sentences import NamedParty, Sentence, sentences
from archive.meetings.reading.telling import MEETING, VISIT, Told, told
from archive.stories.counts import rounds
from search.analysis import analyze
from search.terms import terms

CONSULTATIONS, TALKS = "consultations", "talks"
_OF_TERMS: Final = {
    "political-consultations": CONSULTATIONS,
    "consultations": CONSULTATIONS,
    "talks": TALKS,
    "negotiations": TALKS,
}
_VIDEO: Final = re.compile(r"مؤتمر فيديو|الاتصال المرئي|تقنية الفيديو|ویدئو ?کنفرانس|ویدیو ?کنفرانس|ویدئوکنفرانس")
_PLACE_REACH: Final = 20  # words behind the telling word
_LONGEST: Final = 20_000  # code points that are read
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A meeting as one sentence tells it: `sentence`, `word` and `place` are half open, `place` is (0, 0) for none.

    `day` is the day that the sentence gives, None where it gives none; `is_ago`: it speaks of a time before, so that
    the day of the report is not meant. `round` is 0 where none is told.
    """

    kind: str
    round: int
    sides: tuple[tuple[Party, ...], ...]
    sentence: Span
    word: Span
    place: Span
    day: datetime.date | None
    is_ago: bool
    by_video: bool

    def is_between(self, one: str, other: str) -> bool:
        """Whether both states, by their slugs, took part, on two sides."""
        at = {state: number for number, side in enumerate(self.sides) for state in (party.state for party in side)}
        return one in at and other in at and at[one] != at[other]

    @property
    def parties(self) -> tuple[Party, ...]:
        return tuple(party for side in self.sides for party in side)


def way_of(kind: str) -> str:
    """The way in which states meet: in a room, whatever the report calls it, by telephone, on a visit, to sign."""
    return MEETING if kind in {CONSULTATIONS, TALKS} else kind


def proposals(
    title: str, body: str, language: str, named: Sequence[NamedParty], day: datetime.date | None
) -> Iterator[Proposal]:
    """The meetings that a report of this day tells, in the order of the text. NFC text in logical order.

    `language` is `ar` or `fa`; `named` are the records of title and text in order, `day` None unless known to the day.
    """
    text = f"{title}\n\n{body[:_LONGEST]}"
    for sentence in sentences(text, language, named, len(title) + 2):
        for found in told(sentence):
            yield _proposal(sentence, found, day)


def spoken_of(
    title: str, body: str, language: str, named: Sequence[NamedParty], states: Sequence[str]
) -> tuple[Span, Span] | None:
    """The first sentence with a word for a meeting that names all these states, and the word: no proposal."""
    text = f"{title}\n\n{body[:_LONGEST]}"
    for sentence in sentences(text, language, named, len(title) + 2):
        held = {state for one, _end in sentence.named.values() for state in one.states}
        at = next((n for n in range(len(sentence)) if sentence.has(n, "meeting", "talks", "own", "met", "meets")), None)
        if at is not None and held.issuperset(states) and not sentence.any_of(0, len(sentence), "sport"):
            return _span(sentence, 0, len(sentence)), _span(sentence, at, at + 1)
    return None


def _proposal(sentence: Sentence, found: Told, day: datetime.date | None) -> Proposal:
    tokens = analyze(sentence.text, sentence.language)
    first = next((number for _start, _end, number in rounds(tokens)), 0)
    given, is_ago = _day(sentence, found, day)
    return Proposal(
        kind=_kind(sentence) if found.kind == MEETING else found.kind,
        round=first,
        sides=tuple(one.parties for one in found.sides),
        sentence=_span(sentence, 0, len(sentence)),
        word=_span(sentence, found.word, found.word + 1),
        place=_place(sentence, found) if found.kind != VISIT else _host_place(sentence, found),
        day=given,
        is_ago=is_ago,
        by_video=bool(_VIDEO.search(sentence.text)),
    )


def _span(sentence: Sentence, first: int, last: int) -> Span:
    """Words of a sentence as offsets into the text; a whole sentence takes its signs along."""
    start = sentence.words[first].start + sentence.start
    end = sentence.words[last - 1].end + sentence.start
    if (first, last) == (0, len(sentence)):
        whole = sentence.text
        start = sentence.start + len(whole) - len(whole.lstrip())
        end = sentence.start + len(whole.rstrip())
    return start, end


def _kind(sentence: Sentence) -> str:
    kinds = {_OF_TERMS.get(one.concept.slug) for one in terms().find(sentence.text, sentence.language)}
    return next((kind for kind in (CONSULTATIONS, TALKS) if kind in kinds), MEETING)


def _day(sentence: Sentence, found: Told, day: datetime.date | None) -> tuple[datetime.date | None, bool]:
    """The one day that a sentence gives (a date, أمس, «امروز», the last «الثلاثاء»), and whether it means another.

    None where it gives none or several; then the second is whether it speaks of another time than the day of the
    report: «الأسبوع الماضي», «سال گذشته», a year, a weekday that does not fit.
    """
    hits = [hit for hit in find_dates(sentence.text, sentence.language, day) if hit.certainty != "low"]
    days = {hit.first_day for hit in hits if hit.precision in {"day", "minute"} and not hit.is_range}
    if hits:
        days = {held for held in days if day is None or held <= day}  # a later day is of what was agreed
        return (days.pop(), False) if len(days) == 1 == len(hits) else (None, True)
    numbers = [word.norm for word in sentence.words if word.norm.isdecimal() and len(word.norm) == 4]
    if numbers or day is None or sentence.any_of(found.word - _PLACE_REACH, found.word + _PLACE_REACH, "ago"):
        return None, True
    weekdays = set(_weekdays(sentence))
    if sentence.any_of(0, len(sentence), "today"):
        return (day, False) if weekdays <= {day.weekday()} else (None, True)
    if len(weekdays) != 1:
        return None, bool(weekdays)
    return day - datetime.timedelta((day.weekday() - weekdays.pop()) % 7), False


def _weekdays(sentence: Sentence) -> Iterator[int]:
    """Mondays are 0. Arabic ones have their article: خميس is a name, too."""
    tokens, at = tokenize(sentence.text, sentence.language), 0
    while at < len(tokens.words):
        found = WEEKDAYS.read(tokens, at, prefixes="وبلف")
        if found and (sentence.language != "ar" or "ال" in tokens.words[at][:3]):
            yield found[0]
        at = found[1] if found else at + 1


def _place(sentence: Sentence, found: Told) -> Span:
    """The first city or country behind "in" near the telling word: «في العاصمة الروسية موسكو», «در تهران»."""
    begun = min(min(one.end for one in found.sides), found.word)
    for first, last in ((found.word, found.word + _PLACE_REACH), (begun, found.word)):
        for at in range(first, min(last, len(sentence))):
            if sentence.has(at, "topic"):
                break
            if not sentence.any_of(at - 6, at, "abroad") and (span := _behind(sentence, at)):
                return span
    return 0, 0


def _host_place(sentence: Sentence, found: Told) -> Span:
    """The city that stands beside the host of a visit: «إلى العاصمة القطرية الدوحة»; else the host."""
    host = found.sides[-1]
    return _where(sentence, host.end - 1) or (host.parties[0].start, host.parties[0].end)


def _behind(sentence: Sentence, at: int) -> Span | None:
    """The place behind «في», «در», or in «بالرياض», «بالعاصمة الألمانية برلين»."""
    norm = sentence.words[at].norm
    if sentence.language == "ar" and norm[0] == "ب" and is_city(norm[1:]):
        start, end = _span(sentence, at, at + 1)
        return start + 1, end
    is_in = sentence.has(at, "place") or (sentence.language == "ar" and norm in {"بالعاصمه", "بمدينه"})
    return _where(sentence, at + 1) if is_in else None


def _where(sentence: Sentence, first: int) -> Span | None:
    """The city within some words, else the country that stands right there."""
    for at in range(first, min(first + 4, len(sentence))):
        if sentence.is_cut(at) or sentence.has(at, "stop", "with", "place", "abroad"):
            break
        if is_city(sentence.words[at].norm):
            return _span(sentence, at, at + 1)
    held = sentence.named.get(first)
    if held and held[0].kind == "country":
        return held[0].start, held[0].end
    return None

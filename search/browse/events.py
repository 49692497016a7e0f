"""The meeting that a report tells at its head: what kind, which round, where, and the words it rests on. Pure.

What is read is the title and the first lines, where news says what happened; a meeting in passing further down counts
for nothing. Nothing is guessed: what the words do not say stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from archive.stories.counts import rounds
from archive.text.languages import reading_language
from search.analysis import Token, analyze, fold
from search.analysis.places import place_ids
from search.results import Highlighted
from search.terms import terms

HEAD: Final = 400  # code points of the text that are read for the meeting itself
OPENING: Final = 900  # and for who was there
QUOTED: Final = 90  # code points that are quoted on either side of the words
CONSULTATIONS, TALKS, MEETING = "consultations", "talks", "meeting"
_OF_TERMS: Final = {
    "political-consultations": CONSULTATIONS,
    "consultations": CONSULTATIONS,
    "talks": TALKS,
    "negotiations": TALKS,
    "joint-commission": MEETING,
    "ministerial-meeting": MEETING,
    "bilateral-meeting": MEETING,
    "trilateral-meeting": MEETING,
    "working-meeting": MEETING,
}
# Meetings and the verbs of meeting, as Arabic and Persian reports begin; folded below.
_WORDS: Final = (
    "اجتماع الاجتماع اجتماعا لقاء اللقاء لقائه لقائهما لقاءه التقى التقت يلتقي اجتمع استقبل استقبلت استقباله قمة القمة"
    " دیدار ملاقات نشست اجلاس دیدارها"
)
MEETINGS: Final = frozenset(fold(word) for word in _WORDS.split())
_IN: Final = frozenset(fold(word) for word in ("في", "در", "بمدينة", "شهر"))
_HEADED: Final = re.compile(r"ترأس|برئاسة|مثّ?ل|رئاسة|ریاست|سرپرستی")
_ENDS: Final = (". ", "؟", "!", "\n")
_RANKS: Final = (CONSULTATIONS, TALKS, MEETING)


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of one meeting: `round` is 0 and `place` "" where it does not say.

    `place` is as written; `words` are the passage it rests on, with the words marked. `by_video` is told in so many
    words. `is_between`: the sentence names every side that was asked for.
    """

    kind: str
    round: int
    place: str
    by_video: bool
    words: Highlighted
    is_between: bool


def told(title: str, body: str, language: str, sides: Sequence[Sequence[int]] = ()) -> Told | None:
    """The meeting at the head of a report; None where it tells of none. NFC text in logical order.

    `sides` are the places where each side is named, offsets into title, two line ends and text. A sentence that names
    all of them comes first, then the more formal kind, then the earlier words.

    عقدت الجولة الأولى من المشاورات السياسية … في الدوحة → consultations, round 1, الدوحة.
    """
    text = f"{title}\n\n{body[:HEAD]}"
    tokens = [token for token in analyze(text, reading_language(language)) if token.span == 1]
    found = [(not _is_between(text, start, sides), _RANKS.index(kind), start, -end) for kind, start, end in
             _kinds(text, tokens)]  # fmt: skip
    if not found:
        return None
    is_apart, rank, start, end = min(found)
    end = -end
    first = min((one for one in rounds(tokens) if abs(one[0] - start) < QUOTED), default=None)
    start, end = (min(start, first[0]), max(end, first[1])) if first else (start, end)
    number, place = first[2] if first else 0, _place(text, tokens)
    return Told(_RANKS[rank], number, place, _by_video(text), _quoted(text, start, end), not is_apart)


def _is_between(text: str, at: int, sides: Sequence[Sequence[int]]) -> bool:
    """Whether the sentence of these words names every side near them."""
    first = max(text.rfind(end, 0, at) for end in _ENDS)
    last = min((place for end in _ENDS if (place := text.find(end, at)) >= 0), default=len(text))
    first, last = max(first, at - QUOTED), min(last, at + QUOTED)
    return all(any(first < place < last for place in named) for named in sides)


def _kinds(text: str, tokens: Sequence[Token]) -> list[tuple[str, int, int]]:
    named = [
        (_OF_TERMS[one.concept.slug], one.start, one.end)
        for one in terms().find_tokens(tokens, text)
        if one.concept.slug in _OF_TERMS
    ]
    return named + [(MEETING, token.start, token.end) for token in tokens if token.norm in MEETINGS]


def _place(text: str, tokens: Sequence[Token]) -> str:
    """The first city behind a word for "in": في الدوحة, در تهران; as written."""
    for before, token in pairwise(tokens):
        is_city = any(place.startswith("city:") for place in place_ids((token.norm,)))
        is_state = any(place.startswith("country:") for place in place_ids((token.norm,)))
        if before.norm in _IN and is_city and not is_state:
            return text[token.start : token.end]
    return ""


def _by_video(text: str) -> bool:
    return bool(re.search(r"مؤتمر فيديو|الاتصال المرئي|تقنية الفيديو|ویدئو ?کنفرانس|ویدیو ?کنفرانس|ویدئوکنفرانس", text))


def _quoted(text: str, start: int, end: int) -> Highlighted:
    """The words with what stands around them in their paragraph, cut at spaces."""
    floor, ceiling = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    ceiling = len(text) if ceiling < 0 else ceiling
    first, last = max(floor, start - QUOTED), min(ceiling, end + QUOTED)
    first = first if first == floor else text.find(" ", first, start) + 1 or start
    cut = last if last == ceiling else text.rfind(" ", end, last)
    last = cut if cut > end else end
    return Highlighted(text[first:last], ((start - first, end - first),), first > floor, last < ceiling)


def is_head(text: str, start: int) -> bool:
    """Whether a person named at `start` is said to lead or represent a side: «ومثل الجانب الأذربيجاني … رامز حسنوف».

    Looks back to the end of the sentence before, at most a hundred code points.
    """
    before = text[max(0, start - 100) : start]
    return bool(_HEADED.search(re.split(r"[.؟!\n]", before)[-1]))

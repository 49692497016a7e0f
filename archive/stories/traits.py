"""What a report says, in clues that mean the same in Arabic and Persian: records, days, numbers, terms, names by sound.

A clue is a kind and a value: `country:az`, `official:khalaf-khalafov`, `day:2020-10-26`, `number:65`, `round:2`,
`term:political-consultations`, `name:XLF+F`, `word:صاروخ`. Pure: no Django.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

from archive.extraction.dates import find_dates
from archive.stories.copies import signature
from archive.stories.counts import rounds
from archive.text.languages import reading_language
from search.analysis import Token, stop_words, token_keys
from search.analysis.lexicons import arabic, persian
from search.analysis.name_terms import arabic_keys
from search.analysis.recalling import analyze_once
from search.analysis.remembered import Remembered
from search.terms import terms

VERSION: Final = 3  # of the clues and weights: traits of another version are made anew by `rebuild_stories`
WEIGHTS: Final = {"country": 3.0, "body": 4.0, "official": 6.0, "day": 3.0, "number": 3.0, "round": 4.0, "term": 1.5}
WORD: Final = 0.5  # of the rarity of a word as such; a name by its sound counts in full
LEAD: Final = 300  # code points of the text that tell, with the title, what the report is about
MOST: Final = 120  # clues that are kept, the weightiest
LONGEST: Final = 20_000  # code points that are read: the event is told long before
_COMMON: Final = 6.5  # a word that is oftener than one in e^6.5 (665) tells nothing
_YEARS: Final = (range(1300, 1500), range(1900, 2100))


class NamedRecord(NamedTuple):
    """A record that is named in a report, so often, first at `start` of the title, two line ends and the text."""

    kind: str
    slug: str
    start: int = 0
    times: int = 1


@dataclass(frozen=True)
class Traits:
    """The clues of a report with their weights; `head` are those of its title and lead, `titled` those of its title."""

    language: str
    day: datetime.date | None
    clues: Mapping[str, float] = field(default_factory=dict)
    head: frozenset[str] = frozenset()
    titled: frozenset[str] = frozenset()
    signature: bytes = b""

    @cached_property
    def rounds(self) -> frozenset[str]:
        return frozenset(clue for clue in self.clues if clue.startswith("round:"))

    @cached_property
    def parties(self) -> frozenset[str]:
        """The countries and officials that the title names."""
        return frozenset(clue for clue in self.titled if clue.startswith(("country:", "official:")))

    @cached_property
    def heads(self) -> Mapping[str, float]:
        """The clues of title and lead."""
        return {clue: weight for clue, weight in self.clues.items() if clue in self.head}

    @cached_property
    def squares(self) -> tuple[float, float]:
        """The sums of the squared weights of all clues, and of those at its head."""
        return sum(w * w for w in self.clues.values()), sum(w * w for w in self.heads.values())


class PressReport(NamedTuple):
    """What is read of an article; `day` is None unless it is known to the day."""

    language: str
    day: datetime.date | None
    title: str
    body: str


def traits(report: PressReport, named: Iterable[NamedRecord]) -> Traits:
    """The traits of a report, which names these records. NFC text in logical order."""
    language = reading_language(report.language)
    text = f"{report.title}\n\n{report.body[:LONGEST]}"
    tokens = analyze_once(text, language)
    body = len(report.title) + 2
    weighed = _Clues(len(report.title), body + LEAD)
    for one in named:
        weighed.add(f"{one.kind}:{one.slug}", WEIGHTS.get(one.kind, 0.0), one.start, one.times)
    for token in tokens:
        of_token = _arabic_clues[token.norm, token.stems[0]] if token.kind == "arabic" else _of_token(token, text)
        for clue, weight in of_token:
            weighed.add(clue, weight, token.start)
    for start, _end, clue in told(text, language, tokens, report.day, body):
        weighed.add(clue, WEIGHTS[clue.partition(":")[0]], start)
    words = [token.norm for token in tokens if token.span == 1 and token.start >= body]
    return weighed.traits(report, signature(words))


def told(
    text: str, language: str | None, tokens: Sequence[Token], day: datetime.date | None, body: int = 0
) -> Iterator[tuple[int, int, str]]:
    """The rounds, terms and days that a text tells, each with its place: `(start, end, clue)`.

    Its body may begin behind a title and two line ends, which no date goes over; its dates are read as they were when
    the article was dated.
    """
    yield from ((start, end, f"round:{number}") for start, end, number in rounds(tokens))
    yield from ((one.start, one.end, f"term:{one.concept.slug}") for one in terms().find_tokens(tokens, text))
    for at, part in ((0, text[: body - 2]), (body, text[body:])) if body and language else ((0, text),):
        for hit in find_dates(part, language, day):
            if hit.precision in {"day", "minute"} and not hit.is_range and hit.certainty != "low":
                yield at + hit.start, at + hit.end, f"day:{hit.first_day.isoformat()}"


def number_told(token: Token) -> str:
    """The number of a token that tells one report from another: of two digits or more, and no year; else ""."""
    if token.kind != "number" or len(token.norm) < 2 or not token.norm.isdecimal():
        return ""
    return "" if any(int(token.norm) in years for years in _YEARS) else token.norm


def _of_token(token: Token, text: str) -> Iterator[tuple[str, float]]:
    """What a token tells that is not Arabic script."""
    if number := number_told(token):
        yield f"number:{number}", WEIGHTS["number"]
    if token.kind != "number":
        yield from _of_word(token.norm, token.stems[0] if token.stems else token.norm, token_keys(token, text))


def _of_word(norm: str, stem: str, keys: Iterable[str]) -> Iterator[tuple[str, float]]:
    """What a word tells by itself, and as a name by its keys."""
    weight = 0.0 if norm in stop_words() else rarity(norm)
    if weight <= 0:
        return
    heard = sorted({_consonants(key[2:]) for key in keys if key[1] == ":"})
    for key in heard:  # however many ways there are to read it, it is one name
        yield f"name:{key}", weight / math.sqrt(len(heard))
    if len(norm) > 3:
        yield f"word:{stem}", weight * WORD


def _learn_arabic_clues(word: tuple[str, str]) -> tuple[tuple[str, float], ...]:
    return tuple(_of_word(*word, arabic_keys(*word)))


_arabic_clues: Final = Remembered(_learn_arabic_clues)  # of a folded word with its stem


def _consonants(key: str) -> str:
    """A key without its vowels, which Arabic and Persian write each in its way: `FiDR`, `FDaR` → `FDR`; `KiR` stays."""
    consonants = "".join(letter for letter in key if not letter.islower())
    return consonants if len(consonants) > 2 else key


@lru_cache(maxsize=1 << 16)
def rarity(norm: str) -> float:
    """How much a folded word tells: the logarithm of its rarity in Arabic or Persian news; 0 for a common one."""
    seen = max((lexicon.count(norm) + 1) / total for lexicon, total in _lexicons())
    return max(0.0, -math.log(seen) - _COMMON)


@lru_cache(maxsize=1)
def _lexicons() -> list[tuple[Any, int]]:
    return [(lexicon, sum(lexicon.frequency.values())) for lexicon in (arabic(), persian())]


class _Clues:
    """Adds clues up: a clue weighs what its weightiest form does, more when it comes again."""

    def __init__(self, title: int, head: int) -> None:
        self.title, self.head = title, head
        self.weights: dict[str, float] = {}
        self.times: Counter[str] = Counter()
        self.at_head: set[str] = set()
        self.titled: set[str] = set()

    def add(self, clue: str, weight: float, start: int, times: int = 1) -> None:
        self.weights[clue] = max(self.weights.get(clue, 0.0), weight)
        self.times[clue] += times
        if start < self.head:
            self.at_head.add(clue)
        if start < self.title:
            self.titled.add(clue)

    def traits(self, report: PressReport, signed: bytes) -> Traits:
        weighed = {clue: round(w * (1 + math.log(self.times[clue])), 2) for clue, w in self.weights.items() if w}
        kept = sorted(weighed, key=lambda clue: (-weighed[clue], clue))[:MOST]
        held = frozenset(kept)
        clues = {clue: weighed[clue] for clue in kept}
        return Traits(report.language, report.day, clues, held & self.at_head, held & self.titled, signed)

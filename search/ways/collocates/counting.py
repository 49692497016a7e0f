"""Words and phrases counted near matches and elsewhere, and how surely a difference is none of chance; pure.

The measure is Dunning's log-likelihood G² of the table of four: a word and all other words, near and elsewhere
(T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19, 1993). The
ratio of the two frequencies stands beside it, because G² grows with the size of the texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

from search.ways.collocates.zones import AWAY, BEFORE, MATCH, NEAR, Paragraph

Gram = tuple[str, ...]  # the keys of one word or of several, one behind the other

SIGNIFICANT: Final = 6.63  # of G²: one in a hundred by chance
FEWEST: Final = 2  # occurrences of what is listed
WORDS: Final = (1,)
PHRASES: Final = (2, 3, 4)  # words of a phrase near a match
LONGEST: Final = 8  # words of a frequent phrase
MOSTLY: Final = 0.8  # a phrase that stands within a longer one in so great a part of its places is a part of it
_HALF: Final = 0.5  # in place of no occurrence, so that there is a ratio


@dataclass(frozen=True, slots=True)
class CollocateRow:
    """A word or phrase as it is most often `written`, with how often it stands near a match and elsewhere.

    Counted in the texts of one `language`, "" for those of neither: `articles` are those of the set that have it near,
    `words_near` and `words_elsewhere` are all words there are in these places. Of a frequent phrase, all is near.
    """

    language: str
    key: Gram
    written: str
    before: int
    after: int
    elsewhere: int
    articles: int
    words_near: int
    words_elsewhere: int

    @property
    def near(self) -> int:
        return self.before + self.after

    @property
    def strength(self) -> float:
        """G², rounded to two digits behind the point."""
        return round(log_likelihood(self.near, self.words_near, self.elsewhere, self.words_elsewhere), 2)

    @property
    def times(self) -> float:
        """How many times as often as elsewhere it stands near; counted as half a time where it does not elsewhere."""
        if not self.words_near or not self.words_elsewhere:
            return 0
        return round((self.near / self.words_near) / ((self.elsewhere or _HALF) / self.words_elsewhere), 2)

    @property
    def is_collocate(self) -> bool:
        return self.near >= FEWEST and self.times > 1 and self.strength >= SIGNIFICANT


def log_likelihood(one: int, among: int, other: int, among_others: int) -> float:
    """G² of `one` of so many words against `other` of so many others; 0 where there is nothing to compare.

    >>> round(log_likelihood(110, 2552, 2442, 29114), 2) > SIGNIFICANT, log_likelihood(1, 10, 10, 100)
    (True, 0.0)
    """
    every, total = one + other, among + among_others
    if not among or not among_others:
        return 0
    cells = (
        (one, among * every),
        (other, among_others * every),
        (among - one, among * (total - every)),
        (among_others - other, among_others * (total - every)),
    )
    return max(0.0, 2 * sum(count * log(count * total / expected) for count, expected in cells if count > 0))


class CollocateCount:
    """The texts in one language of a result set, report by report, and of reports to compare them with.

    A paragraph that stands in several reports, as of wire copies, is counted once.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.words_near = self.words_elsewhere = self.matches = 0
        self._seen: set[int] = set()
        self._near: list[tuple[int, str, Paragraph]] = []  # the number of its report, its text, its words
        self._away: list[Paragraph] = []

    def add(self, report: int, text: str, parts: Iterable[Paragraph]) -> None:
        """Take in the paragraphs of a text of the report with this number."""
        for part in parts:
            mark = hash(tuple(word.key for word in part))
            if mark in self._seen:
                continue
            self._seen.add(mark)
            zones = [word.zone for word in part]
            near = sum(zone in NEAR for zone in zones)
            self.words_near += near
            self.words_elsewhere += len(part) - near - zones.count(MATCH)
            self.matches += sum(
                zone == MATCH and (not place or zones[place - 1] != MATCH) for place, zone in enumerate(zones)
            )
            self._near.append((report, text, part)) if near else self._away.append(part)

    def near(self, sizes: tuple[int, ...]) -> list[CollocateRow]:
        """What stands near the matches at all, counted there and elsewhere, in no order."""
        found = _Found()
        for report, text, part in self._near:
            for first, last in _grams(part, sizes):
                if part[first].zone in NEAR and _is_of_one_zone(part, first, last):
                    found.see(report, text, part, first, last)
        elsewhere = self._elsewhere(found.counts, sizes)
        return found.rows(self.language, elsewhere, self.words_near, self.words_elsewhere)

    def _elsewhere(self, near: Container[Gram], sizes: tuple[int, ...]) -> Counter[Gram]:
        """How often what stands near a match stands elsewhere."""
        parts = [part for _report, _text, part in self._near]
        if sizes == WORDS:
            found: Counter[str] = Counter(word.key for part in self._away for word in part if word.has_content)
            found.update(word.key for part in parts for word in part if word.zone == AWAY and word.has_content)
            return Counter({(key,): count for key, count in found.items() if (key,) in near})
        elsewhere: Counter[Gram] = Counter()
        for part in (*parts, *self._away):
            for first, last in _grams(part, sizes):
                gram = _key(part, first, last)
                if gram in near and _is_elsewhere(part, first, last):
                    elsewhere[gram] += 1
        return elsewhere


class PhraseCount:
    """The texts in one language of a result set, for the phrases that it uses again and again."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = 0
        self._seen: set[int] = set()
        self._parts: list[tuple[int, str, Paragraph]] = []

    def add(self, report: int, text: str, parts: Iterable[Paragraph]) -> None:
        """Take in the paragraphs of a text of the report with this number; equal ones are counted once."""
        for part in parts:
            mark = hash(tuple(word.key for word in part))
            if mark not in self._seen:
                self._seen.add(mark)
                self.words += len(part)
                self._parts.append((report, text, part))

    def frequent(self) -> list[CollocateRow]:
        """Phrases of two to `LONGEST` words that stand in several reports, the most frequent first.

        A phrase that stands `MOSTLY` within a longer one of the list is left out.
        """
        found = _Found()
        likely = self._likely()
        for size in range(2, LONGEST + 1):
            for report, text, part in self._parts:
                for first, last in _grams(part, (size,)):
                    if all(_key(part, at, at + 1) in likely for at in range(first, last)):
                        found.see(report, text, part, first, last)
        rows = [
            row for row in found.rows(self.language, {}, self.words, 0) if row.near >= FEWEST and row.articles >= FEWEST
        ]
        return _longest(sorted(rows, key=lambda row: (-row.near, -len(row.key), row.key)))

    def _likely(self) -> frozenset[Gram]:
        """Neighbours that stand beside each other often enough to be in a phrase that does, function words too."""
        pairs: Counter[Gram] = Counter()
        for _report, _text, part in self._parts:
            for at in range(len(part) - 1):
                if part[at + 1].follows:
                    pairs[_key(part, at, at + 1)] += 1
        return frozenset(pair for pair, count in pairs.items() if count >= FEWEST)


class _Found:
    """What was seen, by its key: before and after, in which reports, in which spellings."""

    def __init__(self) -> None:
        self.counts: defaultdict[Gram, list[int]] = defaultdict(lambda: [0, 0])
        self.reports: defaultdict[Gram, set[int]] = defaultdict(set)
        self.written: defaultdict[Gram, Counter[str]] = defaultdict(Counter)

    def see(self, report: int, text: str, part: Paragraph, first: int, last: int) -> None:
        gram = _key(part, first, last)
        self.counts[gram][part[first].zone != BEFORE] += 1
        self.reports[gram].add(report)
        self.written[gram][" ".join(text[part[first].start : part[last].end].split())] += 1

    def rows(
        self, language: str, elsewhere: Mapping[Gram, int], words_near: int, words_elsewhere: int
    ) -> list[CollocateRow]:
        return [
            CollocateRow(
                language,
                gram,
                min(self.written[gram].items(), key=lambda one: (-one[1], one[0]))[0],
                before,
                after,
                elsewhere.get(gram, 0),
                len(self.reports[gram]),
                words_near,
                words_elsewhere,
            )
            for gram, (before, after) in self.counts.items()
        ]


def _key(part: Paragraph, first: int, last: int) -> Gram:
    return tuple(word.key for word in part[first : last + 1])


def _grams(part: Paragraph, sizes: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Where words and phrases stand: the first and the last word of each, both of which have content.

    No sign of punctuation stands within, function words may.
    """
    for first, word in enumerate(part):
        if not word.has_content:
            continue
        for size in sizes:
            last = first + size - 1
            if last >= len(part) or not all(one.follows for one in part[first + 1 : last + 1]):
                break
            if part[last].has_content:
                yield first, last


def _is_of_one_zone(part: Paragraph, first: int, last: int) -> bool:
    return all(word.zone == part[first].zone for word in part[first + 1 : last + 1])


def _is_elsewhere(part: Paragraph, first: int, last: int) -> bool:
    """Outside of all matches, and not wholly near one."""
    zones = {word.zone for word in part[first : last + 1]}
    return MATCH not in zones and not (len(zones) == 1 and zones <= set(NEAR))


def _longest(rows: Iterable[CollocateRow]) -> list[CollocateRow]:
    """Rows of one language in their order, without those that mostly stand within a longer one."""
    every = list(rows)
    inside: dict[Gram, int] = {}
    for row in every:
        for size in range(1, len(row.key)):
            for at in range(len(row.key) - size + 1):
                gram = row.key[at : at + size]
                inside[gram] = max(inside.get(gram, 0), row.near)
    return [row for row in every if inside.get(row.key, 0) < MOSTLY * row.near]


def listed(rows: Iterable[CollocateRow]) -> list[CollocateRow]:
    """The collocates among the rows of one language; no phrase that mostly stands within a longer one."""
    return _longest(row for row in rows if row.is_collocate)

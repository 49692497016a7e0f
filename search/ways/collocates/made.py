"""Collocates of a question: what stands near its words, or near the records that were chosen, in the texts of its set.

They are counted from texts, not from the index: from `READ` reports of the set, spread evenly over their time. What is
near is compared with everything else in these reports and in as many reports under the same facets and days that do
not answer the question. Each language is counted by itself: how many reports of it a set has is nothing of its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from django.conf import settings

from archive.articles.models import Article
from archive.articles.rights import Audience
from archive.pages.bounds import check_time, is_spent
from archive.pages.interface import reader_language
from search.analysis.recalling import recall, recalling
from search.answer.marking import Marker
from search.answer.matching import joined
from search.answer.service import Answered, ask, framed, question_of
from search.engine import engine
from search.labels import value_labels
from search.request import SearchRequest
from search.results import ResultPage
from search.tree import All, Linked, Node, Or
from search.ways.collocates.counting import (
    PHRASES,
    SIGNIFICANT,
    WORDS,
    CollocateCount,
    CollocateRow,
    Gram,
    PhraseCount,
    listed,
    log_likelihood,
)
from search.ways.collocates.zones import paragraphs
from search.ways.concordance.made import readable

READ: Final = 200  # reports of a set, and as many that do not answer its question
FEWEST_READ: Final = 20  # of either, however little time there is
READING: Final = 0.6  # of the time of a request; the rest is for counting
AT_ONCE: Final = 20  # reports whose spellings are looked up together
LISTED: Final = 10_000  # the newest reports of a set, over which those that are read are spread
WINDOWS: Final = (1, 3, 5, 10)  # words on each side of a match
WINDOW: Final = 5
KINDS: Final = ("", "phrases", "frequent")  # words near, phrases near, frequent phrases of the set
LANGUAGES: Final = ("ar", "fa", "")  # each counted by itself, all others together
RECORDS: Final = ("official", "country", "body")
Range = tuple[int, int]
Key = tuple[str, Gram]  # of a language


@dataclass(frozen=True, slots=True)
class CollocatesAsked:
    """Words on each side, one of `KINDS`, and a second question for a set to stand beside the first; "" for none."""

    window: int = WINDOW
    kind: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class CollocateSet:
    """What stands near one question: `rows`, the strongest first, and `counts` of all that stands near at all.

    `read` reports of `total`, and `compared` others, were read for it; `near` is what the windows stand around, in the
    reader's words, "" where nothing was asked that could stand in a text. `words_near` are counted by language.
    `is_hurried`: there was no time to read as many as usual.
    """

    asked: SearchRequest
    near: str
    total: int
    read: int
    compared: int = 0
    matches: int = 0
    words_near: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[CollocateRow, ...] = ()
    is_hurried: bool = False
    counts: Mapping[Key, int] = field(default_factory=dict)


class ComparedRow(NamedTuple):
    """A word or phrase of two sets, and how often each has it near.

    `strength` is G² of the difference, `lean` tells which set has it more: 1 the first, -1 the other, 0 neither.
    """

    language: str
    written: str
    one: int
    other: int
    strength: float
    lean: int


@dataclass(frozen=True, slots=True)
class Collocates:
    """One set, or two side by side."""

    page: ResultPage
    sets: tuple[CollocateSet, ...]

    @property
    def is_hurried(self) -> bool:
        return any(one.is_hurried for one in self.sets)

    def compared(self) -> list[ComparedRow]:
        """All that is listed of the two sets: what leans to the first, what is near both, what leans to the other."""
        one, other = self.sets
        written = {(row.language, row.key): row.written for row in (*other.rows, *one.rows)}
        rows = [_compared(key, text, one, other) for key, text in written.items()]
        return sorted(rows, key=lambda row: (-row.lean, -row.strength, -row.one - row.other, row.written))


def collocates(request: SearchRequest, wanted: CollocatesAsked, to: Audience = Audience.PAGE) -> Collocates:
    """What was asked, from texts as they may be shown; SearchUnavailable when the index cannot answer."""
    main = _asked(request)
    others = [_asked(replace(request, q=wanted.other))] if wanted.other else []
    texts = _Texts(main, to, 1 + len(others))
    with recalling(settings.SPELLINGS_DIR):
        sets = tuple(texts.counted(asked, wanted) for asked in (main, *others))
    return Collocates(framed(replace(main, request=request), 1), sets)


def _asked(request: SearchRequest) -> Answered:
    return ask(request.sorted_by("newest"), 0, LISTED)


def _compared(key: Key, written: str, one: CollocateSet, other: CollocateSet) -> ComparedRow:
    language = key[0]
    counts = one.counts.get(key, 0), other.counts.get(key, 0)
    words = one.words_near.get(language, 0), other.words_near.get(language, 0)
    strength = round(log_likelihood(counts[0], words[0], counts[1], words[1]), 2)
    rates = counts[0] * words[1], counts[1] * words[0]
    lean = (rates[0] > rates[1]) - (rates[0] < rates[1]) if strength >= SIGNIFICANT else 0
    return ComparedRow(language, written, *counts, strength, lean)


class _Texts:
    """The texts that the sets of one page are counted from, as they may be shown.

    They are read as long as there is time for it, of which each of `sets` has its share, half for its own reports.
    """

    def __init__(self, main: Answered, to: Audience, sets: int) -> None:
        self.to, self.names = to, main.names
        self._shares = iter([READING * number / (2 * sets) for number in range(1, 2 * sets + 1)])
        self._is_hurried = False

    def counted(self, asked: Answered, wanted: CollocatesAsked) -> CollocateSet:
        identifiers = [identifier for identifier, _score in asked.answer.found]
        self._is_hurried = False
        if wanted.kind == "frequent":
            return self._frequent(asked, identifiers)
        tree, near = self._near(asked)
        if tree is None:
            return CollocateSet(asked.request, "", asked.answer.total, 0)
        counts = {language: CollocateCount(language) for language in LANGUAGES}
        read = self._add_found(counts, identifiers, tree, wanted.window, asked.request.names)
        compared = 0
        for compared, article in enumerate(self._articles(self._others(asked, identifiers)), 1):
            _add(counts[_language(article)], -compared, article, {}, 0)
        every = [count.near(PHRASES if wanted.kind == "phrases" else WORDS) for count in counts.values()]
        rows = sorted((row for rows in every for row in listed(rows)), key=_strongest_first)
        return CollocateSet(
            asked.request,
            near,
            asked.answer.total,
            read,
            compared,
            sum(count.matches for count in counts.values()),
            {language: count.words_near for language, count in counts.items()},
            tuple(rows),
            self._is_hurried,
            {(row.language, row.key): row.near for rows in every for row in rows},
        )

    def _frequent(self, asked: Answered, identifiers: Sequence[str]) -> CollocateSet:
        counts, read = {language: PhraseCount(language) for language in LANGUAGES}, 0
        next(self._shares)
        for read, article in enumerate(self._articles(identifiers), 1):
            _add(counts[_language(article)], read, article, {}, 0)
        rows = sorted((row for count in counts.values() for row in count.frequent()), key=_most_frequent_first)
        return CollocateSet(
            asked.request,
            asked.request.q,
            asked.answer.total,
            read,
            words_near={language: count.words for language, count in counts.items()},
            rows=tuple(rows),
            is_hurried=self._is_hurried,
            counts={(row.language, row.key): row.near for row in rows},
        )

    def _near(self, asked: Answered) -> tuple[Node | None, str]:
        """What the windows stand around: what was typed, or else the records that were chosen; and its name."""
        tree, request = asked.understood.tree, asked.request
        if not isinstance(tree, All):
            return tree, request.q
        chosen = [(kind, slug) for kind in RECORDS for slug in request.chosen(kind)]
        if not chosen:
            return None, ""
        language = reader_language()
        labels = [value_labels(kind, self.names, language)(slug) for kind, slug in chosen]
        links = tuple(Linked(kind, slug) for kind, slug in chosen)
        return links[0] if len(links) == 1 else Or(links), " · ".join(labels)

    def _others(self, asked: Answered, found: Sequence[str]) -> list[str]:
        """Reports under the same facets and days that do not answer: of records, those that do not name them."""
        request = replace(asked.request, q="")
        if isinstance(asked.understood.tree, All):
            for kind in RECORDS:
                request = request.with_values(kind, ())
        question = question_of(request, All(), 0, LISTED)
        answering = set(found)
        others = (identifier for identifier, _score in engine().search(question).found)
        return [one for one in others if one not in answering]

    def _add_found(
        self, counts: Mapping[str, CollocateCount], identifiers: Sequence[str], tree: Node, window: int, names: bool
    ) -> int:
        """Take in the reports with their matches; how many there are."""
        marker = Marker(tree, names=names)
        read = [(article, _matches(article, marker)) for article in self._articles(identifiers, tree)]
        is_whole = marker.has_company and _stand_together(read)
        for number, (article, places) in enumerate(read, 1):
            texts = texts_of(article)
            kept = {
                field: [where for where in found if not is_whole or _is_of_several(texts[field], where)]
                for field, found in places.items()
            }
            _add(counts[_language(article)], number, article, kept, window)
        return len(read)

    def _articles(self, found: Sequence[str], tree: Node | None = None) -> Iterator[Article]:
        """The reports of a set that are read; whenever it ends for want of time, they are spread over all of its."""
        share = next(self._shares)
        wanted = spread(found, READ)
        wanted = [wanted[place] for place in from_everywhere(len(wanted))]
        for start in range(0, len(wanted), AT_ONCE):
            if start >= FEWEST_READ and is_spent(share):
                self._is_hurried = True
                return
            articles = list(readable(tuple(wanted[start : start + AT_ONCE]), tree or All(), self.to, self.names))
            for language in LANGUAGES:
                texts = [text for one in articles if _language(one) == language for text in texts_of(one).values()]
                recall("\n".join(texts), language or None)
            for article in articles:
                check_time()
                yield article


def spread(identifiers: Sequence[str], most: int) -> list[str]:
    """So many of them at even distances, in their order; all where there are no more.

    >>> spread(["a", "b", "c", "d", "e"], 2)
    ['a', 'c']
    """
    if len(identifiers) <= most:
        return list(identifiers)
    return [identifiers[number * len(identifiers) // most] for number in range(most)]


def from_everywhere(number: int) -> list[int]:
    """The places 0 to `number` - 1 in an order of which every beginning is spread evenly over all of them.

    >>> from_everywhere(8)
    [0, 4, 2, 6, 1, 5, 3, 7]
    """
    bits = max(number - 1, 0).bit_length()
    turned = (int(f"{place:0{bits}b}"[::-1], 2) if bits else 0 for place in range(1 << bits))
    return [place for place in turned if place < number]


def texts_of(article: Article) -> dict[str, str]:
    return {"kicker": article.kicker, "title": article.title, "body": article.body}


def _language(article: Article) -> str:
    return article.language if article.language in LANGUAGES else ""


def _add(
    count: CollocateCount | PhraseCount, number: int, article: Article, places: Mapping[str, list[Range]], window: int
) -> None:
    for name, text in texts_of(article).items():
        count.add(number, text, paragraphs(text, _language(article) or None, places.get(name, ()), window))


def _matches(article: Article, marker: Marker) -> dict[str, list[Range]]:
    """The matches in each text; not those of a word alone where the words stand together elsewhere in the report."""
    texts = texts_of(article)
    return {
        name: joined(texts[name], [where for where in ranges if where not in alone])
        for name, (ranges, alone) in marker.told_apart(article).items()
    }


def _stand_together(read: Sequence[tuple[Article, Mapping[str, list[Range]]]]) -> bool:
    """Whether several words that were asked stand beside each other in at least half of the reports that have any."""
    answering = [(texts_of(article), places) for article, places in read if any(places.values())]
    together = sum(
        any(_is_of_several(texts[name], where) for name, found in places.items() for where in found)
        for texts, places in answering
    )
    return bool(together) and 2 * together >= len(answering)


def _is_of_several(text: str, where: Range) -> bool:
    return len(text[slice(*where)].split()) > 1


def _strongest_first(row: CollocateRow) -> tuple[object, ...]:
    return -row.strength, -row.near, row.language, row.key


def _most_frequent_first(row: CollocateRow) -> tuple[object, ...]:
    return -row.near, -row.articles, row.language, row.key

"""The hits of a question in one article, numbered in the order of reading, each with an anchor of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from archive.articles.models import Article, Field
from archive.articles.reading import Piece
from archive.authorities.directory import directory
from search.answer.marking import Marker, needed, words_recalled
from search.answer.matching import joined
from search.question.address import url
from search.question.understanding import understand
from search.request import SearchRequest

MOST = 200  # hits with a number; what comes after them is marked and has none


@dataclass(frozen=True, slots=True)
class HitPart:
    """A run of a piece: `number` of the hit it belongs to, 0 outside of hits; `opens` where the hit begins.

    `is_alone`: a word that was asked with others, without these.
    """

    text: str
    number: int = 0
    opens: bool = False
    is_alone: bool = False


class _Place(NamedTuple):
    """A range that is one hit; of the words asked together one alone, or not."""

    start: int
    end: int
    is_alone: bool = False


class _Hit(NamedTuple):
    start: int
    end: int
    number: int
    is_alone: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the article's text with the hits in it."""

    piece: Piece
    parts: tuple[HitPart, ...]

    @property
    def opened(self) -> int:
        """The number of the hit that begins here, 0 for none."""
        return next((part.number for part in self.parts if part.opens), 0)


@dataclass(slots=True)
class ArticleHits:
    """An article as somebody reads it who comes from a page of results; empty texts where nothing is marked."""

    query: str
    back_url: str
    total: int = 0
    kicker: list[Stretch] = field(default_factory=list)
    title: list[Stretch] = field(default_factory=list)
    paragraphs: list[list[Stretch]] = field(default_factory=list)


def find(
    article: Article, asked: SearchRequest, kicker: list[Piece], title: list[Piece], paragraphs: list[list[Piece]]
) -> ArticleHits:
    """Cut the pieces of an article at the hits of a question and number these.

    Kicker and title count as one hit each. Words that stand side by side are one hit, as «خلف خلفوف».
    """
    found = ArticleHits(asked.q, url(asked) + ("" if asked.view else f"#{article.identifier}"))
    where = _places(article, asked)
    if not any(where.values()):
        return found
    numbers = _Numbers()
    found.kicker = numbers.cut(kicker, where[Field.KICKER], as_one=True)
    found.title = numbers.cut(title, where[Field.TITLE], as_one=True)
    for pieces, ranges in zip(paragraphs, _by_paragraph(article, where[Field.BODY]), strict=True):
        found.paragraphs.append(numbers.cut(pieces, ranges))
    found.total = numbers.last
    return found


def _places(article: Article, asked: SearchRequest) -> dict[str, list[_Place]]:
    understood = understand(asked, directory())
    if not asked.q or understood.parsed.refused:
        return {}
    prefetch_related_objects([article], *needed(understood.tree))
    texts = {Field.KICKER: article.kicker, Field.TITLE: article.title, Field.BODY: article.body}
    with words_recalled():
        found = Marker(understood.tree, names=asked.names).told_apart(article)
    return {
        name: [_Place(*where, where in alone) for where in joined(texts[Field(name)], ranges)]
        for name, (ranges, alone) in found.items()
    }


def _by_paragraph(article: Article, ranges: Sequence[_Place]) -> Iterator[list[_Place]]:
    """The ranges in each paragraph, counted from its beginning; one that goes on in the next is cut there."""
    start, first = 0, 0
    for paragraph in article.paragraphs:
        end, inside = start + len(paragraph), []
        while first < len(ranges) and ranges[first][0] < end:
            low, high, is_alone = ranges[first]
            inside.append(_Place(max(low, start) - start, min(high, end) - start, is_alone))
            if high > end:
                break
            first += 1
        yield inside
        start = end + 2


@dataclass(slots=True)
class _Numbers:
    """Gives each hit its number as the text is read, kicker first; `opened` is the last that has its anchor."""

    last: int = 0
    opened: int = 0

    def cut(self, pieces: Sequence[Piece], ranges: Sequence[_Place], *, as_one: bool = False) -> list[Stretch]:
        """Pieces of one text, and the ranges that answer in it; with `as_one` all of them are one hit."""
        hits, cut, start, first = self._numbered(pieces, ranges, as_one), [], 0, 0
        for piece in pieces:
            end = start + len(piece.text)
            while first < len(hits) and hits[first].end <= start:
                first += 1
            cut.append(Stretch(piece, tuple(self._parts(piece.text, start, islice(hits, first, None)))))
            start = end
        return cut

    def _numbered(self, pieces: Iterable[Piece], ranges: Iterable[_Place], as_one: bool) -> list[_Hit]:
        """Two hits that begin in one link have one number: nothing to press can stand inside of a link."""
        starts = list(accumulate((len(piece.text) for piece in pieces), initial=0))
        links = [bool(piece.url) for piece in pieces]
        hits: list[_Hit] = []
        before = -1
        for low, high, is_alone in ranges:
            place = bisect_right(starts, low) - 1
            if not hits or not (as_one or (place == before and links[place])):
                self.last += 1
            before = place
            hits.append(_Hit(low, high, self.last, is_alone))
        return hits

    def _parts(self, text: str, start: int, hits: Iterable[_Hit]) -> Iterator[HitPart]:
        position, end = 0, len(text)
        for hit in hits:
            low, high = max(hit.start - start, 0), min(hit.end - start, end)
            if low >= end:
                break
            if low > position:
                yield HitPart(text[position:low])
            opens = self.opened < hit.number <= MOST
            self.opened = max(self.opened, hit.number)
            yield HitPart(text[low:high], hit.number, opens, hit.is_alone)
            position = high
        if position < end:
            yield HitPart(text[position:])

"""How often words are used over time: articles and places of one or several questions in every month or year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from archive.authorities.directory import Directory
from archive.pages.interface import reader_calendar, reader_language
from search.answer.service import ask, ask_strictly, framed
from search.dates.buckets import TABLES, DateBucket, Unit, buckets
from search.engine import engine
from search.engine.protocol import Usage
from search.labels import value_labels
from search.request import SearchRequest
from search.results import ResultPage
from search.tree import All

MOST: Final = 5  # lines
MEASURES: Final = ("", "share", "words")  # articles, articles of a hundred, places among ten thousand words
UNITS: Final = ("", "month", "year")
PARTS: Final = ("", "lang", "source")
MOST_MONTHS: Final = 48  # of a picture that chooses its unit by itself
LIMIT: Final = 600  # times of a picture


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page compares: further questions, or the parts of one; see `MEASURES`, `UNITS`, `PARTS`."""

    others: tuple[str, ...] = ()
    measure: str = ""
    unit: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One line at one time: articles and places of what was asked, all articles and all words in this part."""

    articles: int
    places: int
    all_articles: int
    all_words: int

    def value(self, measure: str) -> float:
        """The measure, 0 where there is nothing to measure; rounded to two digits behind the point."""
        if measure == "share":
            return _rate(self.articles, self.all_articles, 100)
        return _rate(self.places, self.all_words, 10_000) if measure == "words" else self.articles


@dataclass(frozen=True, slots=True)
class Series:
    """A line; `asked` is the question behind it."""

    label: str
    asked: SearchRequest
    points: tuple[Point, ...]
    undated: int
    is_exact: bool = True  # whether places are


@dataclass(frozen=True, slots=True)
class Wording:
    page: ResultPage
    series: tuple[Series, ...]
    times: tuple[DateBucket, ...]


def wording(request: SearchRequest, wanted: Asked) -> Wording:
    """The lines over the time in which any of them has articles; SearchUnavailable when the index cannot answer."""
    main = ask(request)
    lines = list(_lines(request, wanted, main.answer.counts, main.names))
    used = [(label, asked, *_usage(asked)) for label, asked in lines]
    times = _times([usage for _label, _asked, usage, _all in used], wanted.unit)
    series = tuple(
        Series(label, asked, _points(usage, whole, times), usage.articles.get(0, 0), usage.is_exact)
        for label, asked, usage, whole in used
    )
    return Wording(framed(main, 1), series, times)


def _lines(
    request: SearchRequest, wanted: Asked, counts: Mapping[str, Mapping[str, int]], names: Directory
) -> list[tuple[str, SearchRequest]]:
    """Labels and questions: the parts of the question by their number of articles, or it and the other questions."""
    if not wanted.part:
        texts = [text for text in dict.fromkeys((request.q, *wanted.others)) if text][:MOST]
        return [(text, replace(request, q=text)) for text in texts] or [("", request)]
    held = counts.get(wanted.part, {})
    values = request.chosen(wanted.part) or sorted(held, key=lambda value: (-held[value], value))
    label = value_labels(wanted.part, names, reader_language())
    return [(label(value), request.with_values(wanted.part, [value])) for value in values[:MOST]]


def _usage(request: SearchRequest) -> tuple[Usage, Usage]:
    """What the question uses, and what there is in all under the same filters."""
    question = ask_strictly(request).question
    index = engine()
    return index.usage(question), index.usage(replace(question, tree=All()))


def _times(used: Sequence[Usage], unit: str) -> tuple[DateBucket, ...]:
    """The months or years of the reader's calendar from the first to the last article, the empty ones too."""
    calendar = reader_calendar(reader_language())
    begins, ends = (day.toordinal() for day in TABLES[calendar])
    days = {day for usage in used for day in usage.articles if begins <= day <= ends}
    if not days:
        return ()
    first, last = date.fromordinal(min(days)), date.fromordinal(max(days))
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    chosen: Unit = "month" if (unit == "month" and span <= LIMIT) or (not unit and span <= MOST_MONTHS) else "year"
    return buckets(dict.fromkeys(days, 0), calendar, chosen)


def _points(usage: Usage, whole: Usage, times: Sequence[DateBucket]) -> tuple[Point, ...]:
    columns = (_sums(one, times) for one in (usage.articles, usage.places, whole.articles, whole.words))
    return tuple(Point(*row) for row in zip(*columns, strict=True))


def _sums(days: Mapping[int, int], times: Sequence[DateBucket]) -> list[int]:
    if not times:
        return []
    first = times[0]
    return [bucket.count for bucket in buckets(days, first.calendar, first.unit, first.first, times[-1].last)]


def _rate(number: int, among: int, of: int) -> float:
    return round(number * of / among, 2) if among else 0

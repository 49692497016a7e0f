"""The concordance of a result set: every match of its articles in context, read from the database by offsets.

A page is made from the first `ARTICLES` of the set, because lines can be sorted only when all of them are known; it
says how many were read. An export in the order of the articles reads the whole set, batch by batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from archive.articles.models import Article
from archive.articles.rights import Audience, shown
from archive.authorities.directory import Directory, Revision, directory, revision
from archive.pages.bounds import check_time
from archive.pages.interface import reader_language
from search.answer.marking import Marker, needed, words_recalled
from search.answer.matching import joined
from search.answer.service import Answered, ask, framed
from search.export.result_set import BATCH
from search.request import SearchRequest
from search.results import ResultPage
from search.tree import All, Node
from search.ways.kwic import ConcordanceLine, lines, sort_key

ARTICLES = 200  # read for a page
LINES = 5_000  # kept for a page
ROWS = 50  # lines on a page
FILE_ARTICLES = 4_000  # read for a file
FILE_LINES = 20_000  # of a file


class LocatedLine(NamedTuple):
    """A line by the identifier of its article; `number` is that of its hit in the article, as `answer.hits` counts."""

    identifier: str
    field: str
    number: int
    line: ConcordanceLine
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class ConcordanceRow:
    """A line with its article; alone is a word that was asked with others and stands without them."""

    article: Article
    field: str
    number: int
    line: ConcordanceLine
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Concordance:
    """One page of lines; `total` is the number of all lines of the `read` articles that were read."""

    page: ResultPage
    rows: tuple[ConcordanceRow, ...]
    total: int
    read: int

    @property
    def is_cut(self) -> bool:
        return self.read < self.page.total

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS))


def concordance(request: SearchRequest, order: str, to: Audience = Audience.PAGE) -> Concordance:
    """The wanted page of lines in an order of `kwic.ORDERS`; SearchUnavailable when the index cannot answer.

    In the order of the articles, the lines of words that stand together come before those of one of them alone.
    """
    asked = ask(request, 0, ARTICLES)
    identifiers = tuple(identifier for identifier, _score in asked.answer.found)
    found, read = _lines(asked.answer.generation, revision(), asked.understood.tree, request.names, identifiers, to)
    language = reader_language()
    ordered = sorted(found, key=lambda held: (not order and held.is_alone, sort_key(held.line, order, language)))
    start = (request.page - 1) * ROWS
    rows = tuple(dressed(ordered[start : start + ROWS]))
    return Concordance(framed(asked, ROWS), rows, len(found), read)


@lru_cache(maxsize=4)
def _lines(
    _generation: str,
    _revision: Revision,
    tree: Node,
    names: bool,
    identifiers: tuple[str, ...],
    to: Audience = Audience.PAGE,
) -> tuple[tuple[LocatedLine, ...], int]:
    """All lines of these articles, up to `LINES`, and how many articles were read for them.

    Kept for the next page and the next order of the same question to the same state of the index and of the sources.
    """
    found: list[LocatedLine] = []
    read = 0
    if isinstance(tree, All):
        return (), len(identifiers)
    marker = Marker(tree, names=names)
    with words_recalled():
        for article in readable(identifiers, tree, to, directory()):
            found += _lines_of(article, marker)
            read += 1
            if len(found) >= LINES:
                break
    return tuple(found), read


def readable(identifiers: tuple[str, ...], tree: Node, to: Audience, file: Directory) -> Iterator[Article]:
    """The public articles of these identifiers as they may be shown, in their order, with what marking asks for."""
    wanted = Article.objects.filter(identifier__in=identifiers).still_published().defer("evidence", "curated_fields")
    wanted = wanted.select_related("source").prefetch_related(*needed(tree))
    held = {article.identifier: article for article in wanted}
    return (shown(held[identifier], to, file) for identifier in identifiers if identifier in held)


def _lines_of(article: Article, marker: Marker) -> Iterator[LocatedLine]:
    """The lines of the matches in each text; kicker and title count as one hit each."""
    check_time()
    texts = {"kicker": article.kicker, "title": article.title, "body": article.body}
    before = 0
    for field, (ranges, alone) in marker.told_apart(article).items():
        matches = joined(texts[field], ranges)
        for line in lines(texts[field], matches):
            number = before + 1 + (line.number if field == "body" else 0)
            yield LocatedLine(article.identifier, field, number, line, matches[line.number] in alone)
        before += bool(matches)


def dressed(found: Sequence[LocatedLine]) -> Iterator[ConcordanceRow]:
    """Lines with their articles, read in batches; one that left the public since the last commit is left out."""
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        articles = Article.objects.filter(identifier__in={one.identifier for one in batch}).still_published()
        held = {article.identifier: article for article in articles.select_related("source")}
        yield from (ConcordanceRow(held[one.identifier], *one[1:]) for one in batch if one.identifier in held)


def every_row(asked: Answered, names: bool, order: str, language: str) -> Iterator[ConcordanceRow]:
    """All lines of an answer as a stream; in an order of its own, those of the first `ARTICLES`, which are sorted."""
    tree = asked.understood.tree
    identifiers = tuple(identifier for identifier, _score in asked.answer.found)
    if order:
        held, _read = _lines(asked.answer.generation, revision(), tree, names, identifiers[:ARTICLES], Audience.BULK)
        yield from dressed(sorted(held, key=lambda one: sort_key(one.line, order, language)))
        return
    marker = Marker(tree, names=names)
    for start in range(0, len(identifiers), BATCH):
        for article in readable(identifiers[start : start + BATCH], tree, Audience.BULK, asked.names):
            yield from (ConcordanceRow(article, *one[1:]) for one in _lines_of(article, marker))

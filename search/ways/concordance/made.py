"""The concordance of a result set: every match of its articles in context, read from the database by offsets.

A page is made from the first `ARTICLES` of the set, because lines can be sorted only when all of them are known; it
says how many were read. An export in the order of the articles reads the whole set, batch by batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from archive.articles.models import Article
from archive.pages.bounds import check_time
from archive.pages.interface import reader_language
from search.answer.marking import Range, needed, places
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


@dataclass(frozen=True, slots=True)
class ConcordanceRow:
    """A line with its article."""

    article: Article
    field: str
    number: int
    line: ConcordanceLine


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


def concordance(request: SearchRequest, order: str) -> Concordance:
    """The wanted page of lines in an order of `kwic.ORDERS`; SearchUnavailable when the index cannot answer."""
    asked = ask(request, 0, ARTICLES)
    identifiers = tuple(identifier for identifier, _score in asked.answer.found)
    found, read = _lines(asked.answer.generation, asked.understood.tree, request.names, identifiers)
    language = reader_language()
    ordered = sorted(found, key=lambda held: sort_key(held.line, order, language))
    start = (request.page - 1) * ROWS
    rows = _dressed(ordered[start : start + ROWS])
    return Concordance(framed(asked, ROWS), rows, len(found), read)


@lru_cache(maxsize=4)
def _lines(
    _generation: str, tree: Node, names: bool, identifiers: tuple[str, ...]
) -> tuple[tuple[LocatedLine, ...], int]:
    """All lines of these articles, up to `LINES`, and how many articles were read for them.

    Kept for the next page and the next order of the same question to the same state of the index.
    """
    found: list[LocatedLine] = []
    read = 0
    if isinstance(tree, All):
        return (), len(identifiers)
    for article in _articles(identifiers, tree):
        found += _lines_of(article, tree, names)
        read += 1
        if len(found) >= LINES:
            break
    return tuple(found), read


def _articles(identifiers: tuple[str, ...], tree: Node) -> Iterator[Article]:
    """The public articles of these identifiers, in their order, with what marking them asks for."""
    wanted = Article.objects.filter(identifier__in=identifiers).still_published().defer("evidence", "curated_fields")
    wanted = wanted.select_related("source")
    if records := needed(tree):
        wanted = wanted.prefetch_related("access_points__record", *records)
    held = {article.identifier: article for article in wanted}
    return (held[identifier] for identifier in identifiers if identifier in held)


def _lines_of(article: Article, tree: Node, names: bool) -> list[LocatedLine]:
    check_time()
    texts = {"kicker": article.kicker, "title": article.title, "body": article.body}
    found = places(article, tree, names=names)
    marked = {field: joined(texts[field], ranges) for field, ranges in found.items()}
    return list(_numbered(article.identifier, texts, marked))


def _numbered(
    identifier: str, texts: Mapping[str, str], marked: Mapping[str, Sequence[Range]]
) -> Iterator[LocatedLine]:
    """The lines of the ranges in each text; kicker and title count as one hit each."""
    before = 0
    for field, ranges in marked.items():
        for line in lines(texts[field], ranges):
            yield LocatedLine(identifier, field, before + 1 + (line.number if field == "body" else 0), line)
        before += bool(ranges)


def _dressed(found: list[LocatedLine]) -> tuple[ConcordanceRow, ...]:
    """Lines with their articles; one that left the public since the last commit is left out."""
    wanted = {one.identifier for one in found}
    articles = Article.objects.filter(identifier__in=wanted).still_published().select_related("source")
    held = {article.identifier: article for article in articles}
    return tuple(ConcordanceRow(held[one.identifier], *one[1:]) for one in found if one.identifier in held)


def every_row(asked: Answered, names: bool, order: str, language: str) -> Iterator[ConcordanceRow]:
    """All lines of an answer as a stream; in an order of its own, those of the first `ARTICLES`, which are sorted."""
    tree = asked.understood.tree
    identifiers = tuple(identifier for identifier, _score in asked.answer.found)
    if order:
        held, _read = _lines(asked.answer.generation, tree, names, identifiers[:ARTICLES])
        yield from _in_batches(sorted(held, key=lambda one: sort_key(one.line, order, language)))
        return
    for start in range(0, len(identifiers), BATCH):
        for article in _articles(identifiers[start : start + BATCH], tree):
            yield from (ConcordanceRow(article, *one[1:]) for one in _lines_of(article, tree, names))


def _in_batches(found: list[LocatedLine]) -> Iterator[ConcordanceRow]:
    for start in range(0, len(found), BATCH):
        yield from _dressed(found[start : start + BATCH])

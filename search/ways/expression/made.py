"""A regular expression looked for in the texts of a result set, as they may be shown, from the database.

The engine finds the set; the expression is looked for in the first `ARTICLES` of it, as long as there is time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.articles.models import Article
from archive.articles.rights import Audience
from archive.pages.bounds import check_time, is_spent
from archive.pages.interface import reader_language
from search.answer.service import Answered, ask, framed
from search.export.result_set import BATCH
from search.request import SearchRequest
from search.tree import All
from search.ways.concordance.made import ROWS, Concordance, ConcordanceRow, LocatedLine, dressed, readable
from search.ways.expression.patterns import BadExpression, SoughtExpression, expression
from search.ways.kwic import lines, sort_key

ARTICLES = 1_000  # read for a page
LINES = 5_000  # kept for a page
FILE_ARTICLES = 4_000  # read for a file
FILE_LINES = 20_000  # of a file
READING = 0.7  # of the time of a request; the rest is for the page
TEXTS = ("kicker", "title", "body")


@dataclass(frozen=True, slots=True)
class ExpressionAsked:
    """What is looked for, in texts as written or with spellings folded, and the order of the lines (`kwic.ORDERS`)."""

    typed: str = ""
    is_written: bool = False
    order: str = ""


@dataclass(frozen=True, slots=True)
class ExpressionFound(Concordance):
    """One page of lines; `total` is the number of all lines of the `read` articles, `bad` why nothing was looked for.

    `is_hurried`: there was no time to read as many as usual.
    """

    rows: tuple[ConcordanceRow, ...] = ()
    total: int = 0
    read: int = 0
    is_hurried: bool = False
    bad: BadExpression | None = None


def expression_in(request: SearchRequest, wanted: ExpressionAsked, to: Audience = Audience.PAGE) -> ExpressionFound:
    """The wanted page of lines; SearchUnavailable when the index cannot answer."""
    asked = ask(request, 0, ARTICLES)
    page = framed(asked, ROWS)
    try:
        sought = expression(wanted.typed, is_folded=not wanted.is_written) if wanted.typed else None
    except BadExpression as error:
        return ExpressionFound(page, bad=error)
    if sought is None or page.refused:
        return ExpressionFound(page)
    reading = ExpressionReading(asked, sought, to)
    found = _first(reading.lines(), LINES)
    language = reader_language()
    ordered = sorted(found, key=lambda held: sort_key(held.line, wanted.order, language))
    start = (request.page - 1) * ROWS
    rows = tuple(dressed(ordered[start : start + ROWS]))
    return ExpressionFound(page, rows, len(found), reading.read, reading.is_hurried)


def _first(found: Iterator[LocatedLine], most: int) -> list[LocatedLine]:
    """All lines of the articles of the first so many."""
    kept: list[LocatedLine] = []
    for line in found:
        if len(kept) >= most and line.identifier != kept[-1].identifier:
            break
        kept.append(line)
    return kept


class ExpressionReading:
    """The articles of an answer read one after the other; `read` says how many were."""

    def __init__(self, asked: Answered, sought: SoughtExpression, to: Audience) -> None:
        self.asked, self.sought, self.to = asked, sought, to
        self.read = 0
        self.is_hurried = False

    def lines(self) -> Iterator[LocatedLine]:
        """The lines in the order of the articles."""
        for article in self._articles([identifier for identifier, _score in self.asked.answer.found]):
            for field in TEXTS:
                text = getattr(article, field)
                for line in lines(text, self.sought.places(text)):
                    yield LocatedLine(article.identifier, field, 0, line)
            self.read += 1

    def _articles(self, identifiers: Sequence[str]) -> Iterator[Article]:
        for start in range(0, len(identifiers), BATCH):
            if start and is_spent(READING):
                self.is_hurried = True
                return
            for article in readable(tuple(identifiers[start : start + BATCH]), All(), self.to, self.asked.names):
                check_time()
                yield article

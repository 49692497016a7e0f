"""A whole result set as a stream: the question is asked once, the articles are read from the database in batches.

The identifiers of one answer are one state of the index; what left the public meanwhile is left out by the database.
Memory holds these identifiers and one batch.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings

from archive.articles.citing.cited import Cited, cited
from archive.articles.models import Article
from archive.articles.rights import Audience, shown
from archive.authorities.directory import Directory, directory
from archive.pages.bounds import check_time
from search.answer.service import ask
from search.request import SearchRequest

BATCH = 200


@dataclass(frozen=True, slots=True)
class ResultSet:
    """What a question found: the number of all articles, and the identifiers of those to export, best first.

    `is_picked`: a reader chose the articles one by one; no question found them.
    """

    request: SearchRequest
    total: int
    identifiers: tuple[str, ...]
    is_picked: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether more was found than an export holds."""
        return self.total > len(self.identifiers)


@dataclass(frozen=True, slots=True)
class Exported:
    """One article of an export, as it may leave in bulk, with its citation; `names` labels its records."""

    article: Article
    work: Cited
    names: Directory


class QueryRefused(Exception):
    """The query is too long or too deep to be asked."""


def found(request: SearchRequest, most: int = 0) -> ResultSet:
    """Ask for the first `most` articles (by default `EXPORT_LIMIT`) of a question, whatever its page.

    SearchUnavailable when the index cannot answer, QueryRefused for a query that is not asked.
    """
    asked = ask(request, 0, most or settings.EXPORT_LIMIT)
    if asked.understood.parsed.refused:
        raise QueryRefused(request.q)
    identifiers = tuple(identifier for identifier, _score in asked.answer.found)
    return ResultSet(request, asked.answer.total, identifiers)


def articles(result: ResultSet, address: Callable[[str], str], accessed_on: datetime.date) -> Iterator[Exported]:
    """The articles of a result set in its order; `address` makes a path of this site absolute."""
    names = directory()
    for start in range(0, len(result.identifiers), BATCH):
        wanted = result.identifiers[start : start + BATCH]
        held = {a.identifier: a for a in Article.objects.described().filter(identifier__in=wanted).still_published()}
        for identifier in wanted:
            check_time()
            if article := held.get(identifier):
                work = cited(article, address(article.get_absolute_url()), accessed_on, names)
                yield Exported(shown(article, Audience.BULK, names), work, names)

"""What the archive asks of whoever keeps an index: which public articles have a word, which articles answer a query.

The one who keeps it registers to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from archive.articles.models import Article


class Unanswered(Exception):
    """Nobody can tell now which articles have a word: all are to be read."""


class WordFinder(Protocol):
    """Words are folded, as `search.analysis.fold` does; each call raises Unanswered where the index cannot answer."""

    def words(self) -> Iterable[str]:
        """Every word of titles and texts, function words too: «بان كي مون», «لي تشيانغ» begin with one."""

    def having(self, word: str) -> set[str]:
        """The identifiers of the articles that have a word in title or text."""

    def waiting(self) -> set[str]:
        """The identifiers of articles that changed and are not indexed again yet."""


Marked = Iterator[tuple[str, bool]]
"""A piece of text in its order, each with whether it answers."""


class ArticleSearch(Protocol):
    """The readers' own search over all articles, for staff alone; raises Unanswered where it cannot answer."""

    def found(self, query: str) -> list[str]:
        """The identifiers of the articles that answer what was typed, whatever their status."""

    def marker(self, query: str) -> Callable[[Article], Marked]:
        """What gives the best fragment of an article's text, with what answers in it."""


class _Nobody:
    """Where no index is installed."""

    def words(self) -> Iterable[str]:
        raise Unanswered

    def having(self, word: str) -> set[str]:
        raise Unanswered

    def waiting(self) -> set[str]:
        raise Unanswered

    def found(self, query: str) -> list[str]:
        raise Unanswered

    def marker(self, query: str) -> Callable[[Article], Marked]:
        raise Unanswered


_finders: list[WordFinder] = [_Nobody()]
_searches: list[ArticleSearch] = [_Nobody()]


def register(finder: WordFinder) -> None:
    _finders.append(finder)


def finder() -> WordFinder:
    """The one that was registered last."""
    return _finders[-1]


def register_search(search: ArticleSearch) -> None:
    _searches.append(search)


def article_search() -> ArticleSearch:
    """The one that was registered last."""
    return _searches[-1]

"""The readers' own search for the desk: the same words, fields and matching, over what is public and what is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from archive.articles.finding import Marked, Unanswered, register_search
from archive.articles.models import Article
from archive.authorities.directory import directory
from search.answer.marking import Marker
from search.engine import PUBLIC, UNPUBLISHED, engine
from search.engine.protocol import Question, SearchUnavailable
from search.question.understanding import understand
from search.request import SearchRequest
from search.results import Mark
from search.tree import Node

_ALL: Final = 1 << 30


class IndexSearch:
    """Asks both indexes, each in its last state."""

    def found(self, query: str) -> list[str]:
        question = Question(_tree(query), size=_ALL)
        try:
            answers = [engine(index).search(question) for index in (UNPUBLISHED, PUBLIC)]
        except SearchUnavailable as error:
            raise Unanswered(error.reason) from error
        return [identifier for answer in answers for identifier, _score in answer.found]

    def marker(self, query: str) -> Callable[[Article], Marked]:
        marker = Marker(_tree(query))
        return lambda article: ((piece, mark != Mark.NONE) for piece, mark in marker.highlight(article).fragment.pieces)


def _tree(query: str) -> Node:
    return understand(SearchRequest(query), directory()).tree


register_search(IndexSearch())

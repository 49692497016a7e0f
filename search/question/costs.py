"""How much work a query is, told from its form alone: what costs much is bounded as exports are."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from search.question.address import read_words
from search.syntax import parse
from search.tree import Asked, Fuzzy, Phrase, Prefix, leaves

ORDINARY: Final = 12  # beyond it a query is heavy work
MANY_WORDS: Final = 5  # what a prefix or a fuzzy word costs, which stand for many words
NEARNESS: Final = 4  # what a phrase costs beside its words when others may stand between them


def is_costly(request: HttpRequest) -> bool:
    """Whether the query of an address costs more than twelve words, or two beginnings of words and two words, do."""
    return is_costly_query(read_words(request.GET).q)


def is_costly_query(typed: str) -> bool:
    return sum(cost(leaf) for leaf, _wanted in leaves(parse(typed).tree)) > ORDINARY


def cost(leaf: Asked) -> int:
    """The cost of a part of a query in words.

    >>> [cost(leaf) for leaf, _wanted in leaves(parse('قطر "وزير الخارجية"~5 مشاور*').tree)]
    [1, 6, 5]
    """
    if isinstance(leaf, Phrase):
        return len(leaf.words) + (NEARNESS if leaf.slop else 0)
    return MANY_WORDS if isinstance(leaf, Prefix | Fuzzy) else 1

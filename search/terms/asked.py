"""The terms among the words of a query: searched for in every language, as phrases in the one that was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from search.analysis import fold, stop_words
from search.terms.finding import terms
from search.tree import And, Named, Node, Not, Or, Phrase, Word


def with_terms(tree: Node) -> Node:
    """The tree with each term of its words searched for in every language; phrases in quotation marks stay."""
    if isinstance(tree, And):
        return And(tuple(part for run in _word_runs(tree.children) for part in run))
    if isinstance(tree, Or):
        return Or(tuple(map(with_terms, tree.children)))
    if isinstance(tree, Not):
        return Not(with_terms(tree.child))
    return _named([tree])[0] if isinstance(tree, Word) else tree


def _word_runs(children: Sequence[Node]) -> Iterator[list[Node]]:
    for is_words, group in groupby(children, key=lambda child: isinstance(child, Word)):
        nodes = list(group)
        words = [node for node in nodes if isinstance(node, Word)]
        yield _named(words) if is_words else list(map(with_terms, nodes))


def _named(words: Sequence[Word]) -> list[Node]:
    done: list[Node] = []
    at = 0
    for first, last, concepts in terms().find_in_query([word.text for word in words]):
        named = [Named(concept.slug) for concept in concepts]
        done += [*words[at:first], either([as_term(words[first:last])], named)]
        at = last
    return [*done, *words[at:]]


def as_term(words: Sequence[Node]) -> Node:
    """The words of a term as they stand in it: «مشاورات سياسية» is no report on مشاورات and, elsewhere, سياسية.

    So the same term gives the same reports in whichever language it is typed. A term with a function word may lack it.
    """
    typed = [word for word in words if isinstance(word, Word) and fold(word.text) not in stop_words()]
    if len(words) < 2 or len(typed) < len(words):
        return words[0] if len(words) == 1 else And(tuple(words))
    return Phrase(tuple(word.text for word in typed), 0, typed[0].start, typed[-1].end)


def either(typed: Sequence[Node], others: Iterable[Node]) -> Node:
    """All of what was typed, or any of the others."""
    return Or((typed[0] if len(typed) == 1 else And(tuple(typed)), *others))

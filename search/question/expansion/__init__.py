"""A query understood: fields resolved to identifiers, and what its words name searched for in every other form.

Works on the tree, never on the text: phrases in quotation marks stay exactly what was typed, and operators keep
their meaning. What was added is told, so that a page can show it and offer to leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archive.authorities.directory import Directory
from search.question.expansion.fields import resolved
from search.question.expansion.spans import Span, found_in
from search.results import Expansion
from search.terms import either
from search.tree import And, Field, Node, Not, Or, Word

__all__ = ["Understood", "expand"]


@dataclass(frozen=True, slots=True)
class Understood:
    tree: Node
    expansions: tuple[Expansion, ...] = ()


def expand(tree: Node, names: Directory, *, with_names: bool, language: str) -> Understood:
    """Resolve the fields of a query and, `with_names`, let each name, post and term in it reach its other forms.

    `tree` is distributed (see `search.tree`); `language` is the reader's, for the labels of what was added.
    """
    expander = _Expander(names, with_names, language)
    return Understood(expander.visit(tree), tuple(expander.added.values()))


class _Expander:
    def __init__(self, names: Directory, with_names: bool, language: str) -> None:
        self.names = names
        self.with_names = with_names
        self.language = language
        self.added: dict[tuple[str, str], Expansion] = {}

    def visit(self, node: Node) -> Node:
        if isinstance(node, Field):
            return resolved(node, self.names)
        if isinstance(node, Not):
            return replace(node, child=self.visit(node.child))
        if isinstance(node, Or):
            return Or(tuple(self.visit(child) for child in node.children))
        children = node.children if isinstance(node, And) else (node,)
        nodes = list(self._conjunction(children))
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _conjunction(self, children: Sequence[Node]) -> Iterator[Node]:
        """Neighbouring words are looked up together, so that a name of several words is one name."""
        for is_words, group in groupby(children, key=lambda child: isinstance(child, Word)):
            if not is_words:
                yield from map(self._child, group)
            elif self.with_names:
                yield from self._words([word for word in group if isinstance(word, Word)])
            else:
                yield from group

    def _child(self, node: Node) -> Node:
        return self.visit(node) if isinstance(node, And | Or | Not | Field) else node

    def _words(self, words: Sequence[Word]) -> list[Node]:
        spans = found_in([word.text for word in words], self.names, self.language)
        for span in spans:
            for expansion in span.expansions:
                self.added.setdefault((expansion.kind, expansion.slug), expansion)
        return _nested(words, spans, 0, len(words))


def _nested(words: Sequence[Word], spans: Sequence[Span], first: int, last: int) -> list[Node]:
    """The words from `first` to `last` (excluded), each longest span as one node that holds the shorter ones."""
    done: list[Node] = []
    at = first
    for span in sorted(spans, key=lambda span: (span.first, -span.last)):
        if at <= span.first and span.last <= last:
            inner = [other for other in spans if other is not span and span.holds(other)]
            typed = _nested(words, inner, span.first, span.last)
            done += [*words[at : span.first], either(typed, span.others)]
            at = span.last
    return [*done, *words[at:last]]

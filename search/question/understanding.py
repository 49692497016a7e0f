"""A request understood, decided once: its words read, each field given to its terms, names and terms in every form.

Works on the tree, never on the text: phrases in quotation marks stay exactly what was typed, and operators keep
their meaning. What was added is told, so that a page can show it and offer to leave it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from archive.authorities.directory import Directory
from archive.pages.interface import reader_language
from search.question.expansion.fields import resolved
from search.question.expansion.spans import QuerySpan, spans_of
from search.question.frame import as_asked, without_small_words
from search.request import SearchRequest
from search.results import Expansion
from search.syntax import ParsedQuery, parse
from search.terms import as_term, either
from search.tree import And, Fielded, Named, Node, Not, Or, Word

OPERATORS = {"AND", "OR", "NOT"}  # whoever types one means it: no second answer


@dataclass(frozen=True, slots=True)
class Understood:
    """The query as it was `parsed`, and the `tree` that the engine is asked, in which the `expansions` are added."""

    parsed: ParsedQuery
    tree: Node
    expansions: tuple[Expansion, ...] = ()

    @property
    def may_relax(self) -> bool:
        return not OPERATORS & set(self.parsed.text.split())


def understand(request: SearchRequest, names: Directory) -> Understood:
    """What a request asks of the engine; labels of what is added are in the reader's language.

    Fields become identifiers. Unless the request wants spellings alone, each name, post and term reaches its other
    forms: `خلفوف` also finds what is linked to the record of khalaf-khalafov.
    """
    parsed = parse(request.q)
    expander = _Expander(names, request.names, reader_language())
    tree = expander.visit(as_asked(parsed.tree, parsed.text))
    return Understood(parsed, without_small_words(tree), tuple(expander.added.values()))


@dataclass(frozen=True, slots=True)
class _Expander:
    """Goes through a distributed tree (see `search.tree`) and notes what it `added`, by kind and identifier."""

    names: Directory
    with_names: bool
    language: str
    added: dict[tuple[str, str], Expansion] = field(default_factory=dict)

    def visit(self, node: Node) -> Node:
        """Neighbouring words are looked up together, so that a name of several words is one name."""
        if isinstance(node, Fielded):
            return resolved(node, self.names)
        if isinstance(node, Not):
            return Not(self.visit(node.child))
        if isinstance(node, Or):
            return Or(tuple(map(self.visit, node.children)))
        if not isinstance(node, And | Word):
            return node
        nodes: list[Node] = []
        for _are_words, group in groupby(
            node.children if isinstance(node, And) else [node], key=lambda one: isinstance(one, Word)
        ):
            part = list(group)
            words = [one for one in part if isinstance(one, Word)]
            nodes += self._with_names(words) if words else map(self.visit, part)
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _with_names(self, words: Sequence[Word]) -> Sequence[Node]:
        if not self.with_names:
            return words
        spans = spans_of([word.text for word in words], self.names, self.language)
        for expansion in (one for span in spans for one in span.expansions):
            self.added.setdefault((expansion.kind, expansion.slug), expansion)
        return _nested(words, spans, 0, len(words))


def _nested(words: Sequence[Word], spans: Sequence[QuerySpan], first: int, last: int) -> list[Node]:
    """The words from `first` to `last` (excluded), each longest span as one node that holds the shorter ones."""
    done: list[Node] = []
    at = first
    for span in sorted(spans, key=lambda span: (span.first, -span.last)):
        if at <= span.first and span.last <= last:
            inner = [other for other in spans if other is not span and span.holds(other)]
            typed = _nested(words, inner, span.first, span.last)
            typed = [as_term(typed)] if all(isinstance(other, Named) for other in span.others) else typed
            done += [*words[at : span.first], either(typed, span.others)]
            at = span.last
    return [*done, *words[at:last]]

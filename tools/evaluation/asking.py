"""One question put to the index of a set in the ways that are compared: as readers get it, and with parts left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import cast

from archive.authorities.directory import Directory
from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm
from search.analysis import analyze, stop_words
from search.question.any_of_the_words import ENOUGH, filled, relaxed
from search.question.understanding import understand
from search.request import SearchRequest
from search.syntax import parse
from search.tree import And, Node, Or, Phrase, Word
from tools.evaluation.metrics import DEPTH
from tools.evaluation.passage_index import PassageIndex

Change = Callable[[Node], Node]


@dataclass(frozen=True, slots=True)
class AskingWay:
    """A way of asking: with names or without, `relax`ed when few hits have all words, its tree changed by `change`."""

    name: str
    names: bool = True
    relax: bool = True
    change: Change = lambda tree: tree

    def ask(self, index: PassageIndex, text: str) -> list[str]:
        """The identifiers of the best answers, best first, at most `DEPTH`."""
        tree = self.change(read(text, with_names=self.names))
        first = index.ask(tree, DEPTH, names=self.names)
        looser = relaxed(read(text, with_names=self.names)) if self.relax and len(first) < ENOUGH else None
        if looser is None:
            return first
        return filled(first, index.ask(self.change(looser), DEPTH, names=self.names))[:DEPTH]


def as_spelled(tree: Node) -> Node:
    """The same question without stems: each word as a quoted one; function words beside others are left out.

    >>> as_spelled(And((Word("وزارة"), Word("في"))))
    Phrase(words=('وزارة',), slop=0, start=0, end=0)
    """
    if isinstance(tree, Word):
        return Phrase(tuple(tree.text.split()), 0, tree.start, tree.end)
    if isinstance(tree, And):
        kept = [child for child in tree.children if not _is_small(child)] or list(tree.children)
        return And(tuple(as_spelled(child) for child in kept)) if len(kept) > 1 else as_spelled(kept[0])
    if isinstance(tree, Or):
        return Or(tuple(as_spelled(child) for child in tree.children))
    return tree


OURS = AskingWay("ours")
WAYS = (
    OURS,
    AskingWay("ours, all words only", relax=False),
    AskingWay("ours without stems", change=as_spelled),
    AskingWay("ours without names", names=False),
)


def read(text: str, *, with_names: bool = True) -> Node:
    """The tree that the results page asks for; a question that is too long is asked by its first words."""
    words = text.split()
    while words and is_too_long(" ".join(words)):
        words.pop()
    return understand(SearchRequest(q=" ".join(words), names=with_names), names()).tree


def is_too_long(text: str) -> bool:
    """Whether the results page would refuse this question and ask for a shorter one."""
    return parse(text).refused


class ShippedNames:
    """What name expansion asks of the authority file, from the records that ship: no labels, no database."""

    gazetteer = Gazetteer.shipped()

    def label(self, kind: str, slug: str, language: str) -> str:
        return slug

    def names(self, kind: str, slug: str) -> list[NameForm]:
        return []

    def holders(self, role: str, state: str) -> tuple[()]:
        return ()

    def source(self, name: str) -> None:
        return None


@cache
def names() -> Directory:
    """The authority file as shipped."""
    return cast(Directory, ShippedNames())


def _is_small(node: Node) -> bool:
    return isinstance(node, Word) and all(token.norm in stop_words() for token in analyze(node.text) if token.span == 1)

"""The second answer to a question: what has some of its words, for when too little has them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from search.analysis import asking
from search.tree import And, Fielded, Fuzzy, Linked, Named, Node, Or, Phrase, Prefix, Word, all_of

ENOUGH: Final = 10  # hits of the first answer that make a second one needless
Found = TypeVar("Found")


def relaxed(tree: Node) -> Node | None:
    """The question with any of its words in place of all, or None where nothing can be asked less strictly.

    Works on a tree before or after name expansion, and is independent of the engine. What was excluded stays excluded,
    what was asked of a date, a country, a source or another field of identifiers stays required. A function word
    finds nothing by itself, since nearly every text has it; it stays optional beside the word that it stands before:
    `صلح و امنیت` asks for صلح, or for امنیت and rather `و امنیت`. A phrase beside other words is asked as a phrase and
    by its words; a phrase alone stays as it is, for quotation marks mean exactly this.

    >>> relaxed(And((Word("مشاورات"), Word("سياسية"), Not(Word("قطر")))))
    And(children=(Or(children=(Word(text='مشاورات', start=0, end=0), Word(text='سياسية', start=0, end=0))), \
Not(child=Word(text='قطر', start=0, end=0))))
    """
    if not isinstance(tree, And | Or):
        return None
    children = tree.children if isinstance(tree, And) else (tree,)
    asked = list(_leaves([child for child in children if _asks_text(child)]))
    if sum(not isinstance(node, Linked | Named) for node in asked) < 2:
        return None  # one word, perhaps with what it names
    some = list(dict.fromkeys(_with_small_words(asked)))
    if len(some) < 2:
        return None
    whole = all_of([Or(tuple(some)), *(child for child in children if not _asks_text(child))])
    return None if whole == tree else whole


def filled(first: Sequence[Found], second: Iterable[Found]) -> list[Found]:
    """The first answer and behind it what only the second has, both in their order.

    >>> filled(["b", "a"], ["a", "c"])
    ['b', 'a', 'c']
    """
    return list(dict.fromkeys((*first, *second)))


def _asks_text(node: Node) -> bool:
    """Whether the node asks for words of the text, which may be missing from a relaxed answer."""
    if isinstance(node, Fielded):
        return node.name == "title"
    if isinstance(node, And | Or):
        return any(_asks_text(child) for child in node.children)
    return isinstance(node, Word | Phrase | Prefix | Fuzzy)


def _leaves(nodes: Iterable[Node]) -> Iterator[Node]:
    """Everything of which a text needs to have only one, in the order typed."""
    for node in nodes:
        if isinstance(node, Phrase) and len(node.words) > 1:
            yield node
            yield from (Word(text, node.start, node.end) for text in node.words)
        elif isinstance(node, Or) or (isinstance(node, And) and all(_asks_text(child) for child in node.children)):
            yield from _leaves(node.children)
        else:
            yield relaxed(node) or node


def _with_small_words(nodes: Sequence[Node]) -> list[Node]:
    """Each function word beside the word that follows it, the last beside the one before; alone among its like."""
    if all(is_small(node) for node in nodes):
        return list(nodes)
    found: list[Node] = []
    waiting: list[Node] = []
    for node in nodes:
        if is_small(node):
            waiting.append(node)
            continue
        found.append(And((*waiting, node)) if waiting and isinstance(node, Word) else node)
        waiting = []
    if waiting and isinstance(found[-1], Word):
        found[-1] = And((found[-1], *waiting))
    return found


def is_small(node: Node) -> bool:
    """Whether a node is a word that is nothing but function words."""
    return isinstance(node, Word) and asking.is_small(node.text)

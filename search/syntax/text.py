"""A query tree as text: one canonical way to type every tree."""

from __future__ import annotations

from search.syntax.characters import as_plain
from search.tree import All, And, Fielded, Fuzzy, Node, Not, Or, Phrase, Prefix, Range, Word


def to_text(tree: Node) -> str:
    """The shortest plain way to type `tree`, with English field names and straight quotation marks.

    For a tree in normal form `parse(to_text(tree)).tree == tree`, as long as the text keeps to the limits of a query.
    `All` is "". The height of a parsed tree is bounded, so the recursion is.

    >>> to_text(And((Fielded("country", Word("قطر")), Not(Word("إيران")))))
    'country:قطر -إيران'
    """
    if isinstance(tree, Or):
        return " OR ".join(_sequence(child) for child in tree.children)
    return _sequence(tree)


def _sequence(node: Node) -> str:
    if isinstance(node, And):
        return " ".join(_unit(child) for child in node.children if not isinstance(child, All))
    return _unit(node)


def _unit(node: Node) -> str:
    """A node that can be preceded by a minus or a field: a leaf, or a group in parentheses."""
    match node:
        case Word(text):
            return as_plain(text)
        case Phrase(words, slop):
            return f'"{" ".join(words)}"' + (f"~{slop}" if slop else "")
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, distance):
            return f"{text}~" + (str(distance) if distance > 1 else "")
        case Range(low, high):
            return _range(low, high)
        case Fielded(name, child):
            return f"{name}:{_unit(child)}"
        case Not(child):
            return f"-{_unit(child)}"
        case And() | Or():
            return f"({to_text(node)})"
        case _:
            return ""


def _range(low: str | None, high: str | None) -> str:
    if " " in f"{low}{high}":
        return f"[{low or '*'} TO {high or '*'}]"
    return f"{low or ''}..{high or ''}"

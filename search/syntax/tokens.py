"""What the parser sees of a query: terms, operators, fields and parentheses, each with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from search.tree import Leaf, Range


class TokenKind(Enum):
    TERM = "a word, phrase, prefix, fuzzy word or range"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    MINUS = "-"
    FIELD = "title:"


@dataclass(frozen=True, slots=True)
class QueryToken:
    """`start` and `end` are indices into the typed text, half open; `text` is what stands there,
    without direction marks.

    A TERM carries its `node`, a FIELD the `name` it stands for.
    """

    kind: TokenKind
    start: int
    end: int
    text: str
    node: Leaf | Range | None = None
    name: str = ""

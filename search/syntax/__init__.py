"""The query language: what a reader typed, as a tree that any engine can be asked; see docs/search-syntax.md."""

from __future__ import annotations

from dataclasses import dataclass

from search.syntax.characters import count_pieces
from search.syntax.lexer import tokens_of
from search.syntax.notices import NOTICE_MESSAGES, Notice, notice
from search.syntax.parser import tree_of
from search.syntax.text import to_text
from search.tree import NOTHING, All, And, Asked, Leaf, Node, Phrase, Word, leaves, terms

__all__ = [
    "MAX_CHARACTERS",
    "MAX_TERMS",
    "NOTICE_MESSAGES",
    "Notice",
    "ParsedQuery",
    "parse",
    "terms",
    "to_text",
]

MAX_CHARACTERS = 256
MAX_TERMS = 32


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as typed and as understood; offsets in `tree` and `notices` are indices into `text`.

    `had_operators` is False for words alone, which may be answered a second time with fewer of them. A `refused`
    query was too long; its tree is `NOTHING` and its only notice says why.
    """

    text: str
    tree: Node
    notices: tuple[Notice, ...] = ()
    had_operators: bool = False
    refused: bool = False


def parse(text: str) -> ParsedQuery:
    """Read a query; what cannot be understood is searched as plain words, and a notice says so.

    Any string, in logical order, in any normal form; never raises, in time linear in its length. Beyond
    `MAX_CHARACTERS` (white space around it not counted) or `MAX_TERMS` the query is refused.

    >>> parse('«خلف خلفوف» -کشور:قطر').tree
    And(children=(Phrase(words=('خلف', 'خلفوف'), slop=0, start=0, end=11), Not(child=Field(name='country', \
child=Word(text='قطر', start=18, end=21), start=13, end=21))))
    >>> parse("ناتو و اوكراين").had_operators
    False
    """
    length = len(text.strip())
    if length > MAX_CHARACTERS:
        return _refused(text, "too-long", length, MAX_CHARACTERS)
    tokens, reading = tokens_of(text)
    tree, building, obeyed = tree_of(text, tokens)
    count = sum(_count_terms(leaf) for leaf, _wanted in leaves(tree))
    if count > MAX_TERMS:
        return _refused(text, "too-many-terms", count, MAX_TERMS)
    notices = sorted((*reading, *building), key=lambda told: (told.start, told.end))
    return ParsedQuery(text, tree, tuple(notices), obeyed or not _is_words(tree))


def _refused(text: str, code: str, size: int, limit: int) -> ParsedQuery:
    size_name = "length" if code == "too-long" else "count"
    why = notice(code, text, 0, len(text), limit=limit, **{size_name: size})
    return ParsedQuery(text, NOTHING, (why,), refused=True)


def _count_terms(asked: Asked) -> int:
    """How many terms the index is asked for: of a phrase each word, of a date range one."""
    if isinstance(asked, Phrase):
        return sum(map(count_pieces, asked.words))
    return count_pieces(asked.text) if isinstance(asked, Leaf) else 1


def _is_words(tree: Node) -> bool:
    children = tree.children if isinstance(tree, And) else (tree,)
    return all(isinstance(child, Word | All) for child in children)

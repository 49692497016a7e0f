"""From a typed query to its tree: NOT binds tighter than AND, written or not, and AND tighter than OR.

Two passes over the tokens, both with a stack of their own: parentheses are paired first, then the tree is built.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from search.syntax.characters import COLONS, as_plain, as_written, count_pieces
from search.syntax.lexer import tokens_of
from search.syntax.notices import Notice, notice
from search.syntax.parentheses import with_paired_parentheses
from search.syntax.ranges import in_order, year_range
from search.syntax.tokens import QueryToken, TokenKind
from search.tree import (
    NOTHING,
    All,
    And,
    Leaf,
    Node,
    Phrase,
    Range,
    Word,
    all_of,
    any_of,
    completed,
    leaves,
    negated,
    within,
)

MAX_CHARACTERS = 256
MAX_TERMS = 32
_BEGINNINGS = {TokenKind.TERM, TokenKind.OPEN, TokenKind.NOT, TokenKind.MINUS, TokenKind.FIELD}
_VALUES = {TokenKind.TERM, TokenKind.OPEN, TokenKind.MINUS}


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
    And(children=(Phrase(words=('خلف', 'خلفوف'), slop=0, start=0, end=11), Not(child=Fielded(name='country', \
child=Word(text='قطر', start=18, end=21), start=13, end=21))))
    >>> parse("ناتو و اوكراين").had_operators
    False
    """
    length = len(text.strip())
    if length > MAX_CHARACTERS:
        return _refused(text, "too-long", length, MAX_CHARACTERS)
    tokens, reading = tokens_of(text)
    tree, building, obeyed = tree_of(text, tokens)
    count = _count_terms(tree)
    if count > MAX_TERMS:
        return _refused(text, "too-many-terms", count, MAX_TERMS)
    children = tree.children if isinstance(tree, And) else (tree,)
    had_operators = obeyed or not all(isinstance(child, Word | All) for child in children)
    notices = sorted((*reading, *building), key=lambda told: (told.start, told.end))
    return ParsedQuery(text, tree, tuple(notices), had_operators)


def _refused(text: str, code: str, size: int, limit: int) -> ParsedQuery:
    size_name = "length" if code == "too-long" else "count"
    why = notice(code, text, 0, len(text), limit=limit, **{size_name: size})
    return ParsedQuery(text, NOTHING, (why,), refused=True)


def _count_terms(tree: Node) -> int:
    """How many terms the index is asked for: of a phrase each word, of a date range one."""
    count = 0
    for leaf, _wanted in leaves(tree):
        words = leaf.words if isinstance(leaf, Phrase) else [leaf.text] if isinstance(leaf, Leaf) else []
        count += sum(map(count_pieces, words)) if isinstance(leaf, Leaf) else 1
    return count


def tree_of(query: str, tokens: list[QueryToken]) -> tuple[Node, list[Notice], bool]:
    """The tree of a query's tokens in normal form, what was changed, and whether an AND, OR or NOT was obeyed.

    Never raises; parentheses are followed to a bounded depth, which bounds the height of the tree.
    """
    notices: list[Notice] = []
    if any(token.kind in (TokenKind.OPEN, TokenKind.CLOSE) for token in tokens):
        tokens, notices = with_paired_parentheses(query, tokens)
    builder = _Builder(query, notices)
    builder.read(tokens)
    tree = builder.groups[0].joined()
    whole = All() if tree is None else completed(tree)
    if tree is not None and whole is not tree:
        builder.tell("only-negative", 0, len(query))
    return whole, notices, builder.obeyed


@dataclass(slots=True)
class _Group:
    """What stands between two parentheses so far: alternatives of OR, each a list of what AND joins."""

    pending: list[QueryToken] = field(default_factory=list)
    inside: str = ""
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])

    def joined(self) -> Node | None:
        joined = (all_of(nodes) for nodes in self.alternatives)
        return any_of(node for node in joined if node is not None)


@dataclass(slots=True)
class _Builder:
    query: str
    notices: list[Notice]
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    pending: list[QueryToken] = field(default_factory=list)
    expecting: bool = True
    obeyed: bool = False

    def read(self, tokens: list[QueryToken]) -> None:
        for token, after in zip(tokens, [*(token.kind for token in tokens[1:]), None], strict=False):
            if token.kind is TokenKind.OPEN:
                self.open()
            elif token.kind is TokenKind.CLOSE:
                self.close(token.end)
            elif token.kind is TokenKind.TERM:
                self.operand(self.value_of(token), token.end)
            elif token.kind in (TokenKind.AND, TokenKind.OR):
                self.connect(token, after)
            else:
                self.prepare(token, after)

    def open(self) -> None:
        self.groups.append(_Group(self.pending, self.current_field()))
        self.pending, self.expecting = [], True

    def close(self, end: int) -> None:
        group = self.groups.pop()
        self.pending = group.pending
        self.operand(group.joined(), end)

    def connect(self, token: QueryToken, after: TokenKind | None) -> None:
        """AND and OR join what stands on both sides; without both they are words of the query."""
        if self.expecting or after not in _BEGINNINGS:
            self.as_word(token, "operator-without-words")
            return
        self.obeyed = self.expecting = True
        if token.kind is TokenKind.OR:
            self.groups[-1].alternatives.append([])

    def prepare(self, token: QueryToken, after: TokenKind | None) -> None:
        """NOT, minus and a field wait for what follows; with nothing to follow NOT and a field are words."""
        if token.kind is TokenKind.FIELD and after not in _VALUES:
            self.as_word(token, "field-without-value")
        elif token.kind is TokenKind.NOT and after not in _BEGINNINGS:
            self.as_word(token, "operator-without-words")
        elif after in _BEGINNINGS:
            self.pending.append(token)
            self.expecting = True

    def as_word(self, token: QueryToken, code: str) -> None:
        text = as_plain(as_written(token.text.rstrip(COLONS)))
        self.tell(code, token.start, token.end)
        self.operand(Word(text, token.start, token.end - (token.kind is TokenKind.FIELD)), token.end)

    def operand(self, node: Node | None, end: int) -> None:
        """Put a node, or nothing, where the query is, under the minus signs and fields that wait for it."""
        for token in reversed(self.pending):
            if node is not None and token.kind is TokenKind.FIELD:
                node = within(token.name, node, token.start, end)
            elif node is not None:
                node = negated(node)
                self.obeyed = True
        if node is not None:
            self.groups[-1].alternatives[-1].append(node)
        self.pending, self.expecting = [], False

    def current_field(self) -> str:
        names = [token.name for token in self.pending if token.kind is TokenKind.FIELD]
        return names[-1] if names else self.groups[-1].inside

    def value_of(self, token: QueryToken) -> Node | None:
        """The term of a token; a range is one where dates are asked for, elsewhere its ends are plain words."""
        node, dated = token.node, self.current_field() == "date"
        if isinstance(node, Word) and dated:
            node = year_range(node) or node
        if not isinstance(node, Range):
            return node
        return self.dates(node, token) if dated else self.plain(node, token)

    def dates(self, node: Range, token: QueryToken) -> Node | None:
        if node.low is None and node.high is None:
            self.tell("empty-range", token.start, token.end)
            return None
        ordered = in_order(node)
        if ordered is not node:
            self.tell("reversed-range", token.start, token.end)
        return ordered

    def plain(self, node: Range, token: QueryToken) -> Node | None:
        ends: Iterable[str] = [word for bound in (node.low, node.high) if bound for word in bound.split(" ")]
        if node.low is not None and node.high is not None:
            self.tell("range-outside-date", token.start, token.end)
        return all_of([Word(as_plain(word), token.start, token.end) for word in ends])

    def tell(self, code: str, start: int, end: int) -> None:
        self.notices.append(notice(code, self.query, start, end))

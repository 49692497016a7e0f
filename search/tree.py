"""The query tree: small frozen values that say what a reader asked, independent of any engine.

Offsets (`start`, `end`) are code-point indices into the text the reader typed, so that a page can point at the part it
speaks of. Words are kept as typed (NFC, logical order); folding happens when the tree is matched or compiled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed: `خلفوف`, `Khalafov`, `می‌کند`."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order inside quotation marks; `slop` further words may stand between them."""

    words: tuple[str, ...]
    slop: int = 0
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text`, typed as `text*`; at least two letters."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within `distance` (1 or 2) edits of `text` that share its first letter, typed as `text~` or `text~2`."""

    text: str
    distance: int = 1
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Fielded:
    """A part of the query asked of one field: `title`, `country`, `official`, `body`, `date`, `source`, `lang`.

    The field holds for all of `child`, except where another `Fielded` inside it names its own.
    """

    name: str
    child: Node
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high` inclusive, both as typed; `None` is an open end. Stands only inside the field `date`."""

    low: str | None
    high: str | None
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """What every child finds; at least two children, none of them an `And`."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What any child finds; at least two children, none of them an `Or`."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All but what `child` finds; stands only among the children of an `And`."""

    child: Node


@dataclass(frozen=True, slots=True)
class Welcome:
    """What ranks a text higher and finds none; never typed, stands only among the children of an `And`."""

    child: Phrase


@dataclass(frozen=True, slots=True)
class Days:
    """Articles dated from `low` to `high` inclusive, proleptic Gregorian ordinals; made from `date:` by resolution."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Articles linked to an authority record: never typed, put into a tree by name expansion.

    `kind` is that of the record, or `post` for articles that name a post (`foreign_minister.az`).
    """

    kind: str
    slug: str


@dataclass(frozen=True, slots=True)
class Named:
    """Texts that name a concept of the field in any language: never typed, put into a tree by term expansion.

    `slug` is the identifier of a concept in `search.terms`.
    """

    slug: str


@dataclass(frozen=True, slots=True)
class All:
    """Everything: what an empty query asks for."""


Leaf = Word | Phrase | Prefix | Fuzzy
Asked = Leaf | Range | Linked | Days | Named
Node = Asked | Fielded | And | Or | Not | Welcome | All

NOTHING = Or(())
"""Any of no alternatives: what a refused query asks for. The only `Or` without children."""


def all_of(nodes: Iterable[Node]) -> Node | None:
    """Join nodes by AND: nested `And`s are flattened, `All` is left out, one node stands alone, none gives None.

    The result may hold nothing but `Not`s, so that it can still be joined to others; `completed` makes it whole.
    """
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, And) else (node,))
    kept = [node for node in flat if not isinstance(node, All)]
    if len(kept) > 1:
        return And(tuple(kept))
    return kept[0] if kept else (All() if flat else None)


def any_of(nodes: Iterable[Node]) -> Node | None:
    """Join nodes by OR: nested `Or`s are flattened, one node stands alone, none gives None."""
    alternatives = list(nodes)
    if len(alternatives) < 2:
        return alternatives[0] if alternatives else None
    flat: list[Node] = []
    for node in alternatives:
        whole = completed(node)
        flat.extend(whole.children if isinstance(whole, Or) else (whole,))
    return Or(tuple(flat))


def negated(node: Node) -> Node:
    """All but `node`; a negation of a negation is the node itself."""
    return node.child if isinstance(node, Not) else Not(completed(node))


def within(name: str, node: Node, start: int = 0, end: int = 0) -> Node:
    """Ask `node` of the field `name`; a field already named inside wins, and a negation stays outside."""
    if isinstance(node, Not):
        return negated(within(name, node.child, start, end))
    if isinstance(node, Fielded):
        return node
    return Fielded(name, completed(node), start, end)


def completed(node: Node) -> Node:
    """Give a query of negatives only the `All` that they are taken from: `-قطر` is everything without قطر."""
    if isinstance(node, Not):
        return And((All(), node))
    if isinstance(node, And) and all(isinstance(child, Not) for child in node.children):
        return And((All(), *node.children))
    return node


def distributed(tree: Node, name: str = "") -> Node:
    """The same question with every field right around its terms: `title:(a OR b)` becomes `title:a OR title:b`.

    For those who compile or match a tree: below a `Fielded` there is then always a term or a range, never a group, a
    negation, `All` or another `Fielded`. `name` is the field asked so far.
    """
    match tree:
        case And(children):
            return completed(all_of(distributed(child, name) for child in children) or All())
        case Or(children):
            return any_of(distributed(child, name) for child in children) or NOTHING
        case Not(child):
            return negated(distributed(child, name))
        case Fielded(inner, child):
            return distributed(child, inner)
        case Word(start=start, end=end) | Phrase(start=start, end=end) | Prefix(start=start, end=end):
            return Fielded(name, tree, start, end) if name else tree
        case Fuzzy(start=start, end=end) | Range(start=start, end=end):
            return Fielded(name, tree, start, end) if name else tree
        case _:
            return tree


def leaves(tree: Node) -> Iterator[tuple[Asked, bool]]:
    """Everything a tree asks for, in the order typed, and whether an article may have it: False under a `Not`."""
    waiting: list[tuple[Node, bool]] = [(tree, True)]
    while waiting:
        node, wanted = waiting.pop()
        if isinstance(node, And | Or):
            waiting.extend((child, wanted) for child in reversed(node.children))
        elif isinstance(node, Not):
            waiting.append((node.child, not wanted))
        elif isinstance(node, Fielded):
            waiting.append((node.child, wanted))
        elif not isinstance(node, Welcome | All):
            yield node, wanted


def terms(tree: Node) -> Iterator[Leaf]:
    """The words, phrases, prefixes and fuzzy words that an article may have, in the order typed.

    Left out is what stands under `Not`: of `قطر -"مجلس الأمن"` only قطر is given. Ranges, days, links and concepts are
    no such terms.
    """
    return (leaf for leaf, wanted in leaves(tree) if wanted and isinstance(leaf, Leaf))


def runs(children: Sequence[Node]) -> Iterator[tuple[list[str], bool]]:
    """The neighbouring words of an `And`, which a text may write as one, and whether anything else is wanted beside.

    Of `في «مجلس الأمن» خلف اف` these are (["في"], True) and (["خلف", "اف"], True). What is left out parts nothing.
    """
    wanted = [child for child in children if not isinstance(child, Not | Welcome | All)]
    groups = [list(group) for _is_words, group in groupby(wanted, key=lambda child: isinstance(child, Word))]
    for group in groups:
        words = [child.text for child in group if isinstance(child, Word)]
        if words:
            yield words, len(groups) > 1

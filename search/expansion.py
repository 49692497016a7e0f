"""A query understood: fields resolved to identifiers, and names found in it searched for in all their forms.

Works on the tree, never on the text: phrases in quotation marks stay exactly what was typed, and operators keep
their meaning. What was added is told, so that a page can show it and offer to leave it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.authorities.directory import Directory
from search.dates import days
from search.query import And, Days, Field, Fuzzy, Linked, Node, Not, Or, Phrase, Prefix, Range, Word
from search.results import Expansion

RECORD_FIELDS = {"country", "official", "body"}
LANGUAGES = {
    "ar": {"ar", "arabic", "العربية", "عربي", "عربی"},
    "fa": {"fa", "persian", "farsi", "الفارسية", "فارسي", "فارسی"},
}
SHOWN_FORMS = 4
OPEN = 10**7  # a day beyond every calendar, for the open end of a range


@dataclass(frozen=True, slots=True)
class Understood:
    tree: Node
    expansions: tuple[Expansion, ...] = ()


def expand(tree: Node, names: Directory, *, with_names: bool, language: str) -> Understood:
    """Resolve the fields of a query and, `with_names`, let each name in it reach the articles of its record."""
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
            return self._field(node)
        if isinstance(node, Not):
            return replace(node, child=self.visit(node.child))
        if isinstance(node, Or):
            return Or(tuple(self.visit(child) for child in node.children))
        if isinstance(node, And):
            return And(tuple(self._conjunction(node.children)))
        if isinstance(node, Word) and self.with_names:
            return self._words([node])[0]
        return node

    def _conjunction(self, children: Sequence[Node]) -> list[Node]:
        """Neighbouring words are looked up together, so that a name of several words is one name."""
        done: list[Node] = []
        run: list[Word] = []
        for child in children:
            if isinstance(child, Word) and self.with_names:
                run.append(child)
                continue
            done += [*self._words(run), self.visit(child)]
            run = []
        return done + self._words(run)

    def _words(self, words: list[Word]) -> list[Node]:
        found = self.names.gazetteer.find_in_query([word.text for word in words])
        done: list[Node] = []
        at = 0
        for first, last, keys in found:
            typed = words[first:last]
            done += words[at:first]
            links = tuple(self._linked(typed, key.kind, key.slug) for key in keys)
            done.append(Or((typed[0] if len(typed) == 1 else And(tuple(typed)), *links)))
            at = last
        return [*done, *words[at:]]

    def _linked(self, typed: Sequence[Word], kind: str, slug: str) -> Linked:
        if (kind, slug) not in self.added:
            span = " ".join(word.text for word in typed)
            label = self.names.label(kind, slug, self.language)
            self.added[kind, slug] = Expansion(span, kind, slug, label, self._forms(kind, slug, span))
        return Linked(kind, slug)

    def _forms(self, kind: str, slug: str, typed: str) -> tuple[str, ...]:
        """Some other forms of the name: one of each language first, never the one that was typed."""
        forms = [form for form in self.names.names(kind, slug) if form.use in {"name", "press"} and form.text != typed]
        firsts = {form.language: form.text for form in reversed(forms)}
        ordered = [*firsts.values(), *(form.text for form in forms)]
        return tuple(dict.fromkeys(ordered))[:SHOWN_FORMS]

    def _field(self, node: Field) -> Node:
        if node.name == "title":
            return node
        if isinstance(node.child, And | Or):
            children = tuple(self._field(replace(node, child=child)) for child in node.child.children)
            return replace(node.child, children=children)
        if isinstance(node.child, Not):
            return Not(self._field(replace(node, child=node.child.child)))
        if node.name == "date":
            return self._dates(node.child)
        return self._identified(node.name, _text(node.child))

    def _identified(self, name: str, text: str) -> Node:
        if name in RECORD_FIELDS:
            keys = [key for key in self.names.gazetteer.lookup(text) if key.kind == name]
            links = tuple(Linked(name, key.slug) for key in keys)
            if len(links) > 1:
                return Or(links)
            return links[0] if links else Linked(name, text.lower())
        if name == "source":
            return Linked(name, self.names.source(text) or text.lower())
        code = next((code for code, words in LANGUAGES.items() if text.lower() in words), text.lower())
        return Linked("lang", code)

    def _dates(self, child: Node) -> Node:
        if isinstance(child, Range):
            low = days(child.low) if child.low else None
            high = days(child.high) if child.high else None
            return Days(low.low if low else 1, high.high if high else OPEN)
        return days(_text(child)) or child


def _text(child: Node) -> str:
    if isinstance(child, Word | Prefix | Fuzzy):
        return child.text
    return " ".join(child.words) if isinstance(child, Phrase) else ""

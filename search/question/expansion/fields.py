"""What is asked of a field, as identifiers: `country:قطر` as a link to the record, `date:2020` as days."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from archive.authorities.directory import Directory
from archive.extraction.dates.typed import read_date
from search.tree import And, Days, Fielded, Fuzzy, Linked, Node, Not, Or, Phrase, Prefix, Range, Word

RECORD_FIELDS: Final = {"country", "official", "body"}
LANGUAGES: Final = {
    "ar": {"ar", "arabic", "العربية", "عربي", "عربی"},
    "fa": {"fa", "persian", "farsi", "الفارسية", "فارسي", "فارسی"},
}
OPEN: Final = 10**7  # a day beyond every calendar, for the open end of a range


def days(typed: str) -> Days | None:
    """The days that a date as typed covers; None when it is no date.

    `2020`, `2020-10`, `26 أكتوبر 2020`, `۱۴۰۲/۰۷` (Solar Hijri), `1445` (lunar, see `dates.typed`), «۱۲ مهر ۱۴۰۲».
    """
    read = read_date(typed)
    return Days(read.first.toordinal(), read.last.toordinal()) if read else None


def resolved(node: Fielded, names: Directory) -> Node:
    """The same question of identifiers; the words of a headline stay words."""
    if node.name == "title":
        return node
    if isinstance(node.child, And | Or):
        children = tuple(resolved(replace(node, child=child), names) for child in node.child.children)
        return replace(node.child, children=children)
    if isinstance(node.child, Not):
        return Not(resolved(replace(node, child=node.child.child), names))
    if node.name == "date":
        return _dates(node.child)
    return _identified(node.name, _text(node.child), names)


def _identified(name: str, text: str, names: Directory) -> Node:
    if name in RECORD_FIELDS:
        links = tuple(Linked(name, key.slug) for key in names.gazetteer.lookup(text) if key.kind == name)
        if len(links) > 1:
            return Or(links)
        return links[0] if links else Linked(name, names.present(name, text.lower()))
    if name == "source":
        return Linked(name, names.source(text) or names.present(name, text.lower()))
    code = next((code for code, words in LANGUAGES.items() if text.lower() in words), text.lower())
    return Linked("lang", code)


def _dates(child: Node) -> Node:
    if isinstance(child, Range):
        low = days(child.low) if child.low else None
        high = days(child.high) if child.high else None
        return Days(low.low if low else 1, high.high if high else OPEN)
    return days(_text(child)) or child


def _text(child: Node) -> str:
    if isinstance(child, Word | Prefix | Fuzzy):
        return child.text
    return " ".join(child.words) if isinstance(child, Phrase) else ""

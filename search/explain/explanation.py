"""Why an article was found: for each part of a question the places of its texts that answer it, and how.

Pure: works on an understood tree (`search.question.understanding`) and the texts and links of one article, without
database or index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from search.analysis.asking import alternatives
from search.analysis.passage import REASONS, Passage, strongest
from search.answer.matching import word_matches
from search.explain.shared_form import SharedForm
from search.results import Highlighted
from search.tree import (
    And,
    Days,
    Fielded,
    Fuzzy,
    Leaf,
    Linked,
    Named,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Welcome,
    Word,
    runs,
)

AROUND: Final = 70  # code points of context on either side
MOST_SHOWN: Final = 3  # contexts of one way of matching
_TITLE: Final = ("kicker", "title")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one text of the article that answers a part; offsets into that text, half open.

    `reason` is one of `passage.REASONS`, or `linked` for a place where a record or a post was recognised. `via` is the
    form in which question and text meet: a folded word, a stem, a key, the identifier of a concept; `rule` is that of
    the recognition.
    """

    field: str
    start: int
    end: int
    reason: str
    via: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is explained: the texts of an article by field, its language, its links with their places, its day."""

    texts: Mapping[str, str]
    language: str | None
    links: Mapping[Key, tuple[Place, ...]] = field(default_factory=dict)
    day: int | None = None


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One part of the question and what answers it.

    `asked` is as typed ("" for a link that was not typed), `node` what the engine is asked for it. `optional`: a
    function word beside others; `alternative`: one of several of which one is enough; `excluded`: it must be missing.
    """

    asked: str
    node: Node
    places: tuple[Place, ...] = ()
    links: tuple[tuple[Key, tuple[Place, ...]], ...] = ()
    optional: bool = False
    alternative: bool = False
    excluded: bool = False
    dated: bool = False

    @property
    def is_found(self) -> bool:
        return bool(self.places or self.links or self.dated)

    @property
    def by_link_alone(self) -> bool:
        """None of the words stands in the article; it is only linked to what they name."""
        return bool(self.links and not self.places)


@dataclass(frozen=True, slots=True)
class Way:
    """The places that answer in one way, with the words as written there, each once."""

    reason: str
    via: str
    rule: str
    written: tuple[str, ...]
    places: tuple[Place, ...]


def explain(tree: Node, subject: Subject, *, names: bool = True) -> tuple[QueryPart, ...]:
    """Tell for each part of an understood question what of the article answers it, in the order of the question.

    `names` lets names meet across scripts, as the search did. Parts that nothing answers are told, too.
    """
    return tuple(_Explainer(subject, names).visit(tree))


def ways(places: Iterable[Place], texts: Mapping[str, str]) -> list[Way]:
    """Put together the places that answer in the same way, the strongest way first, of equal ones the most frequent."""
    found = []
    for (_place, reason, via, rule), group in groupby(sorted(places, key=_way), key=_way):
        held = tuple(sorted(group, key=lambda place: (_order(place.field), place.start)))
        written = dict.fromkeys(texts[place.field][place.start : place.end] for place in held)
        found.append(Way(reason, via, rule, tuple(written), held))
    return sorted(found, key=lambda way: (_rank(way.reason), -len(way.places)))


def context(text: str, place: Place) -> Highlighted:
    """The place with some words of its paragraph on both sides, marked."""
    first, last = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    last = len(text) if last < 0 else last
    low, high = max(first, place.start - AROUND), min(last, place.end + AROUND)
    if low > first:
        low = text.find(" ", low, place.start) + 1 or low
    if high < last:
        high = max(text.rfind(" ", place.end, high), place.end)
    return Highlighted(
        text[low:high], ((place.start - low, place.end - low),), cut_before=low > first, cut_after=high < last
    )


def _way(place: Place) -> tuple[int, str, str, str]:
    return _rank(place.reason), place.reason, place.via, place.rule


def _rank(reason: str) -> int:
    return REASONS.index(reason) if reason in REASONS else len(REASONS)


def _order(field_name: str) -> int:
    return ("kicker", "title", "body").index(field_name)


class _Explainer:
    def __init__(self, subject: Subject, names: bool) -> None:
        self.subject = subject
        self.names = names
        self.passages = {name: Passage(text, subject.language) for name, text in subject.texts.items() if text}

    def visit(self, node: Node, only: Sequence[str] = (), alternative: bool = False) -> Iterator[QueryPart]:
        """The parts of a node; `only` names the fields it is asked of, all where it is empty."""
        match node:
            case And(children):
                yield from self._all(children, only, alternative)
            case Or(children) if _is_expanded(node):
                yield self._expanded(children, only, alternative)
            case Or(children):
                for child in children:
                    yield from self.visit(child, only, alternative=True)
            case Not(child):
                yield QueryPart(" ".join(_typed(child)), node, excluded=True)
            case Fielded(name, child):
                yield from self.visit(child, _TITLE if name == "title" else only, alternative)
            case Welcome(child):
                places = self._matched(child, only)
                yield QueryPart(_typed(child)[0], node, places, optional=True, alternative=alternative)
            case Word():
                yield self._word([node.text], 0, node, only, alternative)
            case Phrase() | Prefix() | Fuzzy():
                yield QueryPart(_typed(node)[0], node, self._matched(node, only), alternative=alternative)
            case Named():
                yield QueryPart("", node, self._matched(node, only), alternative=alternative)
            case Linked():
                yield QueryPart("", node, links=self._linked([node]), alternative=alternative)
            case Days(low, high):
                day = self.subject.day
                yield QueryPart("", node, alternative=alternative, dated=day is not None and low <= day <= high)

    def _all(self, children: Sequence[Node], only: Sequence[str], alternative: bool) -> Iterator[QueryPart]:
        """Neighbouring words are asked together, for a text may write them as one."""
        asked = ((words, at, beside) for words, beside in runs(children) for at in range(len(words)))
        for child in children:
            if isinstance(child, Word):
                words, at, beside = next(asked)
                yield self._word(words, at, child, only, alternative, beside)
            else:
                yield from self.visit(child, only, alternative)

    def _expanded(self, children: Sequence[Node], only: Sequence[str], alternative: bool) -> QueryPart:
        """Words as typed beside the links and concepts that were added: one part, whichever of them answers."""
        typed = [child for child in children if not isinstance(child, Linked | Named)]
        inner = [part for child in typed for part in self.visit(child, only)]
        needed = [part for part in inner if not part.optional]
        places = tuple(place for part in inner for place in part.places) if all(p.places for p in needed) else ()
        for child in children:
            places += self._matched(child, only) if isinstance(child, Named) else ()
        links = self._linked([child for child in children if isinstance(child, Linked)])
        return QueryPart(" ".join(_typed(typed[0])), Or(tuple(children)), places, links, alternative=alternative)

    def _word(
        self, words: Sequence[str], at: int, node: Node, only: Sequence[str], alternative: bool, beside: bool = False
    ) -> QueryPart:
        places: list[Place] = []
        optional = False
        for name, passage in self._asked(only):
            asked = alternatives(words, at, passage.vocabulary, beside=beside)
            optional, shared = asked.optional, SharedForm(asked, passage)
            for hit in strongest(passage.find_word(asked, self.names)):
                places.append(Place(name, hit.start, hit.end, hit.reason, shared.form(hit)))
        return QueryPart(words[at], node, tuple(places), optional=optional, alternative=alternative)

    def _matched(self, node: Leaf | Named, only: Sequence[str]) -> tuple[Place, ...]:
        places = []
        for name, passage in self._asked(only):
            found = word_matches(passage.text, node, self.subject.language, names=self.names)
            for hit in found or ():
                places.append(Place(name, hit.start, hit.end, hit.reason, hit.asked if hit.reason == "term" else ""))
        return tuple(places)

    def _asked(self, only: Sequence[str]) -> Iterator[tuple[str, Passage]]:
        return ((name, passage) for name, passage in self.passages.items() if not only or name in only)

    def _linked(self, nodes: Sequence[Linked]) -> tuple[tuple[Key, tuple[Place, ...]], ...]:
        keys = [(node.kind, node.slug) for node in nodes]
        return tuple((key, self.subject.links[key]) for key in keys if key in self.subject.links)


def _is_expanded(node: Or) -> bool:
    """Whether an `Or` is words as typed with what they name, not alternatives that the reader typed."""
    typed = [child for child in node.children if not isinstance(child, Linked | Named)]
    return len(typed) == 1 < len(node.children)


def _typed(node: Node) -> list[str]:
    """The words of a node as one would type them."""
    match node:
        case And(children) | Or(children):
            return [word for child in children for word in _typed(child)]
        case Not(child) | Fielded(_, child) | Welcome(child):
            return _typed(child)
        case Word(text):
            return [text]
        case Phrase(words):
            return [f"«{' '.join(words)}»"]
        case Prefix(text):
            return [f"{text}*"]
        case Fuzzy(text, distance):
            return [f"{text}~{distance}"]
    return []


def shares(scores: Sequence[float]) -> list[int]:
    """Scores as whole percents of their sum; all 0 where the sum is.

    >>> shares([3.0, 1.0, 0.0])
    [75, 25, 0]
    """
    whole = sum(scores)
    return [round(100 * score / whole) if whole else 0 for score in scores]

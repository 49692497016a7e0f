"""What the words of a query name: records of the authority file, posts and terms, and what else is searched for each.

Spans lie beside or inside one another and never overlap in part: in «وزير خارجية أذربيجان» the post holds the term
«وزير خارجية» and the country. Records come first, then posts, then terms, the longer ones first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from archive.authorities.directory import Directory
from archive.authorities.gazetteer.gazetteer import RecordKey
from archive.authorities.gazetteer.kinds import NameUse
from archive.authorities.gazetteer.words import split_words
from archive.authorities.recognition.posts import StateSpan
from search.analysis import fold
from search.documents.posts import find_posts
from search.question.expansion.holders import also_held, told
from search.results import Expansion
from search.terms import Concept, terms
from search.tree import Linked, Named, Node

SHOWN_FORMS: Final = 4
SHOWN_USES = {NameUse.NAME, NameUse.PRESS}
LANGUAGES: Final = ("ar", "fa", "en")
_OWNER: Final = re.compile("(?<=[A-Za-z])['\u2019]s?$")  # Azerbaijan's


NamedWords = tuple[int, int, list[RecordKey]]  # words of a query, first and last, and the records whose name they are


@dataclass(frozen=True, slots=True)
class QuerySpan:
    """The words `first` up to `last` (excluded), what answers them besides themselves, and what readers are told."""

    first: int
    last: int
    others: tuple[Node, ...]
    expansions: tuple[Expansion, ...]

    def holds(self, other: QuerySpan) -> bool:
        return self.first <= other.first and other.last <= self.last

    def crosses(self, other: QuerySpan) -> bool:
        """Whether they share words without one lying in the other."""
        is_apart = self.last <= other.first or other.last <= self.first
        return not (is_apart or self.holds(other) or other.holds(self))


def spans_of(words: Sequence[str], names: Directory, language: str) -> list[QuerySpan]:
    """Everything that neighbouring words of a query name; one span for the same words."""
    kept: list[QuerySpan] = []
    bare = [_OWNER.sub("", word) for word in words]
    named = list(names.gazetteer.find_in_query(bare))
    records = _records(bare, named, names, language)
    for span in (*records, *_posts(bare, named, names, language), *_terms(bare, language)):
        same = next((other for other in kept if (other.first, other.last) == (span.first, span.last)), None)
        if same is not None:
            kept.remove(same)
            others, expansions = (*same.others, *span.others), (*same.expansions, *span.expansions)
            kept.append(QuerySpan(span.first, span.last, others, expansions))
        elif not any(span.crosses(other) for other in kept):
            kept.append(span)
    return kept


def _records(words: Sequence[str], named: Sequence[NamedWords], names: Directory, language: str) -> Iterator[QuerySpan]:
    """Of the other forms of a name one of each language is told first, never the one that was typed."""
    for first, last, keys in named:
        typed, told = " ".join(words[first:last]), []
        for key in keys:
            forms = [form for form in names.names(*key) if form.use in SHOWN_USES and form.text != typed]
            firsts = {form.language: form.text for form in reversed(forms)}
            shown = _each_once((typed, *firsts.values(), *(form.text for form in forms)))[1 : SHOWN_FORMS + 1]
            told.append(Expansion(typed, *key, names.label(*key, language), shown))
        yield QuerySpan(first, last, tuple(Linked(*key) for key in keys), tuple(told))


def _each_once(forms: Sequence[str]) -> tuple[str, ...]:
    """The first of those that the index holds for one: `محمدجواد ظريف` with a letter of another keyboard is no form."""
    held: dict[tuple[str, ...], str] = {}
    for form in forms:
        held.setdefault(tuple(fold(word) for word in form.split()), form)
    return tuple(held.values())


def _posts(words: Sequence[str], named: Sequence[NamedWords], names: Directory, language: str) -> Iterator[QuerySpan]:
    """The posts of the states that were named; a title alone is the post of nobody."""
    held = [(first, last, key) for first, last, keys in named for key in keys if key.kind in {"country", "body"}]
    if not held:
        return
    pieces = [word._replace(capital=True) for word in split_words(" ".join(words))]
    begins = list(accumulate((len(word) + 1 for word in words), initial=0))
    at = {piece.start: number for number, piece in enumerate(pieces)}
    numbers = [at.get(begin, len(pieces)) for begin in begins]  # of the first piece of each word, and of the end
    states = [StateSpan(numbers[first], numbers[last], key.kind, key.slug) for first, last, key in held]
    for post in find_posts(pieces, states, either_order=True):
        if post.first in numbers and post.last in numbers:
            first, last = numbers.index(post.first), numbers.index(post.last)
            others = (Linked("post", post.identifier), *also_held(post.role, post.state.slug, names))
            yield QuerySpan(first, last, others, (told(post, " ".join(words[first:last]), names, language),))


def _terms(words: Sequence[str], language: str) -> Iterator[QuerySpan]:
    for first, last, concepts in terms().find_in_query(words):
        typed = " ".join(words[first:last])
        told = tuple(
            Expansion(typed, "term", concept.slug, concept.label(language), _labels(concept, typed))
            for concept in concepts
        )
        yield QuerySpan(first, last, tuple(Named(concept.slug) for concept in concepts), told)


def _labels(concept: Concept, typed: str) -> tuple[str, ...]:
    """The preferred label of each language first, never the one that was typed."""
    labels = [concept.labels.get(language, ()) for language in LANGUAGES]  # a curator's term may lack a language
    first = [label for held in labels for label in held[:1]]
    more = [label for held in labels for label in held[1:]]
    shown = [label for label in dict.fromkeys((*first, *more)) if label.lower() != typed.lower()]
    return tuple(shown)[:SHOWN_FORMS]

"""Articles inverted in batches: every occurrence of every term as a number, and the facets, in one pass over the text.

What comes out is what `search.documents.fields` describes and Whoosh would index, which a test compares. Of a text only
the words where something may happen (two may be one, a concept or the role of a post may begin) are looked at one by
one; all others are looked up and counted by arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Final, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from archive.authorities.gazetteer.words import TextWord
from archive.authorities.recognition.posts import find_roles
from search.analysis import Token, analyze
from search.analysis.tokenizer import split_pieces
from search.documents.entries import Entry
from search.documents.fields import described
from search.documents.posts import Reading, attested, read, recognised
from search.documents.streams import LAYERS
from search.documents.vocabulary import APART, BEGINS, CONCEPT, ENDS, ODD, ROLE, Forms, Vocabulary
from search.terms import terms, touches

Numbers = NDArray[np.int64]
NOWHERE: Final[tuple[Token, ...]] = ()


class Occurrences(NamedTuple):
    """Where terms stand: number of the term, of the document in its batch, and position; in no order, some twice."""

    terms: Numbers
    documents: Numbers
    positions: Numbers


@dataclass(frozen=True, slots=True)
class Inverted:
    """A batch of articles: the occurrences of each stream, and what each document has beside them."""

    streams: Mapping[str, Occurrences]
    fields: Sequence[Mapping[str, Any]]


def invert(entries: Sequence[Entry], vocabulary: Vocabulary) -> Inverted:
    """Invert a batch; documents have the numbers of their place in it."""
    vocabulary.forget_if_full()
    headlines = [Text(entry.headline, entry.analyzer_language, vocabulary) for entry in entries]
    bodies = [Text(entry.body, entry.analyzer_language, vocabulary) for entry in entries]
    streams: dict[str, Occurrences] = {}
    for name, texts in (("title", headlines), ("text", bodies)):
        look(texts, vocabulary)
        streams |= {f"{name}_{layer}": found for layer, found in _streams(texts, vocabulary.forms).items()}
    fields = [
        described(entry, _posts(entry, body, vocabulary), headline.concepts | body.concepts)
        for entry, headline, body in zip(entries, headlines, bodies, strict=True)
    ]
    return Inverted(streams, fields)


class Text:
    """A text by the numbers of its words, with the places where two or three of them are one term."""

    def __init__(self, text: str, lang: str | None, vocabulary: Vocabulary) -> None:
        self.text = text
        self.lang = lang
        self.vocabulary = vocabulary
        self.pieces = split_pieces(text)
        self.words = self._numbers(self.pieces[1::2])
        self.places: Sequence[int] = ()  # where its words stand, of an odd text
        self.is_odd = False
        self.joins: dict[int, list[int]] = {}
        self.concepts: set[str] = set()
        self.roles: list[int] = []

    def _numbers(self, words: Sequence[str]) -> list[int]:
        known = self.vocabulary.forms.by_spelling[self.lang]
        numbers = list(map(known.get, words))
        if None in numbers:
            self.vocabulary.learn((word for word in words if word not in known), self.lang)
            numbers = list(map(known.get, words))
        return numbers  # type: ignore[return-value]

    # What is looked at word by word

    def join_at(self, place: int) -> None:
        """Note what this word makes with one or two before it (see `analyze`)."""
        gap = self.pieces[2 * place]
        self._note(place - 1, self.vocabulary.joined(self.words[place - 1 : place + 1], gap, self.lang))
        if place > 1 and len(self.pieces[2 * place - 2]) == 1:
            self._note(place - 2, self.vocabulary.joined(self.words[place - 2 : place + 1], gap, self.lang))

    def _note(self, place: int, form: int) -> None:
        if form != APART:
            self.joins.setdefault(place, []).append(form)

    def concepts_at(self, place: int) -> None:
        """Note the concepts that begin with this word."""
        if place in self.joins or place + 1 in self.joins:
            self._note_concepts(place)
            return
        following = self.words[place + 1] if place + 1 < len(self.words) else APART
        one, two, longer = self.vocabulary.begun(self.words[place], following)
        self.concepts |= one
        if two and touches(self.pieces[2 * place + 2]):
            self.concepts |= two
        if longer:
            self._note_concepts(place)

    def _note_concepts(self, place: int) -> None:
        self.concepts.update(found.concept.slug for found in terms().found_at(_Tokens(self), place, self.text))

    def be_odd(self) -> None:
        """Take this text as the analyzer gives it: some of its words have no position, or several."""
        tokens = analyze(self.text, self.lang)
        forms = [self.vocabulary.number(token, self.text[token.start].isupper()) for token in tokens]
        single = [place for place, token in enumerate(tokens) if token.span == 1]
        self.words = [forms[place] for place in single]
        self.places = [tokens[place].position for place in single]
        for token, form in zip(tokens, forms, strict=True):
            if token.span > 1:
                self._note(token.position, form)
        self.concepts = {found.concept.slug for found in terms().find_tokens(tokens, self.text)}
        self.is_odd = True

    def look_at_joins(self) -> None:
        """Note the concepts that begin with joined terms."""
        flags = self.vocabulary.forms.flags
        for place, joined in self.joins.items() if not self.is_odd else ():
            if any(flags[form] & CONCEPT for form in joined):
                self._note_concepts(place)

    # Offsets, where somebody asks

    @cached_property
    def ends(self) -> list[int]:
        """Where each piece ends; word i is piece 2i + 1."""
        return list(accumulate(map(len, self.pieces)))

    def token(self, place: int, form: int) -> Token:
        token = self.vocabulary.forms.tokens[form]
        last = place + token.span - 1
        return token._replace(start=self.ends[2 * place], end=self.ends[2 * last + 1], position=place)


class _Tokens(Mapping[int, Sequence[Token]]):
    """The tokens of a text by position, made when they are asked for."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __getitem__(self, place: int) -> Sequence[Token]:
        text = self._text
        if not 0 <= place < len(text.words):
            return NOWHERE
        return [text.token(place, form) for form in (text.words[place], *text.joins.get(place, ()))]

    def get(self, place: int, _otherwise: object = None) -> Sequence[Token]:
        return self[place]

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self)))

    def __len__(self) -> int:
        return len(self._text.words)


class _Words(Sequence[TextWord]):
    """The words of a text as the gazetteer reads them, made when they are asked for; `first` begins at `start`."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __len__(self) -> int:
        return len(self._text.words)

    @overload
    def __getitem__(self, place: int) -> TextWord: ...
    @overload
    def __getitem__(self, place: slice) -> list[TextWord]: ...
    def __getitem__(self, place: int | slice) -> TextWord | list[TextWord]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        pieces, ends = self._text.pieces, self._text.ends
        token = self._text.vocabulary.forms.tokens[self._text.words[place]]
        written = pieces[2 * place + 1]
        return TextWord(
            ends[2 * place], ends[2 * place + 1], token.norm, token.kind, pieces[2 * place], written[:1].isupper()
        )


def look(texts: Sequence[Text], vocabulary: Vocabulary) -> None:
    """Find what the words of these texts are together: joined terms, concepts, and where roles may begin."""
    words, starts = _laid_out(texts)
    flags = np.frombuffer(bytes(vocabulary.forms.flags), np.uint8)[words]
    odd = set((np.searchsorted(starts, np.flatnonzero(flags & ODD), "right") - 1).tolist())
    meets = np.flatnonzero((flags[1:] & ENDS > 0) | (flags[:-1] & BEGINS > 0)) + 1
    for text, place in _places(texts, starts, _kept(words, meets - 1, vocabulary.may_join) + 1, odd):
        if place:
            text.join_at(place)
    for text, place in _places(texts, starts, np.flatnonzero(flags & CONCEPT), odd):
        text.concepts_at(place)
    roles = np.flatnonzero(flags & ROLE)
    for text, place in _places(texts, starts, _kept(words, roles, vocabulary.may_begin_role), odd):
        text.roles.append(place)
    for number in odd:
        texts[number].be_odd()
    for text in texts:
        text.look_at_joins()


def _laid_out(texts: Sequence[Text]) -> tuple[Numbers, Numbers]:
    """The words of all texts one behind the other, and where each text begins."""
    words, starts = array("I"), [0]
    for text in texts:
        words.extend(text.words)
        starts.append(len(words))
    return np.frombuffer(words or array("I", (0,)), np.uint32)[: len(words)].astype(np.int64), np.array(starts)


def _kept(words: Numbers, places: Numbers, may: Callable[[int, int], bool]) -> Numbers:
    """The places whose word and the one behind it may be something together."""
    pairs = np.append(words, words[-1:])
    found = map(may, pairs[places].tolist(), pairs[places + 1].tolist())
    kept: Numbers = places[np.fromiter(found, bool, len(places))]
    return kept


def _places(texts: Sequence[Text], starts: Numbers, found: Numbers, without: set[int]) -> Iterator[tuple[Text, int]]:
    """The text and the place in it of words numbered throughout."""
    owners = np.searchsorted(starts, found, "right") - 1
    for owner, place in zip(owners.tolist(), (found - starts[owners]).tolist(), strict=True):
        if owner not in without:
            yield texts[owner], place


def _streams(texts: Sequence[Text], forms: Forms) -> dict[str, Occurrences]:
    """The occurrences of every layer."""
    joins = [
        (number, place, form)
        for number, text in enumerate(texts)
        for place, joined in text.joins.items()
        for form in joined
    ]
    joined = np.array(joins, np.int64).reshape(-1, 3).T
    words, starts = _laid_out(texts)
    documents = np.repeat(np.arange(len(texts)), starts[1:] - starts[:-1])
    places = np.arange(len(words)) - starts[documents]
    for number, text in enumerate(texts):
        if text.is_odd:
            places[starts[number] : starts[number + 1]] = text.places
    documents, places, words = map(np.concatenate, zip((documents, places, words), joined, strict=True))
    return {
        layer: _going_on(_expanded(forms, layer, words, documents, places), forms, joins if layer == "names" else ())
        for layer in LAYERS
    }


def _expanded(forms: Forms, layer: str, words: Numbers, documents: Numbers, places: Numbers) -> Occurrences:
    """Each form of a text by its terms in a layer."""
    rows = forms.rows[layer]
    starts = np.frombuffer(rows.starts, np.uint32).astype(np.int64)
    counts = (starts[1:] - starts[:-1])[words]
    ends = np.cumsum(counts)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
    held = np.frombuffer(rows.held or array("I", (0,)), np.uint32)[np.repeat(starts[words], counts) + within]
    return Occurrences(held, np.repeat(documents, counts), np.repeat(places, counts))


def _going_on(found: Occurrences, forms: Forms, joins: Sequence[tuple[int, int, int]]) -> Occurrences:
    """The same with a term at each further position of a joined form."""
    more = [
        (forms.further[form], number, place + further)
        for number, place, form in joins
        for further in range(1, forms.tokens[form].span)
    ]
    if not more:
        return found
    return Occurrences(*map(np.concatenate, zip(found, np.array(more, np.int64).T, strict=True)))


def _posts(entry: Entry, body: Text, vocabulary: Vocabulary) -> set[str]:
    """The posts that an article attests; see `search.documents.fields`."""
    found = {post for post, _span in attested(recognised(entry, "body"), entry.posts, lambda: _reading(body))}
    for field, text in (("kicker", entry.kicker), ("title", entry.title)):
        found |= {
            post
            for post, _span in attested(recognised(entry, field), entry.posts, lambda text=text: read(text))  # type: ignore[misc]
        }
    return found


def _reading(text: Text) -> Reading:
    if text.is_odd:
        return read(text.text)
    if not text.roles:
        return Reading((), (), ())
    words = _Words(text)
    return Reading(words, text.ends[0:-1:2], tuple(find_roles(words, text.roles)))

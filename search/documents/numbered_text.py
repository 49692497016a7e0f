"""A text by the numbers of its words, and what two or three neighbours of them are together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import overload

from archive.authorities.gazetteer.words import TextWord
from archive.authorities.recognition.posts import find_roles
from search.analysis import Token, analyze
from search.analysis.tokenizer import split_pieces
from search.documents.posts import RoleText, role_text
from search.documents.vocabulary import APART, CONCEPT, Vocabulary
from search.terms import terms, touches


class NumberedText:
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
        forms = [self.vocabulary.number(token, self.text) for token in tokens]
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

    def roles_read(self) -> RoleText:
        """The words of the text, where each begins, and the roles of posts that they name."""
        if self.is_odd:
            return role_text(self.text)
        if not self.roles:
            return RoleText((), (), ())
        words = _Words(self)
        return RoleText(words, self.ends[0:-1:2], tuple(find_roles(words, self.roles)))


class _Tokens:
    """The tokens of a text by position, made when they are asked for."""

    def __init__(self, text: NumberedText) -> None:
        self._text = text

    def __getitem__(self, place: int) -> Sequence[Token]:
        text = self._text
        if not 0 <= place < len(text.words):
            return ()
        return [text.token(place, form) for form in (text.words[place], *text.joins.get(place, ()))]


class _Words(Sequence[TextWord]):
    """The words of a text as the gazetteer reads them, made when they are asked for; `first` begins at `start`."""

    def __init__(self, text: NumberedText) -> None:
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

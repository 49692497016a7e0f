"""The analyzer as Whoosh sees it: one class a field, all of them reading the same tokens of a text.

Whoosh pickles analyzers into its schema: they stand at the top of this module and hold nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken

from search.analysis import Token, analyze, guess_language, token_keys

_TEXTS_KEPT = 8


@lru_cache(maxsize=_TEXTS_KEPT)
def _tokens(text: str) -> tuple[Token, ...]:
    """Analyse a text once for the four fields, in the language it seems to be in."""
    return tuple(analyze(text, guess_language(text)))


class _FieldAnalyzer(Analyzer):  # type: ignore[misc]
    """Yields the terms of one field; terms of one word are stacked, they have the same position."""

    def terms(self, token: Token, text: str) -> Iterable[str]:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[WhooshToken]:
        given = WhooshToken(positions, chars, removestops=False, mode=mode, boost=1.0, stopped=False)
        for token in _tokens(value):
            for term in self.terms(token, value):
                given.text = term
                if keeporiginal:
                    given.original = value[token.start : token.end]
                given.pos = start_pos + token.position
                given.startchar = start_char + token.start
                given.endchar = start_char + token.end
                yield given


class NormAnalyzer(_FieldAnalyzer):
    """Folded words, the parts between their half-spaces, and joined forms: `می کند` → `مي`, `ميكند`, `كند`."""

    def terms(self, token: Token, text: str) -> Iterable[str]:
        return (token.norm, *token.parts)


class StemAnalyzer(_FieldAnalyzer):
    """Guarded stems of words and of joined forms: `وللوزير` → `وزير`."""

    def terms(self, token: Token, text: str) -> Iterable[str]:
        return token.stems


class LooseAnalyzer(_FieldAnalyzer):
    """Unguarded stems, for ranking only: `فلسطين` → `فلسط`; words that have none stand as they are."""

    def terms(self, token: Token, text: str) -> Iterable[str]:
        return (token.loose or token.norm,) if token.span == 1 else ()


class NameKeyAnalyzer(_FieldAnalyzer):
    """Keys of the words that may be names, in their script: `خلفوف` → `a:XLF+F`, `a=XLF+F`, …."""

    def terms(self, token: Token, text: str) -> Iterable[str]:
        return sorted(token_keys(token, text))

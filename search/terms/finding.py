"""Terms found in texts and in queries.

Labels are compared by folded words and guarded stems, so that «للمشاورات السياسية» and «رایزنی‌های سیاسی» name the
concept of «مشاورات سياسية».
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate, product
from typing import Final, NamedTuple, Protocol

from search.analysis import Token, analyze
from search.analysis.joiner import can_touch
from search.terms.concepts import FILE, Concept, read

_MOST_SPELLINGS: Final = 8
_APOSTROPHES: Final = "'\u2019 "


class TokensByPosition(Protocol):
    """The tokens of a text by their position, several where words beside each other are also one."""

    def __getitem__(self, position: int, /) -> Sequence[Token]: ...


class KeptTerm(NamedTuple):
    """A term as curators keep it: `(language, label)`, the preferred one of a language first."""

    slug: str
    labels: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...] = ()


class TermMatch(NamedTuple):
    """A concept named by the text from `start` to `end`, half open."""

    start: int
    end: int
    concept: Concept


class _Word(NamedTuple):
    """One word of a label: `stems` are those of the label's own language.

    The first part of a word answers, with what is written onto it: «سفارت‌خانه»; a later one does not: «نخست‌وزیر» is
    no minister.
    """

    norm: str
    stems: frozenset[str]

    def answers(self, token: Token) -> bool:
        return self.norm in (token.norm, *token.parts[:1]) or not self.stems.isdisjoint(token.stems)


class _Row(NamedTuple):
    words: tuple[_Word, ...]
    concept: Concept


class Beginning(NamedTuple):
    """What a word begins: the slugs of terms of itself alone, and the terms of more words that it is the first of."""

    alone: frozenset[str]
    longer: tuple[_Row, ...]

    def before(self, following: Token) -> tuple[frozenset[str], bool]:
        """The slugs of terms of two words that end with the token that follows, if the two touch; are there longer?"""
        further = [row for row in self.longer if row.words[1].answers(following)]
        return (
            frozenset(row.concept.slug for row in further if len(row.words) == 2),
            any(len(row.words) > 2 for row in further),
        )


class Terms:
    """Concepts compiled to be found in texts and in queries; immutable, safe to share between threads."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = {concept.slug: concept for concept in concepts}
        self._rows: dict[str, list[_Row]] = {}
        for row in dict.fromkeys(row for concept in self.concepts.values() for row in _rows(concept)):
            for key in {row.words[0].norm, *row.words[0].stems}:
                self._rows.setdefault(key, []).append(row)

    def find(self, text: str, lang: str | None = None) -> list[TermMatch]:
        """Every concept that a text names, by its place; `lang` is `ar`, `fa` or None (the stems of both).

        Shorter terms inside longer ones count, too. Offsets are Python string indices into `text`, any normal form.
        """
        return self.find_tokens(analyze(text, lang), text)

    def find_tokens(self, tokens: Iterable[Token], text: str) -> list[TermMatch]:
        """The same where the caller has the tokens of the text at hand."""
        at: defaultdict[int, list[Token]] = defaultdict(list)
        begun, firsts = set(), self._rows.keys()
        for token in tokens:
            at[token.position].append(token)
            if not firsts.isdisjoint((token.norm, *token.parts, *token.stems)):
                begun.add(token.position)
        found = {one: None for position in sorted(begun) for one in self.found_at(at, position, text)}
        return sorted(found, key=lambda one: (one.start, -one.end))

    def may_begin(self, token: Token) -> bool:
        """Whether a term may begin with this token: for nine of ten words none does."""
        rows = self._rows
        return token.norm in rows or any(key in rows for key in (*token.parts, *token.stems))

    def beginning(self, token: Token) -> Beginning:
        """What a token begins, whatever follows it."""
        rows = [row for key in (token.norm, *token.parts, *token.stems) for row in self._rows.get(key, ())]
        rows = [row for row in rows if row.words[0].answers(token)]
        alone = frozenset(row.concept.slug for row in rows if len(row.words) == 1)
        return Beginning(alone, tuple(row for row in rows if len(row.words) > 1))

    def words_of(self, slug: str) -> frozenset[str]:
        """The folded words and stems of every label of a concept: a text that names it has some of them."""
        return self._words.get(slug, frozenset())

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for rows in self._rows.values():
            for row in rows:
                found[row.concept.slug].update(form for word in row.words for form in (word.norm, *word.stems))
        return {slug: frozenset(forms) for slug, forms in found.items()}

    def find_in_query(self, words: Sequence[str]) -> list[tuple[int, int, tuple[Concept, ...]]]:
        """The spans `(first, last, concepts)` of a query's words that are terms: the longest first, none overlapping.

        Half open: `["جولة", "المشاورات", "السياسية"]` → `[(1, 3, (political-consultations,))]`.
        """
        starts = {at: number for number, at in enumerate(accumulate((len(word) + 1 for word in words), initial=0))}
        spans: dict[tuple[int, int], list[Concept]] = {}
        text = " ".join(words)
        for start, end, concept in self.find_tokens(analyze(text), text):
            if start in starts and end + 1 in starts:
                spans.setdefault((starts[start], starts[end + 1]), []).append(concept)
        return list(_apart(spans)) if spans else []

    def found_at(self, at: TokensByPosition, position: int, text: str) -> Iterator[TermMatch]:
        """The terms that begin at a position; `at` gives the tokens of a position and may work them out when asked."""
        rows = self._rows
        for token in at[position]:
            for key in (token.norm, *token.parts, *token.stems):
                if key in rows:
                    for row in rows[key]:
                        if (end := _end(at, token, row.words, text)) is not None:
                            yield TermMatch(token.start, end, row.concept)


def _end(at: TokensByPosition, token: Token, words: Sequence[_Word], text: str) -> int | None:
    """Where the words end that begin with this token and answer these words one by one; None if they do not."""
    if not words[0].answers(token):
        return None
    if len(words) == 1:
        return token.end
    for following in at[token.position + token.span]:
        if touches(text[token.end : following.start]):
            end = _end(at, following, words[1:], text)
            if end is not None:
                return end
    return None


def touches(gap: str) -> bool:
    """Whether words on both sides of a gap may be one term: a space, a half-space, a hyphen, an apostrophe."""
    return can_touch(gap.strip(_APOSTROPHES) or " ")


def _apart(spans: Mapping[tuple[int, int], Sequence[Concept]]) -> Iterator[tuple[int, int, tuple[Concept, ...]]]:
    """The longest spans, in order, without those that overlap them."""
    taken: set[int] = set()
    kept = []
    for first, last in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            kept.append((first, last))
    for first, last in sorted(kept):
        yield first, last, tuple(dict.fromkeys(spans[first, last]))


def _rows(concept: Concept) -> Iterator[_Row]:
    """The words of each label; what a half-space parts is read joined and parted."""
    for labels in (concept.labels, concept.hidden):
        for language, texts in labels.items():
            for text in texts:
                for spelling in _spellings(text):
                    yield _Row(_words(spelling, language), concept)


def _spellings(label: str) -> Iterator[str]:
    choices = [dict.fromkeys((word, word.replace("\u200c", " "))) for word in label.split(" ")]
    for number, chosen in enumerate(product(*choices)):
        if number < _MOST_SPELLINGS:
            yield " ".join(chosen)


def _words(label: str, language: str) -> tuple[_Word, ...]:
    lang = language if language in {"ar", "fa"} else None
    return tuple(_Word(token.norm, frozenset(token.stems)) for token in analyze(label, lang) if token.span == 1)


@cache
def shipped() -> Terms:
    """The terms that ship, compiled once a process."""
    return Terms(read(FILE.read_text(encoding="utf-8")))


_kept: tuple[tuple[KeptTerm, ...], Terms] | None = None


def terms() -> Terms:
    """The terms that are searched now."""
    return _kept[1] if _kept else shipped()


def follow(kept: tuple[KeptTerm, ...]) -> None:
    """Have these terms stand beside those that ship, and in their place where they have their slug.

    One without labels is searched no more. `()` leaves those that ship. Compiled where it is otherwise than before.
    """
    global _kept
    if kept == (_kept[0] if _kept else ()):
        return
    concepts = dict(shipped().concepts)
    for one in kept:
        concepts.pop(one.slug, None)
        if one.labels or one.hidden:
            concepts[one.slug] = Concept(one.slug, _by_language(one.labels), _by_language(one.hidden))
    _kept = (kept, Terms(concepts.values())) if kept else None


def _by_language(labels: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, text in labels:
        found[language] = (*found.get(language, ()), text)
    return found

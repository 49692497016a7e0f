"""What a reader's word may stand for in an index: one object for the engine's compiler and for matching a text."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from search.analysis.analyzer import analyze
from search.analysis.joiner import join_words
from search.analysis.lexicons import arabic, persian, stop_words
from search.analysis.name_terms import asking_keys
from search.analysis.normalizer import fold
from search.analysis.places import place_forms
from search.analysis.stem_persian import SUFFIX_PARTS
from search.analysis.stemmers import find_stems
from search.analysis.token import Token
from search.analysis.tokenizer import Kind, kind_of

MOST_SPLITS = 8
SHORTEST_SPLIT = 5  # letters of a word that is tried in two halves
_LONGEST_JOIN = 40
_MOST_JOINED = 3
_AND = "و"
_SERVANT = "عبد"


@dataclass(frozen=True, slots=True)
class Term:
    """One indexed term under its forms: `norm`, `stems` and `loose` name terms of these fields, `keys` of `names`."""

    norm: str
    stems: tuple[str, ...]
    loose: str | None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """The words `first` to `last` (half open) of a query, written as one: `خلف اف` as `خلفاف`."""

    first: int
    last: int
    term: Term


@dataclass(frozen=True, slots=True)
class Synonym:
    """The words `first` to `last` (half open) name a place; `phrases` are its other names, each as folded words."""

    first: int
    last: int
    phrases: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """All that answers one word of a query; any one of them is enough.

    `term`: the word itself (None where what was typed is several words: `12/5`). `splits`: runs of adjacent words, as
    terms of `norm`. `joins` and `synonyms`: runs of query words that cover this one; a text with the joined form or the
    other name answers each word it covers. `name_runs`: adjacent words, each given as terms of `names` of which one is
    enough (`Amir-Abdollahian`). `optional`: a function word beside words that are none; it may be missing. `halves`:
    words that it is made of, which find nothing by themselves: of `نخست‌وزیر` also وزیر speaks for a text.
    """

    index: int
    text: str
    term: Term | None
    splits: tuple[tuple[str, ...], ...]
    joins: tuple[Join, ...]
    synonyms: tuple[Synonym, ...]
    optional: bool
    name_runs: tuple[tuple[tuple[str, ...], ...], ...] = ()
    halves: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """One word as typed, analysed: its pieces, and the term of the whole where there is one."""

    text: str
    kind: Kind
    pieces: tuple[str, ...]
    term: Term | None
    parts: tuple[str, ...]


def alternatives(
    words: Sequence[str],
    index: int,
    vocabulary: Container[str] | None = None,
    lang: str | None = None,
    *,
    beside: bool = False,
) -> Alternatives:
    """Say what may stand in an index for `words[index]`, one of the words of a query in the order typed.

    `vocabulary` holds the terms of the field `norm`; a word is split only into two of them (without one: into words of
    our lexicons). `lang` None asks for the stems of both languages. Quoted words are asked the same way, one by one;
    there the joins, too, count as one place, the first may stand behind particles (`with_particles`), and `optional`,
    `synonyms` and `keys` are to be left out. `beside`: a phrase, a name or anything else is wanted beside these words,
    so that function words alone are optional, too.

    >>> alternatives(["خلف", "اف"], 0).joins[0].term.norm
    'خلفاف'
    """
    asked = [_read(word, lang) for word in words]
    one = asked[index]
    small = [is_small(each.text) for each in asked]
    run = [tuple(sorted(asking_keys(piece, one.kind))) for piece in one.pieces] if len(one.pieces) > 1 else []
    return Alternatives(
        index,
        one.text,
        one.term,
        _splits(one, vocabulary),
        tuple(_joins(asked, index, lang)) if len(asked) > 1 else (),
        tuple(_synonyms(asked, index)),
        small[index] and (beside or not all(small)),
        (tuple(run),) if run and all(run) else (),  # a hyphenated name, if each of its pieces may be one
        () if small[index] else _halves(one, lang),
    )


@lru_cache(maxsize=4096)
def _read(word: str, lang: str | None) -> _Asked:
    tokens = analyze(word, lang)
    single = [token for token in tokens if token.span == 1]
    whole = next((token for token in tokens if token.span == len(single)), None)
    parts = whole.parts if whole is not None else ()
    kind: Kind = single[0].kind if single else "latin"
    return _Asked(word, kind, tuple(token.norm for token in single), _term(whole, word), parts)


@lru_cache(maxsize=4096)
def is_small(word: str) -> bool:
    """Say whether a word as typed is a function word or a light verb, also apart: `از`, `می‌شود`, `نمی شد`."""
    tokens = analyze(word)
    single = [token.norm for token in tokens if token.span == 1]
    whole = [token.norm for token in tokens if token.span == len(single)]
    return all(norm in stop_words() for norm in single) or any(map(_is_light_verb, whole))


def is_small_spelling(norm: str, parts: Sequence[str]) -> bool:
    """The same of a token of a text, by its norm and the norms of its parts: the spelling is not analysed again."""
    return all(one in stop_words() for one in parts or (norm,)) or _is_light_verb(norm)


def _is_light_verb(norm: str) -> bool:
    rest = norm.removeprefix("ن").removeprefix("مي")
    return rest != norm and rest in stop_words() and (len(rest) > 2 or rest == "شد")


def _term(token: Token | None, text: str) -> Term | None:
    if token is None:
        return None
    keys = asking_keys(token.norm, token.kind, text[token.start : token.end])
    return Term(token.norm, token.stems, token.loose, tuple(sorted(keys)))


@lru_cache(maxsize=4096)
def with_particles(term: Term) -> tuple[str, ...]:
    """The folded spellings that a word of Arabic script has behind particles: of `الجوله` also `والجوله`, `للجوله`.

    Only what the stemmer opens again, so that زن is not found in وزن.
    """
    if kind_of(term.norm) != "arabic":
        return ()
    found = []
    for conjunction, preposition in product(("", "و", "ف"), ("", "ب", "ك", "ل")):
        particles = conjunction + preposition
        spelling = particles + term.norm
        if preposition == "ل" and term.norm.startswith("ال"):
            spelling = particles + term.norm[1:]
        if particles and not set(find_stems(spelling, spelling, (), "ar")[0]).isdisjoint(term.stems):
            found.append(spelling)
    return tuple(found)


def _halves(asked: _Asked, lang: str | None) -> tuple[Term, ...]:
    """The words that a word of Arabic script is written of, but endings and function words."""
    if asked.kind != "arabic" or asked.term is None:
        return ()
    halves = asked.pieces if len(asked.pieces) > 1 else asked.parts
    terms = [_read(half, lang).term for half in halves if half not in SUFFIX_PARTS and half not in stop_words()]
    return tuple(term for term in terms if term is not None)


def _splits(asked: _Asked, vocabulary: Container[str] | None) -> tuple[tuple[str, ...], ...]:
    """Cut a word where a text may have a space: at its half-spaces, between two known words, behind `و`."""
    found = [parts for parts in (asked.pieces, asked.parts) if len(parts) > 1]
    if asked.kind == "arabic" and asked.term is not None:
        knows = _is_listed if vocabulary is None else vocabulary.__contains__
        found += [cut.words for cut in _cuts(asked.term.norm) if all(map(knows, cut.known))]
    return tuple(dict.fromkeys(found))[:MOST_SPLITS]


class Cut(NamedTuple):
    """A word written as several, and those of them that a vocabulary has to know."""

    words: tuple[str, ...]
    known: tuple[str, ...]


@lru_cache(maxsize=1024)
def _cuts(word: str) -> tuple[Cut, ...]:
    """Each way to cut a folded word, with the words that have to be known for it."""
    found: list[Cut] = []
    if word.startswith(_AND) and len(word) > 1:
        found.append(Cut((_AND, word[1:]), (word[1:],)))
    if len(word) >= SHORTEST_SPLIT:
        halves = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
        found += [Cut(both, both) for both in halves]
        at = word.find(_SERVANT)
        if at > 1 and len(word) - at > 5:
            found.append(Cut((word[:at], _SERVANT, word[at + 3 :]), ()))
    return tuple(found)


@lru_cache(maxsize=1024)
def cut_words(word: str, lang: str | None) -> frozenset[str]:
    """Every folded word into which a word as typed may be cut: what `alternatives` asks of a vocabulary, and more."""
    asked = _read(word, lang)
    if asked.kind != "arabic" or asked.term is None:
        return frozenset()
    return frozenset(part for cut in _cuts(asked.term.norm) for part in cut.words)


def _is_listed(word: str) -> bool:
    return arabic().knows(word) or persian().knows(word)


def _joins(asked: list[_Asked], index: int, lang: str | None) -> list[Join]:
    """Write neighbouring words as one: every pair that covers the word, and the triples that are names or listed."""
    found = []
    for length in (2, 3):
        for first in range(max(0, index - length + 1), min(index, len(asked) - length) + 1):
            term = _joined(asked[first : first + length], lang)
            if term is not None:
                found.append(Join(first, first + length, term))
    return found


def _joined(run: list[_Asked], lang: str | None) -> Term | None:
    words = tuple(piece for one in run for piece in one.pieces)
    kinds = {one.kind for one in run}
    if any(one.term is None for one in run) or len(words) > _MOST_JOINED:
        return None
    if len(kinds) > 1 or kinds == {"number"} or sum(map(len, words)) > _LONGEST_JOIN:
        return None
    norm = join_words(words)
    if norm is None and (len(words) == 2 or _SERVANT in words or words[-1] in SUFFIX_PARTS):
        norm = fold("".join(words))
    return _joined_term(norm, words, run[0].kind, lang) if norm else None


@lru_cache(maxsize=4096)
def _joined_term(norm: str, words: tuple[str, ...], kind: Kind, lang: str | None) -> Term:
    if kind != "arabic":
        return Term(norm, (norm,), None, tuple(sorted(asking_keys(norm, kind))))
    stems, loose = find_stems(norm, norm, words, lang)
    return Term(norm, stems, loose, tuple(sorted(asking_keys(norm, kind))))


def _synonyms(asked: list[_Asked], index: int) -> list[Synonym]:
    found = []
    for length in (1, 2, 3):
        for first in range(max(0, index - length + 1), min(index, len(asked) - length) + 1):
            pieces = tuple(piece for one in asked[first : first + length] for piece in one.pieces)
            one = asked[first]
            whole = [(one.term.norm,), one.parts] if length == 1 and one.term else []
            phrases = next(filter(None, map(place_forms, [pieces, *whole])), ())
            if phrases:
                found.append(Synonym(first, first + length, phrases))
    return found

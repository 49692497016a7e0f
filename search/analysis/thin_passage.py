"""A text of which only the words are looked at that a question may ask for; it answers as the whole text would.

Splitting a text into words is cheap, and which words of it matter is told by comparing sets: what each spelling can be
found by is remembered whatever is asked (`_found_by`), and a question judges each spelling once (`Sought`). Tokens are
made only of the words that are left, and of neighbours that may be one term (`_Join`). `Passage` is the oracle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from search.analysis.analyzer import analyze, join_tokens, known_spellings
from search.analysis.joiner import can_touch, draws_any, is_compound_part, is_hyphen, may_end_three, takes_any
from search.analysis.name_terms import token_keys
from search.analysis.passage import Passage
from search.analysis.recalling import recall_words
from search.analysis.remembered import Remembered
from search.analysis.token import Token
from search.analysis.tokenizer import split_pieces

# Of a spelling: is one term with whatever follows, with whatever stands before; may be the first or a later word of a
# listed compound; the last of three; stands in Latin script; has no position or several.
DRAWS, TAKES, FIRST, LATER, THIRD, LATIN, ODD = (1 << bit for bit in range(7))
_JOINS_KEPT: Final = 1 << 14
_OF_NAMES: Final = (":", "=")  # behind the script of a term of the field `names`; no word has them


def _having(*flags: int) -> bytes:
    """A class of a regular expression: the bytes that have one of these flags."""
    return b"[" + b"".join(b"\\x%02x" % byte for byte in range(128) if any(byte & flag for flag in flags)) + b"]"


_ODD: Final = re.compile(_having(ODD))
# Where a word and the next one may be one term, or end one.
_PAIRS: Final = re.compile(
    b"(?=%b.|.%b|%b%b)" % (_having(DRAWS, LATIN), _having(TAKES, THIRD), _having(FIRST), _having(LATER)), re.DOTALL
)


class _Join(NamedTuple):
    """One term made of neighbours, as a token that stands nowhere yet, and what finds it."""

    token: Token
    found_by: tuple[str, ...]


def _spelling_flags(lang: str | None) -> Remembered[str, int]:
    def flags_of(word: str) -> int:
        form = known_spellings(lang)[word]
        if not form.norm or form.more:
            return ODD
        is_first, is_later = is_compound_part(form.norm)
        flags = LATIN * (form.kind == "latin") | FIRST * is_first | LATER * is_later
        if form.kind == "arabic":
            flags |= DRAWS * draws_any(form.norm) | TAKES * takes_any(form.norm) | THIRD * may_end_three(form.norm)
        return flags

    return Remembered(flags_of)


def _written(token: Token) -> tuple[str, ...]:
    """What finds a token as it is written: its terms in the layers of words, parts and stems."""
    return tuple({token.norm, *token.parts, *token.stems})


def _spellings(lang: str | None) -> Remembered[str, tuple[str, ...]]:
    def found_by(word: str) -> tuple[str, ...]:
        form = known_spellings(lang)[word]
        return tuple({form.norm, *form.parts, *form.stems}) if form.norm else ()

    return Remembered(found_by)


def _names(lang: str | None) -> Remembered[str, tuple[str, ...]]:
    def named_by(word: str) -> tuple[str, ...]:
        form = known_spellings(lang)[word]
        return token_keys(Token(0, len(word), 0, *form[:5]), word) if form.norm else ()

    return Remembered(named_by)


_flags: Final = {lang: _spelling_flags(lang) for lang in (None, "ar", "fa")}


def _flags_of(words: Sequence[str], lang: str | None) -> bytes:
    known = _flags[lang]
    held = list(map(known.get, words))
    if None not in held:
        return bytes(held)  # type: ignore[arg-type]
    recall_words({word for word, flag in zip(words, held, strict=True) if flag is None and not known.holds(word)}, lang)
    return bytes(map(known.__getitem__, words))


# What finds each spelling: as it is written, and as a name, which takes long to work out and few questions ask.
_found_by: Final = {lang: _spellings(lang) for lang in (None, "ar", "fa")}
_named_by: Final = {lang: _names(lang) for lang in (None, "ar", "fa")}


@lru_cache(maxsize=_JOINS_KEPT)
def _joined(words: tuple[str, ...], gap: str, lang: str | None) -> _Join | None:
    """What two or three words make, the last of them over this gap."""
    *before, last = (Token(0, len(word), 0, *known_spellings(lang)[word][:5]) for word in words)
    token = join_tokens(before, (0, 0, 0, last.norm), gap, lang)
    return None if token is None else _Join(token, (*_written(token), *token_keys(token, words[0])))


class Sought:
    """What a question may look for in a text, and which spellings have it, as far as texts were asked.

    `terms` are norms, stems and names; `starts` those of words that begin so; `near` pairs of a folded word and a
    distance. Too much costs a little time; what is missing would not be found.
    """

    def __init__(self, terms: Iterable[str], starts: Iterable[str] = (), near: Iterable[tuple[str, int]] = ()) -> None:
        self.terms = frozenset(terms)
        self.names = frozenset(term for term in self.terms if term[1:2] in _OF_NAMES)
        self.starts, self.near = tuple(starts), tuple(near)
        self._judged: dict[str | None, tuple[set[str], set[str]]] = {lang: (set(), set()) for lang in _found_by}

    def has(self, found_by: Sequence[str]) -> bool:
        if not self.terms.isdisjoint(found_by):
            return True
        if self.starts and any(term.startswith(self.starts) for term in found_by):
            return True
        return any(OSA.distance(word, term, score_cutoff=most) <= most for word, most in self.near for term in found_by)

    def among(self, words: Sequence[str], lang: str | None) -> set[str]:
        """The spellings of these that the question may ask for."""
        known, wanted = self._judged[lang]
        distinct = set(words)
        if new := distinct - known:
            found_by = _found_by[lang]
            if self.starts or self.near:
                wanted.update([word for word in new if self.has(found_by[word])])
            else:
                is_apart = self.terms.isdisjoint
                wanted.update([word for word in new if not is_apart(found_by[word])])
            if self.names:
                is_nameless, named_by = self.names.isdisjoint, _named_by[lang]
                wanted.update([word for word in new if not is_nameless(named_by[word])])
            known.update(new)
        return distinct & wanted


class ThinPassage(Passage):
    """The tokens of a text that a question may ask for; positions and offsets are those of the whole text."""

    def __init__(self, text: str, lang: str | None, sought: Sought) -> None:
        lang = lang if lang in _found_by else None
        pieces = split_pieces(text)
        words = pieces[1::2]
        flags = _flags_of(words, lang)
        if _ODD.search(flags):
            tokens = analyze(text, lang)
            self.length = tokens[-1].position + 1 if tokens else 0
            tokens = [token for token in tokens if sought.has((*_written(token), *token_keys(token, text)))]
        else:
            self.length = len(words)
            tokens = _tokens(pieces, words, flags, lang, sought)
        self._hold(text, tokens)


def _tokens(pieces: list[str], words: list[str], flags: bytes, lang: str | None, sought: Sought) -> list[Token]:
    """The tokens of a text without odd words, in the order of the analyzer."""
    wanted = sought.among(words, lang)
    singles = [place for place, word in enumerate(words) if word in wanted] if wanted else []
    joins = [(place, join.token) for place, join in _joins(pieces, words, flags, lang) if sought.has(join.found_by)]
    if not singles and not joins:
        return []
    ends, forms = list(accumulate(map(len, pieces))), known_spellings(lang)
    tokens = [Token(ends[2 * at], ends[2 * at + 1], at, *forms[words[at]][:5]) for at in singles]
    for at, join in joins:
        last = at + join.span - 1
        tokens.append(join._replace(start=ends[2 * at], end=ends[2 * last + 1], position=at))
    if joins:
        tokens.sort(key=lambda token: (token.position, token.span))
    return tokens


def _joins(pieces: list[str], words: list[str], flags: bytes, lang: str | None) -> Iterator[tuple[int, _Join]]:
    """What neighbours make, each with the place of its first word."""
    for pair in _PAIRS.finditer(flags):
        at = pair.start()
        gap = pieces[2 * at + 2]
        if gap != " " and not can_touch(gap):
            continue
        if not (flags[at] & LATIN and is_hyphen(gap)):
            gap = " "  # only behind Latin script it makes a difference what stands between
        if join := _joined((words[at], words[at + 1]), gap, lang):
            yield at, join
        is_third = at and (flags[at - 1] & DRAWS or flags[at + 1] & THIRD)
        if is_third and len(pieces[2 * at]) == 1 and (join := _joined(tuple(words[at - 1 : at + 2]), gap, lang)):
            yield at - 1, join

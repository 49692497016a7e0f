"""From a text to its tokens: cut, fold, join and stem, with offsets into the text as given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from search.analysis.halfspace import split_parts
from search.analysis.joiner import can_touch, glued_names, is_hyphen, join_words, may_begin_join, may_end_join
from search.analysis.normalizer import fold
from search.analysis.remembered import Remembered
from search.analysis.stemmers import find_stems
from search.analysis.token import Token
from search.analysis.tokenizer import Kind, kind_of, split_pieces


class KnownSpelling(NamedTuple):
    """What is known of a spelling wherever it stands."""

    kind: Kind
    norm: str
    parts: tuple[str, ...]
    stems: tuple[str, ...]
    loose: str | None
    begins: bool  # may be one term with the next word
    ends: bool  # may be one term with the word before
    more: tuple[KnownSpelling, ...]  # the further words of a sign that stands for several


_new: Final = tuple.__new__


def analyze(text: str, lang: str | None = None) -> list[Token]:
    """Give the tokens of a text ordered by start and span; deterministic, thread safe, never raises.

    `lang` is `ar`, `fa` or None (the stems of both). Offsets are Python string indices into `text`, whatever its
    normalization. `می کند` gives three tokens: `مي`, the joined `ميكند` over both words, and `كند`.
    """
    lang = lang if lang in _forms else None
    known = _forms[lang]
    tokens: list[Token] = []
    append = tokens.append
    pieces = iter(split_pieces(text))
    at = len(next(pieces))
    position, drawn, gap = 0, False, ""
    first: Token | None = None  # the last word but one, and the last: each position has one token of one word
    before: Token | None = None
    for word in pieces:
        end = at + len(word)
        kind, norm, parts, stems, loose, begins, ends, more = known[word]
        if norm:
            if (drawn or ends) and before is not None:
                _add_joins(tokens, gap, first, before, (at, end, position, norm), lang)
            first, before = before, _new(Token, (at, end, position, kind, norm, parts, stems, loose, 1))
            append(before)
            position += 1
            drawn = begins
            for form in more:
                first, before = before, _new(Token, (at, end, position, *form[:5], 1))
                append(before)
                position += 1
        gap = next(pieces)
        at = end + len(gap)
    return tokens


def learn_form(word: str, lang: str | None) -> KnownSpelling:
    """Work out what becomes of a word of the tokenizer, wherever it stands."""
    kind = kind_of(word)
    if kind == "arabic":
        forms = [_arabic_form(norm, word, lang) for norm in fold(word).split(" ")]
    else:
        forms = [KnownSpelling(kind, fold(word), (), (fold(word),), None, kind == "latin", False, ())]
    return forms[0] if len(forms) == 1 else forms[0]._replace(more=tuple(forms[1:]))


def _arabic_form(norm: str, word: str, lang: str | None) -> KnownSpelling:
    parts = tuple(part for part in map(fold, split_parts(word)) if part)
    stems, loose = find_stems(norm, word, parts, lang)
    if len(parts) < 2:
        parts = glued_names(norm)
    # Most words are their own stems: kept as one string, they take half the room.
    same = {word: word, norm: word if norm == word else norm}
    norm, stems = same[norm], tuple(same.setdefault(stem, stem) for stem in stems)
    loose = loose and same.get(loose, loose)
    return KnownSpelling("arabic", norm, parts, stems, loose, may_begin_join(norm), may_end_join(norm), ())


_forms: Final[dict[str | None, Remembered[str, KnownSpelling]]] = {
    lang: Remembered(partial(learn_form, lang=lang)) for lang in (None, "ar", "fa")
}


def known_spellings(lang: str | None) -> Remembered[str, KnownSpelling]:
    """What is known of every spelling, worked out when it is asked for; `lang` is `ar`, `fa` or None."""
    return _forms[lang]


def _add_joins(
    tokens: list[Token], gap: str, first: Token | None, before: Token, last: tuple[int, int, int, str], lang: str | None
) -> None:
    """Add the joined terms that end with the word `last` (start, end, position, norm), which follows `gap`.

    `before` is the word before it, `first` the one before that.
    """
    if before.end + len(gap) != last[0] or not can_touch(gap):
        return
    joined = join_tokens((before,), last, gap, lang)
    if joined is not None:
        tokens.append(joined)
    if first is not None and before.start - first.end == 1:
        joined = join_tokens((first, before), last, gap, lang)
        if joined is not None:
            behind = next(i for i, token in enumerate(reversed(tokens), 1) if token is before)
            tokens.insert(len(tokens) - behind, joined)


def join_tokens(tokens: Sequence[Token], last: tuple[int, int, int, str], gap: str, lang: str | None) -> Token | None:
    """The one term that one or two tokens make with the word behind them (start, end, position, norm), or None.

    `gap` stands before that word, and lets the two touch (see `can_touch`).
    """
    first = tokens[0]
    words = (*(token.norm for token in tokens), last[3])
    norm = join_words(words) or (_join_code(first, last[3], gap) if len(words) == 2 else None)
    return _joined(first, norm, words, last, lang) if norm else None


def _joined(
    first: Token, norm: str, words: tuple[str, ...], last: tuple[int, int, int, str], lang: str | None
) -> Token:
    if first.kind != "arabic":
        return Token(first.start, last[1], first.position, first.kind, norm, (), (norm,), None, len(words))
    stems, loose = find_stems(norm, norm, words, lang)
    return Token(first.start, last[1], first.position, "arabic", norm, (), stems, loose, len(words))


def _join_code(before: Token, norm: str, gap: str) -> str | None:
    """Join what a hyphen joins in Latin script: `X-12` → `x12`, `Amir-Abdollahian`."""
    return before.norm + norm if before.kind == "latin" and is_hyphen(gap) else None

"""The words of a text as the gazetteer reads them, and the particles that Arabic writes onto a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from search.analysis import Token, analyze, fold

# A name goes on over spaces of a line and a hyphen, never over other punctuation or a line break.
_SPACE: Final = "[ \t\u00a0\u202f\u2009\u200a\u200b-\u200f\u202a-\u202e\u2066-\u2069]*"
_JOINS: Final = re.compile(f"{_SPACE}[-\u2010\u2011\u2013\u0640]?{_SPACE}")


class TextWord(NamedTuple):
    """One orthographic word with the gap before it; `gap` is "" for the first word of a text."""

    start: int
    end: int
    norm: str
    kind: str
    gap: str
    capital: bool


_new: Final = tuple.__new__


def split_words(text: str, lang: str | None = None) -> list[TextWord]:
    """Give the words of a text by the one analyzer, without the joined terms it adds; offsets into `text`."""
    return words_of(analyze(text, lang), text)


def words_of(tokens: Iterable[Token], text: str) -> list[TextWord]:
    """The same where the caller has the tokens of the text at hand."""
    words: list[TextWord] = []
    at = 0
    for start, end, _position, kind, norm, _parts, _stems, _loose, span in tokens:
        if span == 1 and start >= at:
            words.append(_new(TextWord, (start, end, norm, kind, text[at:start], text[start].isupper())))
            at = end
    return words


def folded(words: str) -> frozenset[str]:
    """Give the folded forms of the words of a line, to compare with `Word.norm`."""
    return frozenset(map(fold, words.split()))


def can_continue(word: TextWord) -> bool:
    """Say whether a name may go on with this word: nothing but space or a hyphen stands before it."""
    return word.gap == " " or _JOINS.fullmatch(word.gap) is not None


def cut_particles(norm: str) -> list[tuple[str, int, bool]]:
    """Give what may remain of a folded word when particles come off: `(rest, letters cut, had the article)`.

    `و ف` before `ب ل ك` before the article; `لل` is ل and the article, or ل and a name with ل.
    `وبالهند` → `الهند` among others; `للهند` → `الهند`; the whole word always comes first.
    """
    rests = [(norm, 0, False)]
    if not "\u0600" <= norm[:1] <= "\u06ff":
        return rests
    if norm.startswith("ال"):
        rests.append((norm[2:], 0, True))
    # How many letters may be particles: `وبالهند` → 1, 2; `بالهند` → 1; `الهند` → none.
    conjunction = int(norm[0] in "وف")
    preposition = int(norm[conjunction : conjunction + 1] in tuple("بلك"))
    lengths = [length for length in (conjunction, conjunction + preposition) if length]
    for cut in lengths[: 1 + conjunction * preposition]:
        rests += _below_particle(norm[cut:], cut, norm[cut - 1])
    return [rest for rest in dict.fromkeys(rests) if len(rest[0]) > 1]


# Honours that Persian writes onto a forename, with a half-space or without: حاج‌قاسم, سیدعباس, آیت‌الله‌سیدابراهیم.
_HONOURS: Final = "حاج حاجی الحاج سید سیده شیخ شهید سردار دکتر مهندس آقای خانم جناب آیت‌الله حجت‌الاسلام سرلشکر"
_HONOUR: Final = re.compile("|".join(sorted(folded(_HONOURS), key=len, reverse=True)))
_SHORTEST_FORENAME: Final = 3


def cut_honours(norm: str) -> list[tuple[str, int]]:
    """Give what may remain of a folded word when honours written onto it come off: `(rest, letters cut)`.

    `حاجقاسم` → `قاسم`, 3; `شهيدسيدحسن` → `سيدحسن`, 4 and `حسن`, 7; most words give nothing.
    """
    rests, cut = [], 0
    while (found := _HONOUR.match(norm, cut)) and len(norm) - found.end() >= _SHORTEST_FORENAME:
        cut = found.end()
        rests.append((norm[cut:], cut))
    return rests


def behind_letters(text: str, word: TextWord, letters: int) -> int:
    """Give the offset behind the first letters of a word, its marks, half-spaces and tatweel not counted."""
    at = word.start
    while at < word.end and (letters or not text[at].isalpha() or text[at] == "\u0640"):
        letters -= text[at].isalpha() and text[at] != "\u0640"
        at += 1
    return min(at, word.end - 1)


# "Like" stands before short names too seldom: كلاوس is Klaus, not Laos.
_LETTERS_AFTER_LIKE: Final = 5


def _below_particle(rest: str, cut: int, particle: str) -> list[tuple[str, int, bool]]:
    if particle == "ك" and len(rest) < _LETTERS_AFTER_LIKE:
        return []
    rests = [(rest, cut, False)]
    if rest.startswith("ال"):
        rests.append((rest[2:], cut, True))
    if particle == "ل" and rest.startswith("ل"):
        rests += [("ا" + rest, cut, False), (rest[1:], cut, True)]
    return rests

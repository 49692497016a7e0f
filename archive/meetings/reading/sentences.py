"""A sentence as its words, with what is named in it and the classes of words that tell of meetings. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from archive.authorities.gazetteer.words import TextWord, split_words
from search.analysis import fold

FILE: Final = Path(__file__).with_name("words.tsv")
_ENDS: Final = re.compile(r"[.!?؟؛;…]+[»\")]*(?=\s|$)|\n")
_CUT: Final = re.compile(r"[،,:؛;()\[\]/|–—-]")  # quotes stand around names, too
LONGEST: Final = 900  # code points; what is longer is a list or has lost its stops


class NamedParty(NamedTuple):
    """A record that a text names, half open and without attached particles; `states` it is or speaks for."""

    start: int
    end: int
    kind: str
    slug: str
    states: tuple[str, ...]


@cache
def classes(language: str) -> dict[str, frozenset[str]]:
    """The folded words of a language by class, from `words.tsv`."""
    found: dict[str, frozenset[str]] = {}
    for line in FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#") and line.split("\t")[0] == language:
            _language, name, words = line.split("\t")
            found[name] = frozenset(fold(word) for word in words.split())
    return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `start` in its text, its words, the records named by the number of their first word.

    `named` gives `(record, number behind its last word)`; offsets of words and of records are into `text`.
    """

    text: str
    start: int
    language: str
    words: Sequence[TextWord]
    named: dict[int, tuple[NamedParty, int]]
    is_title: bool

    def __len__(self) -> int:
        return len(self.words)

    def has(self, at: int, *names: str) -> bool:
        """Whether the word at a place is of one of these classes; in Arabic also behind و or ف."""
        if not 0 <= at < len(self.words):
            return False
        known, norm = classes(self.language), self.words[at].norm
        rests = (norm, norm[1:]) if self.language == "ar" and norm[:1] in "وف" and len(norm) > 2 else (norm,)
        return any(rest in known.get(name, ()) for name in names for rest in rests)

    def any_of(self, first: int, last: int, *names: str) -> bool:
        return any(self.has(at, *names) for at in range(max(first, 0), min(last, len(self.words))))

    def is_cut(self, at: int) -> bool:
        """Whether a sign of punctuation stands before a word."""
        return bool(0 < at < len(self.words) and _CUT.search(self.words[at].gap))

    def attached(self, at: int) -> str:
        """The particles that are written onto the name that begins at a word: «بـ» of «بالسعودية»."""
        held = self.named.get(at)
        if held is None or self.language != "ar":
            return ""
        return self.text[self.words[at].start : held[0].start - self.start]


def sentences(text: str, language: str, named: Sequence[NamedParty], body: int = 0) -> Iterator[Sentence]:
    """The sentences of a text that may tell of a meeting and name two states, in order. NFC, logical order.

    `named` are all records of the text in order; the title ends before `body`.
    """
    cue = _cue(language)
    for start, end in _bounds(text):
        held = [one for one in named if start <= one.start < end]
        if end - start <= LONGEST and len({state for one in held for state in one.states}) > 1:
            part = text[start:end]
            if cue.search(part) and not part.rstrip(' »"').endswith(("؟", "?")):
                yield _sentence(part, start, language, held, start < body)


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _ENDS.finditer(text):
        # «د. عادل»: a letter before a stop is a title.
        if text[found.start()] == "." and re.search(r"(?:^|[\s(])\w$", text[max(0, found.start() - 2) : found.start()]):
            continue
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def _sentence(part: str, start: int, language: str, held: Iterable[NamedParty], is_title: bool) -> Sentence:
    words = split_words(part, language)
    at: dict[int, tuple[NamedParty, int]] = {}
    for one in held:
        covered = [n for n, w in enumerate(words) if w.start < one.end - start and one.start - start < w.end]
        if covered:
            at[covered[0]] = one, covered[-1] + 1
    return Sentence(part, start, language, words, at, is_title)


@cache
def _cue(language: str) -> re.Pattern[str]:
    """Roots of the words for meetings, in the letters of the press, before anything is folded."""
    if language == "ar":
        return re.compile("لقا|لتق|جتم|ستقب|باحث|حادث|شاور|فاوض|قم[ةه]|قابل|هاتف|و[ُِ]?ق[ّ]?َ?ع|وقيع|زار|زيار|[وي]صل")
    return re.compile("د[یي]دار|ملاقات|نشست|جلسه|اجلاس|مذا[کك]ر|گفت|را[یي]زن|مشورت|تلفن|امضا|سفر|وارد")

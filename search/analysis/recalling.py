"""Words that this process meets for the first time: taken from what others made of them, and kept for others.

Who reads many texts does it inside `recalling`, and so does who marks the hits of a page, of which a large archive has
words that this process has not met; everywhere else words are worked out as they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final

from search.analysis.analyzer import analyze, known_spellings
from search.analysis.name_terms import take_arabic_keys
from search.analysis.spellings import Spellings, analysed
from search.analysis.token import Token
from search.analysis.tokenizer import split_pieces

_present: ContextVar[_Recalling | None] = ContextVar("recalling", default=None)
LANGUAGES: Final = ("ar", "fa")
_KEPT: Final = 48  # texts that were analysed last: a slice of an intake is read first, then its stories are looked for
_LONGEST: Final = 8_000  # code points of a text that is kept, so that all of them take a few megabytes


class _Recalling:
    def __init__(self, spellings: Spellings) -> None:
        self.spellings = spellings
        self.asked: dict[tuple[str, str | None], None] = {}  # words that no file knows

    def recall(self, met: Iterable[str], lang: str | None) -> None:
        known = known_spellings(lang)
        words = [word for word in set(met) if not known.holds(word)]
        found = self.spellings.find(words, lang) if words else {}
        for word, made in found.items():
            if (form := made.form) is not None:
                known.take(word, form)
                if form.kind == "arabic":
                    take_arabic_keys(form.norm, form.stems[0], made.names)
        self.asked.update(((word, lang), None) for word in words if word not in found)

    def keep(self) -> None:
        known = {lang: known_spellings(lang) for lang in (None, *LANGUAGES)}
        self.spellings.keep((word, lang, analysed(word, known[lang][word])) for word, lang in self.asked)


@contextmanager
def recalling(folder: Path, *, keeps: bool = True) -> Iterator[None]:
    """Have `recall` ask the file of spellings in a folder.

    It is given in the end what it did not know, unless nothing is kept: a page is not to wait for who writes.
    """
    recalled = _Recalling(Spellings(folder, is_read=not keeps))
    token = _present.set(recalled)
    try:
        yield
        if recalled.asked and keeps:
            recalled.keep()
    finally:
        _present.reset(token)
        recalled.spellings.close()


def recall(text: str, lang: str | None) -> None:
    """Call before a text is analysed: its words that others met need not be worked out. `lang` as for `analyze`."""
    if _present.get() is not None:
        recall_words(split_pieces(text)[1::2], lang if lang in LANGUAGES else None)


def recall_words(words: Iterable[str], lang: str | None) -> None:
    """The same of words of the tokenizer; `lang` is `ar`, `fa` or None."""
    recalled = _present.get()
    if recalled is not None:
        recalled.recall(words, lang)


def analyze_once(text: str, lang: str | None) -> tuple[Token, ...]:
    """The tokens of a text, its words recalled; for who reads it again behind another, as stories behind recognition.

    `lang` as for `analyze`.
    """
    return _analysed(text, lang) if len(text) <= _LONGEST else _analysed.__wrapped__(text, lang)


@lru_cache(maxsize=_KEPT)
def _analysed(text: str, lang: str | None) -> tuple[Token, ...]:
    recall(text, lang)
    return tuple(analyze(text, lang))

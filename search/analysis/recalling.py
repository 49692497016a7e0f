"""Words that this process meets for the first time: taken from what others made of them, and kept for others.

Who reads many texts does it inside `recalling`; everywhere else words are worked out as they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from search.analysis.analyzer import known_spellings
from search.analysis.name_terms import take_arabic_keys
from search.analysis.spellings import Spellings, analysed
from search.analysis.tokenizer import split_pieces

_present: ContextVar[_Recalling | None] = ContextVar("recalling", default=None)
LANGUAGES: Final = ("ar", "fa")


class _Recalling:
    def __init__(self, spellings: Spellings) -> None:
        self.spellings = spellings
        self.asked: dict[tuple[str, str | None], None] = {}  # words that no file knows

    def recall(self, text: str, lang: str | None) -> None:
        known = known_spellings(lang)
        words = [word for word in set(split_pieces(text)[1::2]) if not known.holds(word)]
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
def recalling(folder: Path) -> Iterator[None]:
    """Have `recall` ask the file of spellings in a folder, which is given what it did not know in the end."""
    recalled = _Recalling(Spellings(folder))
    token = _present.set(recalled)
    try:
        yield
        if recalled.asked:
            recalled.keep()
    finally:
        _present.reset(token)
        recalled.spellings.close()


def recall(text: str, lang: str | None) -> None:
    """Call before a text is analysed: its words that others met need not be worked out. `lang` as for `analyze`."""
    recalled = _present.get()
    if recalled is not None:
        recalled.recall(text, lang if lang in LANGUAGES else None)

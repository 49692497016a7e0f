"""One term of a text and where it stands."""

from __future__ import annotations

from typing import NamedTuple

from search.analysis.tokenizer import Kind


class Token(NamedTuple):
    """A word of the text under the forms by which it is found; offsets are half open, into the text as given.

    `position` counts orthographic words from 0. A joined token (`span` 2 or 3: `می کند`) is one more token at the
    position of its first word and ends where its last word ends. `norm` is folded and joined, `parts` are the folded
    pieces between half-spaces (empty when there is one, and for joined tokens, whose words are tokens themselves),
    `stems` are for matching, `loose` is for ranking only. A tuple, not a dataclass: a million are made a second.
    """

    start: int
    end: int
    position: int
    kind: Kind
    norm: str
    parts: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    loose: str | None = None
    span: int = 1

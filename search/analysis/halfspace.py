"""The half-space inside a word, in all the signs that publishers used for it."""

from __future__ import annotations

import re
from typing import Final

from search.analysis.characters import IGNORED, MARKS, NOT_SIGN, SOFT_BREAKS, ZWJ

_BREAKS: Final = frozenset(SOFT_BREAKS)
_RUN: Final = re.compile(f"([{SOFT_BREAKS}{ZWJ}]+)")  # a joiner beside a break is part of it
_NOTHING: Final = re.compile(f"[{MARKS}{IGNORED}{NOT_SIGN}]+")
_YEHS: Final = ("\u064a", "\u06cc", "\u0649")
_HEHS: Final = ("\u0647", "\u06d5", "\u06c1", "\u06be")


def split_parts(word: str) -> tuple[str, ...]:
    """Cut a word as written at its half-spaces; a lone yeh of ezafe behind heh is dropped.

    `می‌کند` → `می`, `کند`; `نامه‌ی` → `نامه`; `سلام` → `سلام`. Zero width non-joiner, soft hyphen, zero width space
    and NOT SIGN all count.
    """
    if _BREAKS.isdisjoint(word):
        return (word,)
    pieces = _RUN.split(word)
    parts = [[pieces[0]]]
    for run, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if _BREAKS.isdisjoint(run):
            parts[-1].append(piece)
        else:
            parts.append([piece])
    found = [part for part in map("".join, parts) if part]
    if len(found) > 1 and _letters(found[-1]) in _YEHS and _letters(found[-2]).endswith(_HEHS):
        found.pop()
    return tuple(found)


def drop_ezafe(word: str) -> str:
    """Drop a lone yeh of ezafe behind heh and a half-space: `نامه‌ی` → `نامه`; `نامهی` and `ده‌ها` keep their letters."""
    return word if _BREAKS.isdisjoint(word) else "".join(split_parts(word))


def _letters(part: str) -> str:
    return _NOTHING.sub("", part)

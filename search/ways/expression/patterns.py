r"""Regular expressions over text in the Arabic script: what a reader typed → places in stored text; pure.

The engine is RE2, whose time grows with the text alone, whatever is typed; so it knows no back references and nothing
that looks ahead or behind. Its `\w` and `\d` are those of ASCII; here they are letters and digits of every script.
Places are code points into the text as stored, in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import re2

from search.analysis import fold
from search.analysis.tokenizer import iter_words

LONGEST: Final = 200  # code points of an expression
MEMORY: Final = 2**20  # bytes that a compiled expression may take
_WORD: Final = r"\p{L}\p{M}\p{N}_"
_CLASSES: Final = {r"\w": _WORD, r"\d": r"\p{Nd}", r"\s": r"\s\p{Z}"}
_PIECES: Final = re.compile(r"\\[pP]\{\^?\w*\}|\\.|\[\^?\]?|\]|[^\W\d_a-zA-Z]+|.", re.DOTALL)
# What RE2 says, by its beginning, and the code of what readers are told.
_SAID: Final = {
    "missing )": "not-closed",
    "unexpected )": "not-opened",
    "missing ]": "no-bracket",
    "no argument for repetition": "nothing-to-repeat",
    "bad repetition operator": "repeated-twice",
    "invalid repetition size": "repeated-too-often",
    "invalid escape sequence": "unknown-sign",
    "invalid perl operator": "looks-around",
    "invalid character class": "bad-range",
    "trailing": "ends-with-backslash",
    "pattern too large": "too-large",
}


class BadExpression(Exception):
    """What was typed is no expression: the code of the reason, and the part that is meant, "" for none."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(code, part)
        self.code = code
        self.part = part


@dataclass(frozen=True, slots=True)
class SoughtExpression:
    """An expression ready to be looked for; `is_folded`: spellings of one letter are the same, marks are none."""

    is_folded: bool
    compiled: Any

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands, disjoint and in order; a place in a word that is spelled otherwise when folded is all of it.

        >>> list(expression("ا?ذربيجان").places("زار أذربيجان"))
        [(4, 12)]
        """
        if not self.is_folded:
            yield from _spans(self.compiled, text)
            return
        folded, starts, ends = _folded(text)
        for start, end in _spans(self.compiled, folded):
            yield starts[start], ends[end - 1]


@lru_cache(maxsize=64)
def expression(typed: str, *, is_folded: bool = True) -> SoughtExpression:
    """The expression that was typed; BadExpression for what is none, or would match where nothing stands."""
    if len(typed) > LONGEST:
        raise BadExpression("too-long")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY
    options.case_sensitive = not is_folded
    options.never_capture = True
    try:
        compiled = re2.compile("(?m)" + "".join(_pieces(typed, is_folded=is_folded)), options)
    except re2.error as error:
        raise _bad(error) from error
    if compiled.search("") is not None or compiled.search("\n") is not None:
        raise BadExpression("matches-nothing")
    return SoughtExpression(is_folded, compiled)


def _bad(error: Exception) -> BadExpression:
    said = error.args[0] if error.args else b""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    code = next((code for begins, code in _SAID.items() if text.startswith(begins)), "unread")
    return BadExpression(code, text.partition(": ")[2].removeprefix("(?m)"))


def _pieces(typed: str, *, is_folded: bool) -> Iterator[str]:
    r"""The expression as RE2 is given it: `\w`, `\d` and `\s` of every script, letters folded where texts are."""
    within = False
    for piece in _PIECES.findall(typed):
        if piece in {r"\b", r"\B"} and not within:
            raise BadExpression("word-edge", piece)
        if piece.lower() in _CLASSES and len(piece) == 2:
            yield _class(piece, within=within)
            continue
        if piece.startswith("[") and not within:
            within = True
        elif piece == "]":
            within = False
        yield _letters(piece, within=within) if is_folded and not piece.isascii() else piece


def _class(piece: str, *, within: bool) -> str:
    held = _CLASSES[piece.lower()]
    if piece.islower():
        return held if within else f"[{held}]"
    if within:
        raise BadExpression("unknown-sign", piece)
    return f"[^{held}]"


def _letters(run: str, *, within: bool) -> str:
    """Letters as folded texts have them; together, where that is as many, for some spellings fold as a whole."""
    whole = fold(run)
    if not within and len(whole) == len(run):
        return whole
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in run)


def _spans(compiled: Any, text: str) -> Iterator[tuple[int, int]]:
    for found in compiled.finditer(text):
        start, end = found.span()
        if start < end:
            yield start, end


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """The text with its words folded; of each letter of it, where what it stands for begins and ends in the text."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, word in (*iter_words(text), (len(text), len(text), "")):
        pieces.append(text[at:start])
        starts += range(at, start)
        ends += range(at + 1, start + 1)
        folded = fold(word)
        pieces.append(folded)
        if len(folded) == end - start:
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            starts += [start] * len(folded)
            ends += [end] * len(folded)
        at = end
    return "".join(pieces), starts, ends

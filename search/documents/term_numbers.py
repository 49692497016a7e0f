"""The terms of a segment that is being made, numbered as they are met, and the tokens of its spellings: in arrays.

A large archive has a million terms and half a million spellings. As strings, tuples and entries of a dict they take
five times the memory that their letters need.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from typing import Final

import numpy as np

from search.analysis import Token

_FEWEST: Final = 1 << 10  # slots
_KEPT: Final = 0xFFFFFFFF  # bits of a hash
_PLACED: Final = 3  # start, end and position, which come before the rest of a token
_AT_HAND: Final = 1 << 14  # tokens that are not read again: some 6 MB
_written: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_read: Final = json.JSONDecoder().decode


class TermNumbers:
    """The numbers of terms in UTF-8; a hash table whose slots hold a number and 1, at most half of them.

    Behind a taken slot comes the next one, behind the last the first.
    """

    def __init__(self) -> None:
        self._letters = bytearray()
        self._ends = array("I")
        self._hashes = array("I")
        self._slots = array("I", bytes(4 * _FEWEST))

    def __len__(self) -> int:
        return len(self._ends)

    def number(self, term: bytes) -> int:
        """That of a term, which gets the next one when it is met first."""
        hashed = hash(term) & _KEPT
        slots, hashes = self._slots, self._hashes
        last = len(slots) - 1
        place = hashed & last
        while taken := slots[place]:
            if hashes[taken - 1] == hashed and self.term(taken - 1) == term:
                return taken - 1
            place = (place + 1) & last
        slots[place] = len(self._ends) + 1
        self._letters += term
        self._ends.append(len(self._letters))
        hashes.append(hashed)
        if 2 * len(hashes) > len(slots):
            self._widen()
        return len(hashes) - 1

    def term(self, number: int) -> bytes:
        start = self._ends[number - 1] if number else 0
        return bytes(self._letters[start : self._ends[number]])

    def terms(self, first: int = 0) -> Iterator[bytes]:
        """The terms in the order of their numbers, from a number on."""
        return map(self.term, range(first, len(self)))

    def _widen(self) -> None:
        """Lay all numbers into twice as many slots: in the order of their homes, pushed on by those before alone."""
        slots = 2 * len(self._slots)
        home = np.frombuffer(self._hashes, np.uint32).astype(np.int64) & (slots - 1)
        order, count = np.argsort(home, kind="stable"), np.arange(len(home))
        places = np.maximum.accumulate(home[order] - count) + count
        inside = places < slots
        laid = np.zeros(slots, np.uint32)
        laid[places[inside]] = order[inside] + 1
        late = order[~inside]
        laid[np.flatnonzero(laid == 0)[: len(late)]] = late + 1
        self._slots = array("I", laid.tobytes())


class KeptTokens:
    """Tokens that stand nowhere yet, by number; of the frequent words they are at hand."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._ends = array("I")
        self._at_hand: dict[int, Token] = {}

    def __len__(self) -> int:
        return len(self._ends)

    def append(self, token: Token) -> None:
        self._held += _written(token[_PLACED:]).encode()
        self._ends.append(len(self._held))

    def take(self, others: KeptTokens, number: int) -> None:
        """Append one of others."""
        self._held += others._text(number)
        self._ends.append(len(self._held))

    def __getitem__(self, number: int) -> Token:
        found = self._at_hand.get(number)
        if found is None:
            kind, norm, parts, stems, loose, span = _read(self._text(number).decode())
            found = Token(0, 0, 0, kind, norm, tuple(parts), tuple(stems), loose, span)
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
            self._at_hand[number] = found
        return found

    def _text(self, number: int) -> bytearray:
        return self._held[self._ends[number - 1] if number else 0 : self._ends[number]]

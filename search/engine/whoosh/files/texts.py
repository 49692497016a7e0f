"""Short texts kept as two arrays: the letters of all of them, and where each begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


class Texts:
    """Texts one after the other in UTF-8; text i is `letters[starts[i]:starts[i + 1]]`."""

    step = 64  # texts between two marks

    def __init__(self, starts: NDArray[np.unsignedinteger], letters: NDArray[np.uint8]) -> None:
        self.starts = starts
        self.letters = letters

    def __len__(self) -> int:
        return len(self.starts) - 1

    def text(self, number: int) -> str:
        return self.encoded(number).decode()

    def encoded(self, number: int) -> bytes:
        starts, letters = self._views
        return letters[starts[number] : starts[number + 1]].tobytes()

    def find(self, text: bytes) -> int:
        """The number of a text, -1 without it, when all are in the order of their bytes. O(log n)."""
        number = self._place(text)
        return number if number < len(self) and self.encoded(number) == text else -1

    def range(self, prefix: bytes) -> tuple[int, int]:
        """The numbers, half open, of the texts that begin so, when all are in the order of their bytes. O(log n)."""
        return self._place(prefix), self._place(prefix + b"\xff")  # no letter begins with this byte

    def from_to(self, first: bytes, last: bytes) -> tuple[int, int]:
        """The numbers, half open, of the texts from one to another, which is among them. O(log n)."""
        return self._place(first), self._place(last + b"\0")

    def starting_with(self, prefix: bytes) -> list[bytes]:
        """The texts that begin so, when all are in the order of their bytes. O(log n + found)."""
        return self.between(*self.range(prefix))

    def between(self, low: int, high: int) -> list[bytes]:
        """Neighbouring texts, of the numbers `low` to `high`, half open."""
        places = self.starts[low : high + 1].tolist()
        letters = self.letters[places[0] : places[-1]].tobytes()
        return [letters[start - places[0] : stop - places[0]] for start, stop in pairwise(places)]

    def _place(self, text: bytes) -> int:
        """The number of the first text that does not stand before this one."""
        at = bisect_left(self._marks, text)
        low, high = max(0, (at - 1) * self.step), min(at * self.step, len(self))
        return bisect_left(range(len(self)), text, low, high, key=self.encoded)

    @cached_property
    def _marks(self) -> list[bytes]:
        """Every so many texts, among which a search begins: most of its steps are then taken in C."""
        return [self.encoded(number) for number in range(0, len(self), self.step)]

    @cached_property
    def _views(self) -> tuple[memoryview, memoryview]:
        """What single texts are read from: a NumPy array takes several times as long to give one number."""
        return self.starts.data, self.letters.data

    @classmethod
    def of(cls, texts: Iterable[bytes]) -> Texts:
        held = list(texts)
        return cls(np.cumsum([0, *map(len, held)]).astype(np.uint32), np.frombuffer(b"".join(held), np.uint8))


def bag_of(word: str) -> np.uint64:
    """Which letters a word has, as `bags_and_lengths` gives it for many texts."""
    return np.uint64(sum({1 << ord(letter) % 64 for letter in word}))


def bags_and_lengths(texts: Texts) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Which letters each text has, as bits of one number, and how many, 255 for more; no text is empty.

    Two letters may share a bit: texts whose bits differ in n have at least n letters that the other lacks.
    """
    if not len(texts):
        return np.empty(0, np.uint64), np.empty(0, np.uint8)
    letters = np.frombuffer(texts.letters.tobytes().decode().encode("utf-32-le"), np.uint32)
    begins = (texts.letters & 0xC0) != 0x80
    places = np.concatenate((np.zeros(1, np.int64), np.cumsum(begins)))[texts.starts]
    bags = np.bitwise_or.reduceat(np.uint64(1) << (letters % 64).astype(np.uint64), places[:-1])
    return bags, np.minimum(places[1:] - places[:-1], 255).astype(np.uint8)

"""Near-identical texts: MinHash signatures of word trigrams, their bands, and how much two texts have in common.

A signature is kept in the database, so it must mean the same in every release: its permutations are made from fixed
numbers, its hashes are BLAKE2b. Pure: no Django.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

SIZE: Final = 128  # values of a signature: the estimate of a share of .5 is off by .044 (one standard error)
BAND: Final = 3  # values of a band: two texts that share .5 meet in one of the 42 bands in 996 of 1,000 cases
FEWEST: Final = 20  # trigrams; a shorter text says too little to be called a copy
_PRIME: Final = np.uint64(2**31 - 1)  # products of two smaller numbers fit 64 bits
Numbers = NDArray[np.uint64]


def signature(words: Sequence[str]) -> bytes:
    """The signature of a text by its folded words, 512 bytes; b"" for fewer than `FEWEST` different trigrams.

    Source: Broder 1997, On the resemblance and containment of documents.
    """
    trigrams = {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
    if len(trigrams) < FEWEST:
        return b""
    digests = b"".join([blake2b(trigram.encode(), digest_size=8).digest() for trigram in trigrams])
    hashes = np.frombuffer(digests, ">u8").astype(np.uint64) % _PRIME
    factors, terms = _permutations()
    lowest = ((hashes[:, None] * factors + terms) % _PRIME).min(axis=0)
    return bytes(lowest.astype("<u4").tobytes())


def bands(signed: bytes, values: int = BAND) -> list[int]:
    """The buckets of a signature, each of so many values, as signed 64-bit numbers; none for b""."""
    width = values * 4
    starts = range(0, SIZE // values * width if signed else 0, width)
    banded = (bytes([number]) + signed[start : start + width] for number, start in enumerate(starts))
    return [_hash(band, signed=True) for band in banded]


def share(one: bytes, other: bytes) -> float:
    """The estimated share of trigrams that two texts have in common, of all that either has: 0 to 1."""
    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))


def _hash(content: bytes, *, signed: bool) -> int:
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big", signed=signed)


@cache
def _permutations() -> tuple[Numbers, Numbers]:
    digits = hashlib.shake_256(b"diwan stories").digest(SIZE * 16)
    numbers = np.frombuffer(digits, "<u8") % (_PRIME - np.uint64(1)) + np.uint64(1)
    return numbers[:SIZE], numbers[SIZE:]

"""Sets of document numbers as whole numbers: bit n stands for document n."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def bits(numbers: Iterable[int]) -> int:
    """The set of these document numbers; O(highest number).

    >>> bin(bits([0, 3]))
    '0b1001'
    """
    held = bytearray()
    for number in numbers:
        byte = number >> 3
        if byte >= len(held):
            held.extend(bytes(byte + 1 - len(held)))
        held[byte] |= 1 << (number & 7)
    return int.from_bytes(held, "little")


def members(held: int) -> Iterator[int]:
    """The document numbers of a set in rising order.

    >>> list(members(0b1001))
    [0, 3]
    """
    for byte, value in enumerate(held.to_bytes((held.bit_length() + 7) // 8, "little")):
        while value:
            low = value & -value
            yield (byte << 3) + low.bit_length() - 1
            value ^= low

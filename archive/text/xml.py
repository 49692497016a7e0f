"""What XML can hold."""

from __future__ import annotations

import re

# What XML 1.0 cannot hold: C0 controls but tab and line ends, lone surrogates, the two noncharacters.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without the characters that XML cannot hold.

    >>> legal("قطر\\x0b")
    'قطر'
    """
    return ILLEGAL.sub("", text)

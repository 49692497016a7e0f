"""Names the analyzer that built an index: its version and the bytes of its data."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Final

from search.analysis.resources import DATA

ANALYZER_VERSION: Final = "5"
"""To be raised with every change that gives a text other tokens."""


@cache
def fingerprint() -> str:
    """Give the version and a digest over all data files; an index built under another must not be searched."""
    digest = hashlib.sha256(ANALYZER_VERSION.encode())
    for path in sorted(DATA.iterdir()):
        if path.suffix in (".tsv", ".txt"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{ANALYZER_VERSION}-{digest.hexdigest()}"

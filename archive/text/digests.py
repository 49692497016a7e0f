"""Digests as readers see them: cut to the digits by which a capture is known."""

from __future__ import annotations

import re
from typing import Final

_DIGEST: Final = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{20,}")


def short_digests(source: str) -> str:
    """Digests in a source cut to the twelve digits that name a capture; the page keeps the whole one in a title.

    >>> short_digests("capture sha256:26b14ba7e75e08d06ce303406ec44937b4b3909727f6c27b7bdcb631b71c272a")
    'capture sha256:26b14ba7e75e…'
    """
    return _DIGEST.sub(r"\1…", source)

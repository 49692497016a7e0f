"""Shaped and reordered text for places where nothing else shapes text: terminals, later PDF and pictures.

The only importer of arabic_reshaper and bidi. What comes from here is for the eye alone: it holds presentation forms
in visual order, cannot be turned back, and never enters storage, the index, HTML or feeds.
"""

from __future__ import annotations

import functools

from arabic_reshaper import ArabicReshaper
from bidi import get_display


@functools.cache
def _reshaper() -> ArabicReshaper:
    # Ligatures that terminals' fonts lack stay apart; lam-alef is obligatory in the script.
    return ArabicReshaper(configuration={"delete_harakat": False, "support_ligatures": True})


def for_terminal(text: str) -> str:
    """Give one line of text in visual order with joined letters, for a terminal without bidi support.

    >>> for_terminal("Baku")
    'Baku'
    >>> for_terminal("سلام")
    'ﻡﻼﺳ'
    """
    return str(get_display(_reshaper().reshape(text)))

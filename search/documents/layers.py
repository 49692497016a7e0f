"""The layers in which the words of a text are indexed, and the terms that a token has in each.

`norm` holds folded words, `stem` their stems, `loose` their loose stems, `names` how a word sounds as a name. A text
is a row of positions; terms of one word, and of words that are one together, stand at the same position.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from search.analysis import Token, token_keys

LAYERS: Final = ("norm", "stem", "loose", "names")
# Before a joined term, at the further positions of its span, in `names`: `می کند کار` has `>ميكند` at its second
# position, so that a phrase in which it is one word finds the next one behind it.
CONTINUED: Final = ">"


def layer_terms(token: Token, layer: str, text: str) -> Iterable[str]:
    """The terms of a token in one layer, at its first position.

    `text` is what the token was cut from: whether a Latin word may be a name depends on its capital.
    """
    if layer == "stem":
        return token.stems or (token.norm,)
    if layer == "names":
        return sorted(token_keys(token, text))
    if layer == "loose":
        return (token.loose,) if token.loose else ()
    return (token.norm, *token.parts) if token.parts else (token.norm,)

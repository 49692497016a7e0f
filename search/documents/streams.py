"""The analysed streams of a text: what an engine needs to know of its words, and no engine to analyse them.

A stream is engine-neutral text: positions are separated by spaces, terms stacked at one position by `|`, as in
`عقدت|عقد الجوله|جول`. Whoosh and OpenSearch split it with two lines of configuration and no language analyzer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from search.analysis import Token, token_keys

LAYERS: Final = ("norm", "stem", "loose", "names")
STACK: Final = "|"
CONTINUED: Final = ">"  # before a joined term, at the further positions of its span


def streams(name: str, tokens: Sequence[Token], text: str) -> dict[str, str]:
    """The streams of one text by the fields that hold them: `title_norm`, `title_stem`, ….

    `tokens` are those of `text`; positions without a term in a layer hold an empty stack.
    """
    return {
        f"{name}_{layer}": " ".join(STACK.join(held) or STACK for held in stacked_terms(tokens, layer, text))
        for layer in LAYERS
    }


def stacked_terms(tokens: Iterable[Token], layer: str, text: str) -> list[list[str]]:
    """The terms of one layer, position by position; terms of a joined span stand at its first position.

    Where a span goes on, `names` says so (`می کند کار` has `>ميكند` at its second position): a phrase in which it is
    one word finds the next one behind it. `text` is what the tokens were cut from: whether a Latin word may be a name
    depends on its capital.
    """
    rows: list[list[str]] = []
    for token in tokens:
        position, span = token.position, token.span
        while len(rows) < position + span:
            rows.append([])
        held = rows[position]
        for term in layer_terms(token, layer, text):
            if term not in held:
                held.append(term)
        if span > 1 and layer == "names":
            going_on = CONTINUED + token.norm
            for further in rows[position + 1 : position + span]:
                if going_on not in further:
                    further.append(going_on)
    return rows


def layer_terms(token: Token, layer: str, text: str) -> Iterable[str]:
    """The terms of a token in one layer, at its first position; `text` is what it was cut from."""
    if layer == "stem":
        return token.stems or (token.norm,)
    if layer == "names":
        return sorted(token_keys(token, text))
    if layer == "loose":
        return (token.loose,) if token.loose else ()
    return (token.norm, *token.parts) if token.parts else (token.norm,)

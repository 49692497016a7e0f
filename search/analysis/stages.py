"""What becomes of one word on its way into the index, stage by stage, to be shown to a person."""

from __future__ import annotations

from typing import NamedTuple

from .analyzer import analyze
from .name_terms import is_name_like
from .names import name_keys
from .normalizer import clean
from .places import place_ids
from .token import Token


class Stage(NamedTuple):
    """One stage: `name` is an identifier to be translated, `values` what the word is after it."""

    name: str
    values: tuple[str, ...]


def stages(text: str) -> tuple[Stage, ...]:
    """Give the stages of a word, or of words that are written as one; stages that give nothing are left out.

    `written`, `clean` (marks and invisible signs gone), `norm` (folded and joined), `parts`, `stems_ar`, `stems_fa`,
    `loose_ar`, `loose_fa`, `keys` (of names), `places`.

    >>> [stage.values for stage in stages("لِلوزير") if stage.name in ("clean", "stems_ar")]
    [('للوزير',), ('وزير',)]
    """
    arabic, persian = _whole(text, "ar"), _whole(text, "fa")
    if arabic is None or persian is None:
        return ()
    is_name = arabic.kind == "latin" or is_name_like(arabic.norm)
    found = (
        Stage("written", (text[arabic.start : arabic.end],)),
        Stage("clean", (clean(text[arabic.start : arabic.end]),)),
        Stage("norm", (arabic.norm,)),
        Stage("parts", arabic.parts),
        Stage("stems_ar", arabic.stems),
        Stage("stems_fa", persian.stems),
        Stage("loose_ar", (arabic.loose,) if arabic.loose else ()),
        Stage("loose_fa", (persian.loose,) if persian.loose else ()),
        Stage("keys", tuple(sorted(name_keys(text))) if is_name else ()),
        Stage("places", place_ids((arabic.norm,))),
    )
    return tuple(stage for stage in found if stage.values)


def _whole(text: str, lang: str) -> Token | None:
    """Give the token that covers most of the text from its first word on."""
    return max(
        (token for token in analyze(text, lang) if token.position == 0), key=lambda token: token.span, default=None
    )

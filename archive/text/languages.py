"""The languages that the archive reads, and the direction in which any language is written. Pure."""

from __future__ import annotations

from typing import Final

READING_LANGUAGES: Final = ("ar", "fa")
# BCP 47 primary subtags of languages written in Arabic or Hebrew script in the press.
RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "arc", "azb", "ckb", "dv", "fa", "he", "ks", "prs", "ps", "sd", "ug", "ur", "yi"}
)


def reading_language(code: str | None) -> str | None:
    """Arabic or Persian as `ar` or `fa`; None for a language that no rule of the archive reads, as `und`."""
    return code if code in READING_LANGUAGES else None


def way_of(text: str, language: str | None) -> str:
    """The direction of some words of a language: what has none of its letters and digits runs from the left.

    >>> way_of("2 أغسطس", "ar"), way_of("2015-08-02 23:03", "ar"), way_of("۱۳۹۴/۰۵/۱۱ - ۲۳:۰۳", "fa")
    ('rtl', 'ltr', 'rtl')
    """
    return "ltr" if text.isascii() else direction(language)


def direction(language: str | None) -> str:
    """`rtl` or `ltr` for a BCP 47 code, `auto` where the language is not known.

    >>> direction("fa"), direction("az-Latn"), direction("und")
    ('rtl', 'ltr', 'auto')
    """
    primary, *subtags = (language or "und").lower().split("-")
    if primary == "und":
        return "auto"
    if subtags and subtags[0] in {"arab", "hebr"}:
        return "rtl"
    return "rtl" if primary in RIGHT_TO_LEFT and "latn" not in subtags else "ltr"

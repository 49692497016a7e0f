"""Digits as a language writes them. Pure."""

from __future__ import annotations

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def in_digits_of(language: str, text: str) -> str:
    """ASCII digits as ۰–۹ in Persian, unchanged in Arabic and English, whose press prints 0–9; other characters stay.

    >>> in_digits_of("fa", "1402"), in_digits_of("ar", "1402")
    ('۱۴۰۲', '1402')
    """
    return text.translate(_PERSIAN_DIGITS) if language == "fa" else text

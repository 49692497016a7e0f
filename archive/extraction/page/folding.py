"""A small fold for recognising fixed phrases; what is stored is never folded."""

from __future__ import annotations

import re

_LETTERS = {
    "أإآٱ": "ا",  # ALEF with HAMZA ABOVE, HAMZA BELOW, MADDA; ALEF WASLA
    "یىې": "ي",  # FARSI YEH, ALEF MAKSURA, E
    "ک": "ك",  # KEHEH
    "ةۀەہ": "ه",  # TEH MARBUTA, HEH WITH YEH ABOVE, AE, HEH GOAL
    "۰٠": "0",
    "۱١": "1",
    "۲٢": "2",
    "۳٣": "3",
    "۴٤": "4",
    "۵٥": "5",
    "۶٦": "6",
    "۷٧": "7",
    "۸٨": "8",
    "۹٩": "9",
    "\u200c\u200d\u00a0\u2009\u202f\u3000\t": " ",  # ZWNJ, ZWJ and the blanks
    "：﹕": ":",
}
_TABLE = {ord(letter): folded for letters, folded in _LETTERS.items() for letter in letters}
_TABLE |= {ord("A") + index: chr(ord("a") + index) for index in range(26)}
_NO_LETTERS = re.compile(r"[\W_ـ]+")


def fold(text: str) -> str:
    """Return the text with one letter for each family of look-alikes, and the same length, so that offsets hold.

    >>> fold("کد خبر: ۶۲۰۹۲۴")
    'كد خبر: 620924'
    >>> fold("نظر شما")
    'نظر شما'
    """
    return text.translate(_TABLE)


def key(text: str) -> str:
    """Return the folded letters and digits alone: how headings and titles are compared.

    Blanks, ZWNJ, vowel marks, tatweel and punctuation do not count; "" for a line of ornaments.

    >>> key("پربیننده\\u200cها") == key("پربیننده ها:")
    True
    >>> key("* * *")
    ''
    """
    return _NO_LETTERS.sub("", fold(text))

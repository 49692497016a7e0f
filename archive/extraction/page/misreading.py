"""Text whose letters were misread before it was saved: «Ø§Ù„», «ÇáÓ», «ط§ظ„», "????". It cannot be read back whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from archive.extraction.page.languages import guess_language

_FEWEST = 20
"""Letters and signs below which nothing is said."""

_SHARE = 0.3
"""The share of damaged signs, or of words that no language writes so, from which a text counts as misread."""

_LEADS = ("طظ", "ШЩ", "шщ", "ÿŸ", "╪┘", "Ï┘", "ظع", "ØÙ", "عف", "ΨΩ")
"""UTF-8 opens every Arabic letter with one of two bytes: as windows-1256, 1251, Mac Roman, DOS and so on show them."""

_LEADS_SHARE = 0.2
_TEXT_OF_LANGUAGE = 300
"""Arabic letters among which some of the commonest words of a language must stand."""

_HIGH_LATIN = re.compile(
    "[\u00a1-\u00ff\u0152-\u0178\u0192\u02c6\u02dc\u2020\u2021\u2030\u2039\u203a\u20ac\u2122\u2550-\u256c]"
)
_FAIR = frozenset("«»·—–")
_ESCAPES = re.compile(r"(?:%D[89AB]%[0-9A-F]{2}|=D[89AB]=[0-9A-F]{2}|\\u06[0-9a-f]{2}|&#1[56]\d\d;)", re.IGNORECASE)
_LOST = re.compile(r"[?\ufffd]{2,}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_HUMP = re.compile(r"[^\W\d_]*?[à-öø-ÿα-ωа-я][À-ÖØ-ÞΑ-ΩА-Я]")
_HOLE = re.compile(r"(?<=[\u0621-\u06d3])\?(?=[\u0621-\u06d3])")
_MIXED = re.compile("[\u0621-\u06d3][A-Za-z\u00c0-\u00ff]|[A-Za-z\u00c0-\u00ff][\u0621-\u06d3]")


def is_misread(lines: Iterable[str]) -> bool:
    """Tell whether a good part of an article's letters is not what its author wrote.

    Latin text with many accented letters (French has 5 in 100, Azerbaijani 20) is far below the shares used.

    >>> is_misread(["ãÈÇÍËÇÊ Ýí ÊæäÓ Íæá ÊÈÇÏá ÇáÓÌäÇÁ"])
    True
    >>> is_misread(["Élysée : l'émissaire français reçu à Téhéran, après l'été"])
    False
    """
    text = "\n".join(lines)
    signs = Counter(text)
    for character in [one for one in signs if one.isspace() or one.isdecimal()]:
        del signs[character]
    total = sum(signs.values())
    if total < _FEWEST:
        return False
    damaged = max(
        sum(map(len, _LOST.findall(text))),
        sum(map(len, _ESCAPES.findall(text))),
        sum(count for sign, count in signs.items() if sign not in _FAIR and _HIGH_LATIN.match(sign)),
    )
    strewn = max(min(signs[pair[0]] + signs[pair[1]], 9 * signs[pair[0]]) for pair in _LEADS)
    words = _WORD.findall(text)
    humps = sum(1 for word in words if _HUMP.match(word))
    return (
        damaged > _SHARE * total
        or strewn > _LEADS_SHARE * total
        or (humps > 3 and humps > _SHARE * len(words))
        or 8 * len(_MIXED.findall(text)) > len(words) > 5
        or 20 * len(_HOLE.findall(text)) > len(words) > 5
        or _is_gibberish(text)
    )


def _is_gibberish(text: str) -> bool:
    """Tell Arabic letters without any of the small words and articles that Arabic and Persian text is full of."""
    counts = dict(guess_language(text).counts)
    return (
        counts["letters"] >= _TEXT_OF_LANGUAGE
        and 150 * max(counts["ar"], counts["fa"], counts["other"]) < counts["letters"]
    )

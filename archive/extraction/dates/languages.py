"""The language a text's dates are read in, when nobody says it."""

from __future__ import annotations

import re
from typing import Final

from archive.extraction.dates.letters import fold
from archive.extraction.dates.words import folded

_WORD: Final = re.compile(r"[^\W\d_]+")
_ARABIC: Final = folded("في من إلى عام سنة يوم هذا التي الذي أن قد بعد وقد كما خلال شهر")
_PERSIAN: Final = folded("است این که در به از با تا را سال روز ماه شد برای می تاریخ ساعت های")
_PERSIAN_LETTERS: Final = re.compile("[پچژگکی۴۵۶]")
_ARABIC_LETTERS: Final = re.compile("[ةىيكأإ٤٥٦]")
_PERSIAN_DIGITS: Final = re.compile("[۰-۹]")
# Languages whose writers use the month names of Arabic or Persian.
_SAME_NAMES: Final = {"ara": "ar", "arb": "ar", "fas": "fa", "per": "fa", "pes": "fa", "prs": "fa", "ps": "fa"}
_SAMPLE: Final = 2000


def language_of(text: str, lang: str | None) -> str | None:
    """Return ar or fa by function words, then letters, then digits; what the caller says comes first.

    Persian typed with Arabic yeh and kaf is still Persian: words weigh more than letters.
    """
    if lang:
        code = lang.lower().replace("_", "-").split("-")[0]
        return _SAME_NAMES.get(code, code)
    sample = text[:_SAMPLE]
    words = _WORD.findall(fold(sample).text)
    arabic = sum(word in _ARABIC or word.startswith("ال") for word in words)
    persian = sum(word in _PERSIAN for word in words)
    if arabic == persian:
        arabic = len(_ARABIC_LETTERS.findall(sample))
        persian = len(_PERSIAN_LETTERS.findall(sample)) + len(_PERSIAN_DIGITS.findall(sample))
    if arabic == persian:
        return None
    return "ar" if arabic > persian else "fa"

"""Folds the spellings of one word that readers of Arabic and Persian treat as the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from search.analysis.characters import FIRST_PRESENTATION_FORM, IGNORED, MARKS, NOT_SIGN, PRESENTATION_MARKS
from search.analysis.halfspace import drop_ezafe
from search.analysis.tokenizer import kind_of
from search.analysis.variants import rewrite_variants, rewrite_written

_PRESENTATION_MARKS: Final = re.compile(f"[{PRESENTATION_MARKS}]")
_DROPPED: Final = re.compile(f"[{MARKS}{IGNORED}{NOT_SIGN}]+")
_YEH_WITH_HAMZA: Final = re.compile("[\u06cc\u0649]\u0654")
_COMBINING: Final = re.compile("[\u0300-\u036f\u02b0-\u02ff]+")
_THOUSANDS: Final = re.compile(r"[,\u066c](?=\d{3}(?!\d))")

# The one sign that NFKC leaves whole: ARABIC LIGATURE BISMILLAH AR-RAHMAN AR-RAHEEM.
_BISMILLAH: Final = "\ufdfd"
_BISMILLAH_WORDS: Final = "بسم الله الرحمن الرحيم"

_LETTERS: Final[dict[str, str]] = {
    # ALEF with madda, hamza above, hamza below, wasla, wavy hamza above and below, high hamza
    "\u0627": "\u0622\u0623\u0625\u0671\u0672\u0673\u0675",
    # WAW of the neighbouring languages (ؤ itself waits for the variants)
    "\u0648": "\u0676\u0677\u06c4\u06c5\u06c6\u06c7\u06c8\u06c9\u06ca\u06cb\u06cf",
    # ALEF MAKSURA, FARSI YEH, yeh with tail, small v, dots, barree; Kashmiri and Farsi yeh with signs
    "\u064a": "\u0649\u06cc\u0678\u06cd\u06ce\u06d0\u06d1\u06d2\u06d3\u063d\u063e\u063f\u0620",
    # TEH MARBUTA, HEH WITH YEH ABOVE, heh goal and its forms, AE, heh doachashmee, inverted v
    "\u0647": "\u0629\u06c0\u06c1\u06c2\u06c3\u06d5\u06be\u06ff",
    # KEHEH, swash kaf, keheh with dots, NG, keheh with three dots above
    "\u0643": "\u06a9\u06aa\u063b\u063c\u06ad\u0763",
    "\u06af": "\u06ab",  # KAF WITH RING, the Pashto gaf
    "\u0641": "\u06a4\u06a5",  # VEH: فيينا and ڤيينا
    "\u0642": "\u06a8",  # QAF WITH THREE DOTS, the Tunisian g: ڨفصة
    "\u062a": "\u0679\u067c",
    "\u062f": "\u0688\u0689",
    "\u0631": "\u0691\u0693",
    "\u0646": "\u06ba\u06bc",
    "\u062d": "\u0685\u0681",
    "\u0634": "\u069a",
    "\u0698": "\u0696",
}
_FOLD: Final = str.maketrans({ord(source): target for target, all_ in _LETTERS.items() for source in all_})
_EGYPTIAN_HAMZA: Final = "\u0649\u0621"  # ALEF MAKSURA and HAMZA for yeh with hamza: شاطىء, شاطئ
_ARABIC_KEYS: Final = str.maketrans("یک", "يك")
_HAMZA_SEATS: Final = str.maketrans({"\u0626": "\u064a", "\u0624": "\u0648"})
_AZERBAIJANI: Final = str.maketrans({"İ": "i", "ı": "i", "ə": "e", "Ə": "e"})


def clean(word: str) -> str:
    """Compose a word (NFC, NFKC for presentation forms) and drop marks and ignorable characters; letters stay.

    `مُحَمَّد` → `محمد`, `ﺳﻼﻡ` → `سلام`, `الـ` → `ال`; `هيئة` does not change. What the stemmers see of the raw spelling.
    """
    word = drop_ezafe(word)
    if max(word, default="") >= FIRST_PRESENTATION_FORM:
        word = _PRESENTATION_MARKS.sub("", word).replace(_BISMILLAH, _BISMILLAH_WORDS)
        word = unicodedata.normalize("NFKC", word)
    else:
        word = unicodedata.normalize("NFC", word)
    if "\u0654" in word:
        word = _YEH_WITH_HAMZA.sub("\u0626", word)
    return _DROPPED.sub("", word).strip()


def fold_letters(word: str) -> str:
    """Fold the letters of a clean word of Arabic script to one alphabet, listed variants included.

    `أذربيجان` → `اذربيجان`, `کابل` → `كابل`, `شئون` and `شؤون` → `شوون`; `پاکستان` keeps its پ.
    Source: Lucene ArabicNormalizer and PersianNormalizer, ICU folding. Differs: ٱ ؤ ئ ۀ ە ڤ folded, ء پ چ ژ گ kept.
    """
    word = rewrite_written(word.replace(_EGYPTIAN_HAMZA, "\u0626").translate(_ARABIC_KEYS))
    return rewrite_variants(word.translate(_FOLD)).translate(_HAMZA_SEATS)


def fold_latin(word: str) -> str:
    """Fold a word of Latin, Cyrillic or Greek script: case, accents and the Azerbaijani ə ı İ.

    `Xələfov` → `xelefov`, `Türkiye` → `turkiye`; `Baku` → `baku`.
    """
    word = _DROPPED.sub("", word.translate(_AZERBAIJANI))
    for _ in range(3):  # casefolding may uncover a sign that decomposes, and the other way round
        folded = _COMBINING.sub("", unicodedata.normalize("NFKD", word.casefold())).casefold()
        if folded == word:
            break
        word = folded
    return word


def fold_number(word: str) -> str:
    """Write a number in ASCII digits without thousands separators: `۳٬۵۰۰` → `3500`, `٢٫٥` → `2.5`; `17.5` stays."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in word)
    return _THOUSANDS.sub("", digits).replace("\u066b", ".").replace(",", ".").replace("\u066c", ".")


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Fold one word to the form under which it is indexed; "" for "". Never raises, folding twice changes nothing.

    Any text in logical order; a sign that stands for several words gives them with a space between (`﷽`).

    >>> fold("مُحَمَّد"), fold("می‌کند"), fold("Xələfov"), fold("٢٠١٩"), fold("سلام")
    ('محمد', 'ميكند', 'xelefov', '2019', 'سلام')
    """
    kind = kind_of(word)
    if kind == "number":
        return fold_number(word)
    if kind == "latin":
        return fold_latin(word)
    return fold_letters(clean(word))

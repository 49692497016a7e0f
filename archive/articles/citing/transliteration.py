"""Names in Latin letters, for identifiers: ALA-LC signs for the letters that are written, and no vowel that is not.

Arabic and Persian leave short vowels out; what the press writes cannot be romanized in full without reading it. So each
letter gets its sign, long vowels and the vowels of endings and little words that admit one reading are written, and
nothing else is supplied: «وزير الخارجية» is `wzīr al-khārjīyah`. A vocalized word is romanized with its vowels.

Source: ALA-LC romanization tables, Arabic (2012) and Persian (2012). Differs: no short vowels are supplied; و and ی are
consonants at the beginning of a word and beside a vowel, elsewhere long vowels, the more frequent reading; so «الجولة»
is `al-jūlah`, for al-jawlah.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SHARED: Final = {
    "ب": "b", "پ": "p", "ت": "t", "ج": "j", "چ": "ch", "ح": "ḥ", "خ": "kh", "د": "d", "ر": "r", "ز": "z", "ژ": "zh",
    "س": "s", "ش": "sh", "ص": "ṣ", "ط": "ṭ", "ظ": "ẓ", "ع": "ʻ", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ک": "k",
    "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ڤ": "v", "ڭ": "g", "ھ": "h", "ہ": "h",
    "ء": "ʼ", "ئ": "ʼ", "ؤ": "ʼ", "أ": "a", "إ": "i", "آ": "ā", "ٱ": "a", "ٰ": "ā", "ۀ": "ah-ʼi", "ة": "ah", "ى": "á",
    "َ": "a", "ُ": "u", "ِ": "i", "ً": "an", "ٌ": "un", "ٍ": "in", "ْ": "",
}  # fmt: skip
_LETTERS: Final = {
    "ar": {**_SHARED, "ث": "th", "ذ": "dh", "ض": "ḍ"},
    "fa": {**_SHARED, "ث": "s̱", "ذ": "ẕ", "ض": "z̤"},
}
# Little words with one reading.
_WORDS: Final = {
    "ar": {"في": "fī", "من": "min", "مع": "maʻa", "على": "ʻalá", "إلى": "ilá", "الى": "ilá", "عن": "ʻan", "و": "wa",
           "الله": "Allāh", "بين": "bayna", "بعد": "baʻda", "قبل": "qabla", "أو": "aw", "هذا": "hādhā",
           "هذه": "hādhihi", "ذلك": "dhālika", "لا": "lā", "ما": "mā"},
    "fa": {"در": "dar", "به": "bih", "از": "az", "با": "bā", "که": "kih", "و": "va", "را": "rā", "بر": "bar",
           "تا": "tā", "برای": "barāy-i", "این": "īn", "آن": "ān", "است": "ast", "شد": "shud", "کرد": "kard",
           "یک": "yak", "الله": "Allāh"},
}  # fmt: skip
_MARKS: Final = "؟?،,؛;٪%٫.٬,"
_PUNCTUATION: Final = {
    **{_MARKS[n]: _MARKS[n + 1] for n in range(0, len(_MARKS), 2)},
    **{chr(base + n): str(n) for base in (0x0660, 0x06F0) for n in range(10)},
    "«": "“",
    "»": "”",
    "ـ": "",
}
_WORD: Final = re.compile("[\u0621-\u065f\u0670-\u06d3\u06d5\u200c]+")
_VOWELS: Final = frozenset("اآأإىةَُِ")
_SHADDA: Final = "ّ"
_DOUBLED: Final = re.compile("([\u064b-\u0650])(\u0651)")  # NFC puts the vowel first; the doubled letter needs it last


def transliterate(text: str, language: str) -> str:
    """Arabic (`ar`) or Persian (`fa`) text in Latin letters; any other language by the Arabic table. Never raises.

    NFC in logical order to NFC. Latin letters and digits stay; Arabic digits and punctuation become European.

    >>> transliterate("دیدار وزیر خارجه با Khalafov", "fa")
    'dīdār vzīr khārjah bā Khalafov'
    >>> transliterate("أذربيجان: وزير الخارجية", "ar")
    'adhrbījān: wzīr al-khārjīyah'
    """
    known = language if language in _LETTERS else "ar"
    written = _WORD.sub(lambda word: _word(word[0], known), text)
    return unicodedata.normalize("NFC", "".join(_PUNCTUATION.get(sign, sign) for sign in written))


def is_written_in_arabic(text: str) -> bool:
    """Whether a text has a letter of the Arabic script, so that there is something to transliterate."""
    return bool(_WORD.search(text))


def _word(word: str, language: str) -> str:
    """One word; the parts that ZWNJ sets apart are joined by hyphens, as «می‌شود» is mī-shvd."""
    parts = [part for part in word.split("\u200c") if part]
    return "-".join(_part(part, language) for part in parts)


def _part(word: str, language: str) -> str:
    if word in _WORDS[language]:
        return _WORDS[language][word]
    if word.startswith("ال") and len(word) > 4:
        return "al-" + _letters(word[2:], language)
    if language == "ar" and word.startswith("لل") and len(word) > 4:
        return "lil-" + _letters(word[2:], language)
    if language == "ar" and word[:3] in {"وال", "بال", "فال", "كال"} and len(word) > 5:
        return {"و": "wa-al-", "ب": "bi-al-", "ف": "fa-al-", "ك": "ka-al-"}[word[0]] + _letters(word[3:], language)
    return _letters(word, language)


def _letters(word: str, language: str) -> str:
    word = _DOUBLED.sub(r"\2\1", word)
    written: list[str] = []
    for place, letter in enumerate(word):
        if letter == _SHADDA:
            written.extend(written[-1:] if written and len(written[-1]) == 1 else [])
            continue
        written.append(_sign(word, place, letter, language))
    return "".join(written)


def _sign(word: str, place: int, letter: str, language: str) -> str:
    before, after = word[place - 1 : place], word[place + 1 : place + 2]
    if letter == "ا":
        # A long ā; at the beginning the seat of a vowel, and nothing beside the ending -an.
        if "ً" in (before, after):
            return ""
        if place:
            return "ā"
        return "" if after in {"و", "ي", "ی", "َ", "ُ", "ِ"} else "a"
    if letter == "و":
        return "ū" if _opens(word, place) else _glide(before, after, "v" if language == "fa" else "w", "ū")
    if letter in "يی":
        if after == "ة":
            return "īy"
        return "ī" if _opens(word, place) else _glide(before, after, "y", "ī")
    if letter == "ه" and language == "fa" and not after and before and before not in "اویآ":
        return "ah"
    if letter in "أإ" and place:
        return "ʼ"
    return _LETTERS[language].get(letter, letter)


def _opens(word: str, place: int) -> bool:
    """Whether a word begins with ای or او: one long vowel."""
    return place == 1 and word[0] == "ا"


def _glide(before: str, after: str, consonant: str, vowel: str) -> str:
    """و and ی: a consonant at the beginning and beside a vowel, else a long vowel."""
    beside = (after and (after in _VOWELS or after == _SHADDA)) or (before and before in "اآوىيی")
    begins = not before
    return consonant if begins or beside else vowel

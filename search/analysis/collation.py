"""The alphabet as readers of Arabic, Persian and English know it: a key by which names are put in order.

The order of letters follows CLDR (https://cldr.unicode.org, `common/collation`): the root order and the tailoring `fa`;
for Arabic the foldings of the tailorings `search` and `compat`. Differences: Arabic names are filed without their
article, as the United Nations and libraries list countries (الأردن among the names in أ); Persian and Urdu forms
of a letter stand with its Arabic form. Letters of other alphabets follow by code point, without their marks.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

# One word for each place of the alphabet; its letters differ only where the rest of two names is the same. The forms
# with hamza and madda stand with their bearer in Arabic: آ أ إ with ALEF, ؤ with WAW, ئ with YEH; ة with TEH, ى and
# FARSI YEH with YEH, KEHEH with KAF, CHEH and PEH behind JEEM and BEH as everywhere.
_ARABIC: Final = "ء اٱأإآ ب پ تة ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ڤ ق كک گ ل م ن هھەہۀۃ وؤۆۇ يیىئےېێ"
# CLDR `fa`: ALEF WITH MADDA is the first letter, hamza and its bearers follow ALEF, WAW comes before HEH.
_PERSIAN: Final = "آ اٱ ءأإؤئ ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ڤ ق کكڪڭ گ ل م ن وۆۇ هەہةۃۀھ یىيےېێ"
# ASCII, and the letters of Azerbaijani and Turkish that no mark makes from it; root order.
_LATIN: Final = "a b c d eə f g h iı j k l m n o p q r s t u v w x y z"

_ARTICLE: Final = "ال"
_IGNORED: Final = frozenset("\u200c\u200d\u200e\u200f\u0640'’ʻʼ`\u2018")  # joiners, directions, TATWEEL, apostrophes
_SIGN, _DIGIT, _FIRST_SCRIPT, _SECOND_SCRIPT, _OTHER = range(5)

Weight = tuple[int, int]
Key = tuple[tuple[Weight, ...], tuple[int, ...], str]


@lru_cache(10_000)
def collation_key(text: str, language: str) -> Key:
    """A key that sorts names for a reader of `ar`, `fa` or `en`; equal only for equal texts.

    Any Unicode text. Names of the reader's own script come first; a space comes before every letter, so that
    خلف خلفوف stands before خلفوف; vowel marks, case and half-spaces decide only between names that are otherwise
    the same.

    >>> sorted(["گرجستان", "لتونی", "کویت", "قطر"], key=lambda name: collation_key(name, "fa"))
    ['قطر', 'کویت', 'گرجستان', 'لتونی']
    """
    letters = unicodedata.normalize("NFC", text).casefold()
    weights = [_weight(letter, language) for letter in _filed(letters, language)]
    known = [weight for weight in weights if weight is not None]
    return tuple(weight[:2] for weight in known), tuple(weight[2] for weight in known), text


def _filed(letters: str, language: str) -> str:
    """Without the article of an Arabic name of at least three letters behind it: الأردن → أردن, but آل ثاني stays."""
    is_article = language == "ar" and letters.startswith(_ARTICLE) and len(letters.split()[0]) > len(_ARTICLE) + 2
    return letters[len(_ARTICLE) :] if is_article else letters


def _weight(letter: str, language: str) -> tuple[int, int, int] | None:
    """Script, place in its alphabet, and which form of the letter it is; None for what is passed over."""
    known = _alphabet(language).get(letter)
    if known is not None:
        return known
    if letter in _IGNORED or unicodedata.combining(letter):
        return None
    if (digit := unicodedata.digit(letter, None)) is not None:
        return (_DIGIT, digit, ord(letter))
    bare = unicodedata.normalize("NFD", letter)[0]
    if bare != letter:
        place = _weight(bare, language)
        return (*place[:2], ord(letter)) if place else None
    return (_OTHER if letter.isalpha() else _SIGN, ord(letter), 0)


@cache
def _alphabet(language: str) -> dict[str, tuple[int, int, int]]:
    arabic = _PERSIAN if language == "fa" else _ARABIC
    scripts = (_LATIN, arabic) if language == "en" else (arabic, _LATIN)
    return {
        letter: (_FIRST_SCRIPT + number, 2 * place + (letter == "ə" or letter == "ı"), form)
        for number, script in enumerate(scripts)
        for place, letters in enumerate(script.split())
        for form, letter in enumerate(letters)
    }


def initial(text: str, language: str) -> str:
    """The letter under which a name is filed: the first one that counts, in its plain form; "#" for no letter.

    >>> initial("الإمارات", "ar"), initial("كانادا", "fa"), initial("Émile", "en")
    ('ا', 'ک', 'E')
    """
    for letter in _filed(unicodedata.normalize("NFC", text).casefold(), language):
        weight = _weight(letter, language)
        if weight is not None:
            return _plain(language).get(weight[:2], letter.upper()) if letter.isalpha() else "#"
    return "#"


@cache
def _plain(language: str) -> dict[Weight, str]:
    """By place the first form of its letter: ا for ٱأإآ in Arabic, ک for ك in Persian."""
    forms: dict[Weight, str] = {}
    for letter, (script, place, _form) in _alphabet(language).items():
        forms.setdefault((script, place), letter.upper())
    return forms

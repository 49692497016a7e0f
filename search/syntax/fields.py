"""The fields a query can ask, by their English, Arabic and Persian names."""

from __future__ import annotations

import unicodedata

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "عنوان", "العنوان", "تیتر"),
    "country": ("country", "بلد", "البلد", "دولة", "الدولة", "کشور"),
    "official": ("official", "person", "مسؤول", "المسؤول", "مسئول", "المسئول", "مقام"),
    "body": ("body", "organisation", "organization", "هيئة", "الهيئة", "منظمة", "المنظمة", "سازمان", "نهاد"),
    "date": ("date", "تاريخ", "التاريخ"),
    "source": ("source", "مصدر", "المصدر", "منبع"),
    "lang": ("lang", "language", "لغة", "اللغة", "زبان"),
}
"""Each field and the names readers may use for it; spellings are folded, so each spelling is written once."""

# Its own small table and not the analyzer's: a change of analyzer must not change what a saved query means.
_LETTERS = str.maketrans(
    {
        "أ": "ا",  # ALEF WITH HAMZA ABOVE
        "إ": "ا",  # ALEF WITH HAMZA BELOW
        "آ": "ا",  # ALEF WITH MADDA ABOVE
        "ٱ": "ا",  # ALEF WASLA
        "ؤ": "و",  # WAW WITH HAMZA ABOVE
        "ئ": "ي",  # YEH WITH HAMZA ABOVE
        "ى": "ي",  # ALEF MAKSURA
        "ی": "ي",  # FARSI YEH
        "ک": "ك",  # KEHEH
        "ة": "ه",  # TEH MARBUTA
        "ۀ": "ه",  # HEH WITH YEH ABOVE
        "ە": "ه",  # AE
        "ہ": "ه",  # HEH GOAL
        "ـ": "",  # TATWEEL
    }
)


def fold_name(name: str) -> str:
    """A field's name without the differences of keyboards: any string in, never raises.

    >>> fold_name("هیئة") == fold_name("هيئه")
    True
    >>> fold_name("TITLE")
    'title'
    """
    composed = unicodedata.normalize("NFKC", name)
    visible = (letter for letter in composed if unicodedata.category(letter) not in ("Mn", "Cf"))
    return "".join(visible).translate(_LETTERS).casefold()


_FIELD_OF = {fold_name(name): field for field, names in FIELD_NAMES.items() for name in names}


def field_named(name: str) -> str | None:
    """The field that readers call `name`, or None: «کشور» and «كشور» are `country`, «ناتو» is nothing."""
    return _FIELD_OF.get(fold_name(name))

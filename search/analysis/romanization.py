"""Consonant classes of Arabic, Latin and Cyrillic letters, so that one name has one skeleton in each script.

Classes are `A B T D J H X R Z S G F K L M N`; vowels fall away but at the beginning of a word (`A`). A letter that is
heard in several ways gives several skeletons: ج is `J` and the Egyptian `G`, و is a vowel or `F`.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Final

MOST_SKELETONS: Final = 16
MOST_VOWELED: Final = 128
_GAP: Final = re.compile("([aio])[aio]+")
_FIRST_GAP: Final = re.compile("^(A?)[aio]+")

_ARABIC: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys("بپ", ("B",)),
    **dict.fromkeys("تط", ("T",)),
    **dict.fromkeys("ثسصش", ("S",)),
    "ج": ("J", "G"),
    **dict.fromkeys("چژ", ("J",)),
    "خ": ("X",),
    **dict.fromkeys("غگق", ("G",)),
    "ك": ("K",),
    "د": ("D",),
    **dict.fromkeys("ذض", ("Z", "D")),
    **dict.fromkeys("زظ", ("Z",)),
    **dict.fromkeys("حه", ("H",)),
    "ر": ("R",),
    "ف": ("F",),
    "ل": ("L",),
    "م": ("M",),
    "ن": ("N",),
    "و": ("", "F"),
}
_ARABIC_VOWELS: Final = {"ا": ("a",), "ي": ("i",)}
_ARABIC_PAIRS: Final[dict[str, tuple[str, ...]]] = {"تش": ("J", "TS"), "دج": ("J",), "كس": ("KS", "X"), "لل": ("L",)}
_MUHAMMAD: Final = "محمد"
_LATIN_MUHAMMAD: Final = re.compile("^m[aeou]h+[ae]mm?[ae]d(?=.)")
_PROSTHETIC: Final = ("است", "اسپ", "اسب", "اسك", "اشت")  # of foreign names: استولتنبرگ
_VOWELS: Final = frozenset("aeiouy")
# What Arabic script may write for a Latin vowel, and for one at the end of a word.
_LATIN_VOWELS: Final = {
    "a": ("", "a"),
    "e": ("", "i"),
    "i": ("", "i", "a"),
    "y": ("", "i"),
    "o": ("", "o", "a"),
    "u": ("", "o", "a"),
}
_LAST_VOWELS: Final = {
    "a": ("a", "i"),
    "e": ("", "a", "i"),
    "i": ("i",),
    "y": ("i",),
    "o": ("o",),
    "u": ("o",),
}
_LATIN: Final[dict[str, tuple[str, ...]]] = {
    "tch": ("J",),
    "sch": ("S",),
    "dzh": ("J",),
    "kh": ("X",),
    "gh": ("G",),
    "sh": ("S",),
    "ch": ("J", "S", "K", "X"),
    "dj": ("J",),
    "zh": ("J",),
    "cz": ("J",),
    "ck": ("K",),
    "th": ("T", "S"),
    "ph": ("F",),
    "dh": ("Z", "D"),
    "ts": ("TS", "S"),
    "tz": ("TS", "S"),
    "x": ("X", "KS"),
    **dict.fromkeys("gq", ("G",)),
    "s": ("S",),
    "c": ("J", "K", "S"),
    "j": ("J",),
    "k": ("K",),
    **dict.fromkeys("bp", ("B",)),
    "t": ("T",),
    "d": ("D",),
    "z": ("Z",),
    **dict.fromkeys("fv", ("F",)),
    "w": ("F", ""),
    **dict.fromkeys("hlmnr", ()),
}
_LATIN.update({letter: (letter.upper(),) for letter in "hlmnr"})
_CYRILLIC: Final = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўғқңҳәөүһҝҹ",
        "a b v g d e zh z i y k l m n o p r s t u f x ts ch sh sh - i - e yu ya "
        "yo i yi ye g u g q n h e o u h g j".split(),
        strict=True,
    )
)


def romanize_cyrillic(word: str) -> str:
    """Write a folded Cyrillic word in Latin letters: `халафов` → `xalafov`; other words do not change."""
    return "".join(_CYRILLIC.get(letter, letter) for letter in word).replace("-", "")


def arabic_skeletons(word: str) -> tuple[str, ...]:
    """Give the consonant skeletons of a folded word of Arabic script: `خلف` → `XLF`, `عظيم` → `AZM`."""
    if word.startswith("ال") and len(word) > 4:
        return tuple(dict.fromkeys((*_arabic_skeletons(word[2:]), *_arabic_skeletons(word))))
    return _arabic_skeletons(word)


def _arabic_skeletons(word: str) -> tuple[str, ...]:
    return _spelled_out([slot for slot in _arabic_slots(word) if slot not in _ARABIC_VOWELS.values()])


def _arabic_slots(word: str) -> list[tuple[str, ...]]:
    """The readings of each letter of a word of Arabic script, vowels in small letters."""
    if word.startswith(_MUHAMMAD) and len(word) > len(_MUHAMMAD):
        word = "ممد" + word[len(_MUHAMMAD) :]
    slots: list[tuple[str, ...]] = []
    if word.startswith(_PROSTHETIC):
        slots.append(("A", ""))
    elif word[:1] in ("ا", "ع"):
        slots.append(("A",))
    elif word.startswith("و"):
        slots.append(("F",))
    at = 1 if slots else 0
    while at < len(word):
        pair = _ARABIC_PAIRS.get(word[at : at + 2])
        if pair:
            slots.append(pair)
        elif word[at] == "ه" and at == len(word) - 1:
            slots.append(("", "H"))
        elif word[at] in _ARABIC:
            slots.append(_ARABIC[word[at]])
        elif word[at] in _ARABIC_VOWELS:
            slots.append(_ARABIC_VOWELS[word[at]])
        at += 2 if pair else 1
    return slots


def latin_skeletons(word: str) -> tuple[str, ...]:
    """Give the skeletons of a folded Latin or Cyrillic word: `khalaf` and `xelef` → `XLF`, `azim` → `AZM`."""
    return _spelled_out([slot for slot in _latin_slots(word) if not slot[-1].islower()])


def _latin_slots(word: str) -> list[tuple[str, ...]]:
    """The readings of each letter of a Latin or Cyrillic word; of vowels (small) what Arabic script writes."""
    word = _LATIN_MUHAMMAD.sub("mammad", romanize_cyrillic(word))
    slots: list[tuple[str, ...]] = [("A",)] if word[:1] in _VOWELS - {"y"} else []
    at = 0
    while at < len(word):
        length = next((n for n in (3, 2, 1) if word[at : at + n] in _LATIN), 0)
        sounds = _LATIN.get(word[at : at + length], ())
        if word[at : at + 1] == "h" and at == len(word) - 1:
            sounds = ("", "H")
        if word[at] == "j" and at == 0:
            sounds = ("J", "")
        vowels = _LATIN_VOWELS.get(word[at], ()) if not length and at else ()
        if vowels and at == len(word) - 1:
            slots.append(_LAST_VOWELS[word[at]])
        elif (sounds or vowels) and not (at and length == 1 and word[at] == word[at - 1]):
            slots.append(sounds or vowels)
        at += max(1, length)
    return slots


def voweled(word: str, kind: str) -> frozenset[str]:
    """The skeletons with the vowels that Arabic script may write between consonants: `كيري` → `KiRi`, not `KaRi`.

    A Latin word gives all that it may be written with: `kerry` → `KRi`, `KiRi`. No vowel behind a first `A`.
    """
    if kind == "latin":
        spellings = _spelled_out(_latin_slots(word), MOST_VOWELED)
    else:
        forms = [word[2:], word] if word.startswith("ال") and len(word) > 4 else [word]
        slots = [[("o", "F") if slot == ("", "F") else slot for slot in _arabic_slots(form)] for form in forms]
        slots = [[("a", "H") if slot == ("", "H") else slot for slot in one] for one in slots]
        spellings = tuple(spelling for one in slots for spelling in _spelled_out(one, MOST_VOWELED))
    return frozenset(_FIRST_GAP.sub(r"\1", _GAP.sub(r"\1", spelling)) for spelling in spellings)


def _spelled_out(slots: list[tuple[str, ...]], most: int = MOST_SKELETONS) -> tuple[str, ...]:
    """Combine the readings of each letter; when there are too many, later letters keep their first reading."""
    count = 1
    kept: list[tuple[str, ...]] = []
    for sounds in slots:
        count *= len(sounds)
        kept.append(sounds if count <= most else sounds[:1])
        count = count if count <= most else count // len(sounds)
    return tuple(dict.fromkeys("".join(readings) for readings in product(*kept)))


# Letters that Arabic and Persian choose differently in one foreign name; all others stay as they are.
_SAME_IN_FOREIGN_NAMES: Final = str.maketrans("پچژگطء", "بججغتا")


def arabic_outline(word: str) -> str:
    """Give a word of Arabic script with the letters that the two languages choose differently in a name folded.

    `پوتین` and `بوتين` → `بوتين`, `گروسی` and `غروسي` → `غروسي`, `استولتنبرگ` → `ستولتنبرغ`; `سلام` does not change.
    """
    if word.startswith(_PROSTHETIC):
        word = word[1:]
    return word.translate(_SAME_IN_FOREIGN_NAMES)


_VOWEL_CLASSES: Final = str.maketrans("aeiouy", "AAIOOI")


def latin_outline(word: str) -> str:
    """Give the first skeleton of a Latin word with its vowels in three classes: `rouhani`, `ruhani` → `ROHANI`."""
    word = romanize_cyrillic(word)
    letters: list[str] = []
    at = 0
    while at < len(word):
        length = next((n for n in (3, 2, 1) if word[at : at + n] in _LATIN), 0)
        sound = _LATIN[word[at : at + length]][0] if length else word[at].translate(_VOWEL_CLASSES)
        if not letters or letters[-1] != sound:
            letters.append(sound)
        at += max(1, length)
    return "".join(letters)

"""Consonant classes of Arabic, Latin and Cyrillic letters, so that one name has one skeleton in each script.

Classes are `A B T D J H X R Z S G F K L M N`; vowels fall away but at the beginning of a word (`A`). A letter that is
heard in several ways gives several skeletons: ج is `J` and the Egyptian `G`, و is a vowel or `F`.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Final

MOST_SKELETONS: Final = 16

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
_ARABIC_PAIRS: Final[dict[str, tuple[str, ...]]] = {"تش": ("J", "TS"), "دج": ("J",), "كس": ("KS", "X"), "لل": ("L",)}
_MUHAMMAD: Final = "محمد"
_LATIN_MUHAMMAD: Final = re.compile("^m[aeou]h+[ae]mm?[ae]d(?=.)")
_PROSTHETIC: Final = ("است", "اسپ", "اسب", "اسك", "اشت")  # of foreign names: استولتنبرگ
_VOWELS: Final = frozenset("aeiouy")
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
        at += 2 if pair else 1
    return _spelled_out(slots)


def latin_skeletons(word: str) -> tuple[str, ...]:
    """Give the skeletons of a folded Latin or Cyrillic word: `khalaf` and `xelef` → `XLF`, `azim` → `AZM`."""
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
        if sounds and not (at and length == 1 and word[at] == word[at - 1]):
            slots.append(sounds)
        at += max(1, length)
    return _spelled_out(slots)


def _spelled_out(slots: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Combine the readings of each letter; when there are too many, later letters keep their first reading."""
    count = 1
    kept: list[tuple[str, ...]] = []
    for sounds in slots:
        count *= len(sounds)
        kept.append(sounds if count <= MOST_SKELETONS else sounds[:1])
        count = count if count <= MOST_SKELETONS else count // len(sounds)
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


def final_vowel(word: str) -> str:
    """Give the class of the vowel that a folded word ends in: `سيسي`, `sisi` → `I`; `kuleba` → `A`; else nothing."""
    return _FINAL_VOWELS.get(word[-1:], "")


_FINAL_VOWELS: Final = {
    **dict.fromkeys("يiy", "I"),
    **dict.fromkeys("اهءae", "A"),
    **dict.fromkeys("وou", "O"),
}


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

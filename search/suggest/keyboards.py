"""What was meant by letters typed while the keyboard was in the other script: `hg],pm` for الدوحة."""

from __future__ import annotations

from typing import Final

# The keys of a US keyboard, row by row, and what stands on them in Arabic (Windows "Arabic 101") and Persian (ISIRI
# 9147). A key that gives two letters (لا) has its own entry.
_KEYS: Final = "`qwertyuiop[]asdfghjkl;'zxcvnm,./"
_ARABIC: Final = "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ"
_PERSIAN: Final = "\u200dضصثقفغعهخحجچشسیبلاتنمکگظطزردپو./"
_ARABIC_SHIFTED: Final = {"H": "أ", "Y": "إ", "N": "آ", "G": "لأ", "T": "لإ", "B": "لآ"}
_PERSIAN_SHIFTED: Final = {"H": "آ", "C": "ژ", "B": "\u200c"}

LAYOUTS: Final[dict[str, dict[str, str]]] = {
    "ar": {**dict(zip(_KEYS, _ARABIC, strict=True)), "b": "لا", **_ARABIC_SHIFTED},
    "fa": {**dict(zip(_KEYS, _PERSIAN, strict=True)), "b": "ذ", **_PERSIAN_SHIFTED},
}
SHORTEST: Final = 3  # letters; fewer may be anything in either script


def retyped(text: str) -> tuple[str, ...]:
    """What the same keys give in the other script; nothing for text in both scripts, or with few letters.

    Latin text gives an Arabic and a Persian reading, text in Arabic letters the Latin one of each keyboard.

    >>> retyped("hg],pm")[0], retyped("لاشنع")[0], retyped("قطر qatar")
    ('الدوحة', 'baku', ())
    """
    latin = any("a" <= letter <= "z" for letter in text.lower())
    arabic = any("\u0620" <= letter <= "\u06d3" for letter in text)
    if latin == arabic or len(text.strip()) < SHORTEST:
        return ()
    read = _as_arabic if latin else _as_latin
    found = (read(text, layout) for layout in LAYOUTS.values())
    return tuple(dict.fromkeys(one for one in found if one and one != text))


def _as_arabic(text: str, layout: dict[str, str]) -> str:
    """The letters on these keys, "" where a key has none; a capital without a letter of its own counts as small."""
    letters = [key if key == " " else layout.get(key) or layout.get(key.lower(), "") for key in text]
    return "".join(letters) if all(letters) else ""


def _as_latin(text: str, layout: dict[str, str]) -> str:
    """The keys that give these letters; لا is one key. "" where a letter is on no key."""
    keys = {letters: key for key, letters in layout.items()}
    found: list[str] = []
    at = 0
    while at < len(text):
        size = next((size for size in (2, 1) if text[at : at + size] in keys), 0)
        if not size and text[at] != " ":
            return ""
        found.append(keys[text[at : at + size]] if size else " ")
        at += size or 1
    return "".join(found)

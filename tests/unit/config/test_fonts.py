"""The fonts that are sent: each file holds the letters of its ranges, and no letter is promised by two files."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FACE = re.compile(
    r'@font-face \{\s*font-family: "([^"]+)";\s*src: url\("\.\./fonts/([^"]+)"\);.*?unicode-range:([^;]+);', re.S
)


def faces() -> list[tuple[str, str, set[int]]]:
    told = (ROOT / "static" / "css" / "tokens.css").read_text("utf-8")
    return [(family, file, _letters(ranges)) for family, file, ranges in FACE.findall(told)]


def _letters(ranges: str) -> set[int]:
    found: set[int] = set()
    for one in ranges.replace("U+", "").split(","):
        first, _dash, last = one.strip().partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_every_font_is_asked_for_and_every_file_asked_for_is_there() -> None:
    held = {path.name for path in (ROOT / "static" / "fonts").glob("*.woff2")}
    assert {file for _family, file, _letters in faces()} == held


def test_a_letter_is_fetched_in_one_file_of_a_family() -> None:
    for family in {family for family, _file, _letters in faces()}:
        count = Counter(letter for own, _file, letters in faces() if own == family for letter in letters)
        assert [hex(letter) for letter, number in count.items() if number > 1] == []


def test_arabic_and_persian_take_one_file_of_a_family() -> None:
    every = set(map(ord, "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةىپچژگکیۀ،؛؟٠١٩۰۱۹ًٌٍَُِّْٰـ\u200c"))
    own = {file for _family, file, letters in faces() if letters & every}
    assert own == {"vazirmatn-arabic.woff2", "naskh-arabic.woff2"}

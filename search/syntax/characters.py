"""What each character typed into the search box can be: part of a word, a joint inside one, or an operator."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

OPERATORS = frozenset({"AND", "OR", "NOT"})
MINUSES = "-\N{MINUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
COLONS = ":\N{FULLWIDTH COLON}\N{SMALL COLON}"
COMMAS = ",;،؛"

# Not mirrored by the bidirectional algorithm, so both ways round are typed: each closes the other.
ORNATE_PARENTHESES = "\N{ORNATE LEFT PARENTHESIS}\N{ORNATE RIGHT PARENTHESIS}"
OPENING_PARENTHESES = "(\N{FULLWIDTH LEFT PARENTHESIS}"
CLOSING_PARENTHESES = ")\N{FULLWIDTH RIGHT PARENTHESIS}"
PARENTHESES = OPENING_PARENTHESES + CLOSING_PARENTHESES + ORNATE_PARENTHESES

# “a”, „a“, ”a” and "a" are all in use, so within this family any mark closes any other.
DOUBLE_QUOTES = (
    "\N{QUOTATION MARK}\N{FULLWIDTH QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{DOUBLE LOW-9 QUOTATION MARK}\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}"
)
_PAIRED_QUOTES = (("«", "»"), ("‹", "›"), ("《", "》"), ("「", "」"), ("『", "』"))
CLOSING_QUOTES: dict[str, str] = {
    **dict.fromkeys(DOUBLE_QUOTES, DOUBLE_QUOTES),
    **dict(_PAIRED_QUOTES),
    **{right: left for left, right in _PAIRED_QUOTES},
}
"""Each mark that opens a phrase, and the marks that may close it."""

# Typed by keyboards and pasted with text; they say how a line is laid out, never what is asked.
DIRECTION_MARKS = frozenset(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)))
# Inside a word they can stand for a half-space (ZWNJ, ZWSP, soft hyphen), so a word keeps them.
_HALF_SPACES = "\u200b\u200c\u200d\u00ad\u034f"
_NOT_SIGN = "\N{NOT SIGN}"
_RIYAL_AND_BASMALA = "\ufdfc\ufdfd"
_JOINTS = frozenset("-\u2010\u2011./'’‘`_@&+")
_DIGIT_JOINTS = frozenset(",\u066b\u066c:\u2013")
_ADDRESS_MARKS = frozenset("-._/:?#@!$&'+=%")


@lru_cache(maxsize=4096)
def starts_word(character: str) -> bool:
    """A letter or a number of any script."""
    return unicodedata.category(character)[0] in "LN" or character in _RIYAL_AND_BASMALA


@lru_cache(maxsize=4096)
def continues_word(character: str) -> bool:
    """What has a meaning only after a letter: vowel marks, ZWNJ and the other half-spaces."""
    return unicodedata.category(character)[0] == "M" or character in _HALF_SPACES


@lru_cache(maxsize=4096)
def is_arabic_letter(character: str) -> bool:
    """A letter of the Arabic script (U+06DD and the number signs are not letters)."""
    return unicodedata.bidirectional(character) == "AL"


def joins(before: str, joint: str, after: str) -> bool:
    """Whether `joint` holds two characters in one word: `X-12`, `azvision.az`, `23:23`, `1,234`, `Ma'mun`.

    Letters of the Arabic script are joined by nothing visible: «العسكرية-السياسية» and «أذربيجان/قطر» are two
    words each. U+00AC is the exception, an old way to write the half-space.
    """
    if not starts_word(after):
        return False
    if is_arabic_letter(before) and is_arabic_letter(after):
        return joint == _NOT_SIGN
    return joint in _JOINTS or (joint in _DIGIT_JOINTS and before.isdecimal() and after.isdecimal())


def end_of_word(text: str, at: int) -> int:
    """Where the word that starts at `at` ends; a mail or web address is one word."""
    last, located = text[at], False
    while at < len(text):
        here, after = text[at], text[at + 1 : at + 2] or " "
        if starts_word(here):
            last = here
        elif text.startswith("://", at) and text[at + 3 :] and starts_word(text[at + 3]):
            return _end_of_address(text, at + 3)
        elif not continues_word(here):
            if not (joins(last, here, after) or (here == ":" and located and starts_word(after))):
                break
            located = located or here in "./@"
        at += 1
    return at


def _end_of_address(text: str, at: int) -> int:
    """Where a web address ends, of which `at` is the first character after `://`: at its last letter or digit."""
    end = at
    while at < len(text):
        in_word = starts_word(text[at]) or continues_word(text[at])
        if not in_word and text[at] not in _ADDRESS_MARKS:
            break
        at += 1
        end = at if in_word else end
    return end


def cleaned(text: str) -> tuple[str, list[int]]:
    """The text without direction marks and without marks that belong to no word, and where each character stood.

    Any string. The second list has the index in `text` of each character that is left.

    >>> cleaned("\\u200f-\\u200fقطر")
    ('-قطر', [1, 3, 4, 5])
    """
    kept: list[str] = []
    origins: list[int] = []
    in_word = False
    for index, character in enumerate(text):
        if character in DIRECTION_MARKS or (not in_word and continues_word(character)):
            continue
        in_word = continues_word(character) or starts_word(character)
        kept.append(character)
        origins.append(index)
    return "".join(kept), origins


def as_written(word: str) -> str:
    """The word as the tree keeps it: NFC, without half-spaces at its end."""
    return unicodedata.normalize("NFC", word.rstrip(_HALF_SPACES))


def as_plain(word: str) -> str:
    """The word in small letters if it would be read as an operator, so that it stays a word when written down."""
    return word.lower() if word in OPERATORS else word


def count_letters(word: str) -> int:
    """Letters and digits, without vowel marks, half-spaces and tatweel."""
    return sum(starts_word(character) and character != "\N{ARABIC TATWEEL}" for character in word)


def count_pieces(word: str) -> int:
    """How many tokens an analyzer may make of the word: `X-12` 2, `الـ30` 2, `کتاب‌ها` 1.

    The limit on terms counts these, so that one long address is not cheaper than the words in it.
    """
    pieces = 0
    last = ""
    for character in word:
        if continues_word(character):
            continue
        if not starts_word(character):
            kind = ""
        elif character.isdecimal():
            kind = "digit"
        else:
            kind = "arabic" if is_arabic_letter(character) else "letter"
        pieces += kind != "" and kind != last and (last, kind) != ("letter", "digit")
        last = kind
    return pieces

"""What lies ahead at a place of a typed query, where it is no plain word: words in brackets, dots, numbers.

`text` is cleaned of direction marks; indices into it, half open.
"""

from __future__ import annotations

from search.syntax import characters

_RANGE_WORDS = {"TO", "to", "تا", "إلى", "الى"}
_NO_BOUND = frozenset(characters.PARENTHESES) | set(characters.CLOSING_QUOTES)
_BEGINNINGS = {*characters.CLOSING_QUOTES, *characters.OPENING_PARENTHESES, *characters.ORNATE_PARENTHESES}
_WORDS_OF_A_DATE = 4


def starts_word(text: str, at: int) -> bool:
    return at < len(text) and characters.starts_word(text[at])


def is_space(text: str, at: int) -> bool:
    return not 0 <= at < len(text) or text[at].isspace()


def begins_value(text: str, at: int) -> bool:
    return characters.starts_word(text[at]) or text[at] in _BEGINNINGS


def words_between(text: str, at: int, stop: int) -> list[str]:
    """The words of a part of the text, as the tree keeps them; the last one is cut where the part ends."""
    words = []
    while at < stop:
        end = min(characters.end_of_word(text, at), stop) if starts_word(text, at) else at
        if end > at:
            words.append(characters.as_written(text[at:end]))
        at = max(end, at + 1)
    return words


def bounds(text: str, start: int, close: int) -> tuple[str | None, str | None] | None:
    """The ends of `[2019 TO 2023]` or «[مهر ۱۴۰۲ تا آبان ۱۴۰۲]», None if the brackets hold anything else."""
    words = words_between(text, start, close)
    middle = [index for index, word in enumerate(words) if word in _RANGE_WORDS]
    if len(middle) != 1 or any(character in _NO_BOUND for character in text[start:close]):
        return None
    low, high = (" ".join(side) for side in (words[: middle[0]], words[middle[0] + 1 :]))
    if max(middle[0], len(words) - middle[0] - 1) > _WORDS_OF_A_DATE:
        return None
    if not all(has_digit(bound) for bound in (low, high) if bound):
        return None
    return low or None, high or None


def after_dots(text: str, at: int) -> int:
    """After two or more full stops or an ellipsis at `at`; `at` itself when there are none."""
    if text[at : at + 1] == "…":
        return at + 1
    end = after_run(text, ".", at)
    return end if end - at > 1 else at


def after_run(text: str, character: str, at: int) -> int:
    while text[at : at + 1] == character:
        at += 1
    return at


def number_after(text: str, at: int, default: int) -> tuple[int, int]:
    end = at
    while text[end : end + 1].isdecimal():
        end += 1
    return (int(text[at:end]) if end > at else default), end


def has_digit(word: str) -> bool:
    """A decimal digit of any script somewhere in the word."""
    return any(character.isdecimal() for character in word)

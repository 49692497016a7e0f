"""What lies ahead at a place of a typed query: how far a word, an address, a number or a range reaches."""

from __future__ import annotations

from search.syntax import characters

_RANGE_WORDS = {"TO", "to", "تا", "إلى", "الى"}
_ADDRESS_MARKS = frozenset("-._/:?#@!$&'+=%")
_NO_BOUND = frozenset(characters.PARENTHESES) | set(characters.CLOSING_QUOTES)
_WORDS_OF_A_DATE = 4


class Lookahead:
    """Answers about `text`, cleaned of direction marks; indices into it, half open. Nothing here moves a cursor."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.missed: set[str] = set()

    def character(self, at: int) -> str:
        """The character at `at`, or a space past the end."""
        return self.text[at] if at < len(self.text) else " "

    def starts_word(self, at: int) -> bool:
        return at < len(self.text) and characters.starts_word(self.text[at])

    def is_space(self, at: int) -> bool:
        return not 0 <= at < len(self.text) or self.text[at].isspace()

    def begins_value(self, at: int) -> bool:
        character = self.text[at]
        return (
            characters.starts_word(character)
            or character in characters.CLOSING_QUOTES
            or character in characters.OPENING_PARENTHESES + characters.ORNATE_PARENTHESES
        )

    def end_of_word(self, at: int) -> int:
        """Where the word that starts at `at` ends; a mail or web address is one word."""
        text, last, located = self.text, self.character(at), False
        while at < len(text):
            here, after = text[at], self.character(at + 1)
            if characters.starts_word(here):
                last = here
            elif text.startswith("://", at) and self.starts_word(at + 3):
                return self.end_of_address(at + 3)
            elif not characters.continues_word(here):
                if not (characters.joins(last, here, after) or (here == ":" and located and self.starts_word(at + 1))):
                    break
                located = located or here in "./@"
            at += 1
        return at

    def end_of_address(self, at: int) -> int:
        """Where a web address ends, of which `at` is the first character after `://`: at its last letter or digit."""
        end = at
        while at < len(self.text):
            in_word = characters.starts_word(self.text[at]) or characters.continues_word(self.text[at])
            if not in_word and self.text[at] not in _ADDRESS_MARKS:
                break
            at += 1
            end = at if in_word else end
        return end

    def words_between(self, at: int, stop: int) -> list[tuple[int, int]]:
        words = []
        while at < stop:
            end = min(self.end_of_word(at), stop) if self.starts_word(at) else at
            if end > at:
                words.append((at, end))
            at = max(end, at + 1)
        return words

    def bounds(self, start: int, close: int) -> tuple[str | None, str | None] | None:
        """The ends of `[2019 TO 2023]` or «[مهر ۱۴۰۲ تا آبان ۱۴۰۲]», None if the brackets hold anything else."""
        words = [characters.as_written(self.text[i:j]) for i, j in self.words_between(start, close)]
        middle = [index for index, word in enumerate(words) if word in _RANGE_WORDS]
        if len(middle) != 1 or any(character in _NO_BOUND for character in self.text[start:close]):
            return None
        low, high = (" ".join(side) for side in (words[: middle[0]], words[middle[0] + 1 :]))
        if max(middle[0], len(words) - middle[0] - 1) > _WORDS_OF_A_DATE:
            return None
        if not all(has_digit(bound) for bound in (low, high) if bound):
            return None
        return low or None, high or None

    def after_dots(self, at: int) -> int:
        """After two or more full stops or an ellipsis at `at`; `at` itself when there are none."""
        if self.text[at : at + 1] == "…":
            return at + 1
        end = self.after_run(".", at)
        return end if end - at > 1 else at

    def after_run(self, character: str, at: int) -> int:
        while self.character(at) == character:
            at += 1
        return at

    def number_after(self, at: int, default: int) -> tuple[int, int]:
        end = at
        while self.character(end).isdecimal():
            end += 1
        return (int(self.text[at:end]) if end > at else default), end

    def find_any(self, wanted: str, at: int) -> int:
        """The next place of any of `wanted`, -1 for none; what was missed once is not looked for again."""
        if wanted in self.missed:
            return -1
        for index in range(at, len(self.text)):
            if self.text[index] in wanted:
                return index
        self.missed.add(wanted)
        return -1


def has_digit(word: str) -> bool:
    """A decimal digit of any script somewhere in the word."""
    return any(character.isdecimal() for character in word)

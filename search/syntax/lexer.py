"""From typed text to tokens: words, phrases, ranges, operators and parentheses, each with its place in the text.

One pass from left to right without going back, so time grows with the length of the text alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from search.syntax import characters, lookahead
from search.syntax.fields import field_named
from search.syntax.notices import Notice, notice
from search.syntax.tokens import QueryToken, TokenKind
from search.tree import Fuzzy, Leaf, Phrase, Prefix, Range, Word

MIN_LETTERS = 2
MAX_DISTANCE = 2
MAX_SLOP = 50

_RANGE_BEGINNINGS = "[.…"
_MINUS_FOLLOWS = characters.OPENING_PARENTHESES + characters.ORNATE_PARENTHESES + characters.COMMAS


def tokens_of(query: str) -> tuple[list[QueryToken], list[Notice]]:
    """The tokens of a query in the order typed, and what was changed on the way; never raises."""
    lexer = _Lexer(query)
    while lexer.at < len(lexer.text):
        if characters.starts_word(lexer.text[lexer.at]):
            lexer.word()
        elif not any(read() for read in (lexer.phrase, lexer.parenthesis, lexer.bracket, lexer.dots, lexer.minus)):
            lexer.separator()
    lexer.drop_loose_minus(len(lexer.text) + 1)
    return lexer.tokens, lexer.notices


class _Lexer:
    """`at` is an index into the cleaned text; tokens and notices speak of the typed one.

    `missed` are the closing marks that were looked for and are not found any more.
    """

    def __init__(self, query: str) -> None:
        self.query = query
        lead = len(query) - len(query.lstrip())
        self.text, places = characters.cleaned(query.strip())
        self.origins = [lead + place for place in places]
        self.at = 0
        self.tokens: list[QueryToken] = []
        self.notices: list[Notice] = []
        self.last_end = -1
        self.missed: set[str] = set()

    def word(self) -> None:
        """A word, with what the character behind it makes of it: a field, a range, a prefix, a fuzzy word."""
        start, end = self.at, characters.end_of_word(self.text, self.at)
        read = _BEHIND_WORD.get(self.text[end : end + 1])
        if read is not None and read(self, start, end):
            return
        word = characters.as_written(self.text[start:end])
        is_bound = (
            bool(self.tokens) and self.tokens[-1].kind in (TokenKind.MINUS, TokenKind.FIELD) and self.last_end == start
        )
        if word in characters.OPERATORS and not is_bound:
            self.add(TokenKind[word], start, end)
        else:
            self.add(TokenKind.TERM, start, end, Word(characters.as_plain(word) if is_bound else word))

    # What can stand at another place. Each method answers whether it read something.

    def phrase(self) -> bool:
        start = self.at
        closers = characters.CLOSING_QUOTES.get(self.text[start])
        if closers is None:
            return False
        close = self.find_any(closers, start + 1)
        if close < 0:
            self.notices.append(self.notice("unclosed-quote", start, start + 1))
            self.at = start + 1
            return True
        words = tuple(lookahead.words_between(self.text, start + 1, close))
        self.at, slop = close + 1, 0
        if self.text[self.at : self.at + 1] == "~":
            asked, self.at = lookahead.number_after(self.text, self.at + 1, default=0)
            slop = self.at_most(MAX_SLOP, asked, "proximity-too-far", start, self.at)
        if words:
            self.add(TokenKind.TERM, start, self.at, Phrase(words, slop if len(words) > 1 else 0))
        return True

    def parenthesis(self) -> bool:
        character = self.text[self.at]
        if character not in characters.PARENTHESES:
            return False
        kind = TokenKind.CLOSE if character in characters.CLOSING_PARENTHESES else TokenKind.OPEN
        return self.add(kind, self.at, self.at + 1)

    def bracket(self) -> bool:
        """`[2019 TO 2023]`; any other square bracket separates."""
        if self.text[self.at] != "[":
            return False
        close = self.find_any("[]", self.at + 1)
        is_closed = close > 0 and self.text[close] == "]"
        bounds = lookahead.bounds(self.text, self.at + 1, close) if is_closed else None
        return bounds is not None and self.add(TokenKind.TERM, self.at, close + 1, Range(*bounds))

    def dots(self) -> bool:
        """`..2023`, a range without a beginning."""
        if self.at and self.text[self.at - 1] == ".":
            return False
        start = lookahead.after_dots(self.text, self.at)
        if start == self.at or not lookahead.starts_word(self.text, start):
            return False
        end = characters.end_of_word(self.text, start)
        high = characters.as_written(self.text[start:end])
        return lookahead.has_digit(high) and self.add(TokenKind.TERM, self.at, end, Range(None, high))

    def minus(self) -> bool:
        """A minus right before a word, phrase, field or group and after nothing, a space, `(`, a comma or a field."""
        at = self.at
        if self.text[at] not in characters.MINUSES or at + 1 == len(self.text):
            return False
        before = self.text[at - 1] if at else " "
        after_field = bool(self.tokens) and self.tokens[-1].kind is TokenKind.FIELD and self.last_end == at
        if not (after_field or before.isspace() or before in _MINUS_FOLLOWS):
            return False
        if not (lookahead.begins_value(self.text, at + 1) or self.text[at + 1] in _RANGE_BEGINNINGS):
            return False
        return self.add(TokenKind.MINUS, at, at + 1)

    def separator(self) -> None:
        at = self.at
        self.at += 1
        if self.text[at] == "*":
            self.at = lookahead.after_run(self.text, "*", at)
            alone = lookahead.is_space(self.text, at - 1) and lookahead.is_space(self.text, self.at)
            if not alone:
                self.notices.append(self.notice("wildcard-misplaced", at, self.at))

    # What can follow a word.

    def field(self, start: int, end: int) -> bool:
        """`title:`; an unknown name right before a value is told, and stays a word."""
        name = field_named(self.text[start:end])
        if name is not None:
            return self.add(TokenKind.FIELD, start, end + 1, name=name)
        if end + 1 < len(self.text) and lookahead.begins_value(self.text, end + 1):
            self.notices.append(self.notice("unknown-field", start, end))
        return False

    def range_from(self, start: int, end: int) -> bool:
        """`2019..2023` and `2019..`; not the two dots of «2019..وقال»."""
        second = lookahead.after_dots(self.text, end)
        if second == end or not lookahead.has_digit(self.text[start:end]):
            return False
        low, high, stop = characters.as_written(self.text[start:end]), None, second
        if lookahead.starts_word(self.text, second):
            stop = characters.end_of_word(self.text, second)
            high = characters.as_written(self.text[second:stop])
            if not lookahead.has_digit(high):
                return False
        return self.add(TokenKind.TERM, start, stop, Range(low, high))

    def prefix(self, start: int, end: int) -> bool:
        """`text*`; not `te*xt`, where the star is left out."""
        stop = lookahead.after_run(self.text, "*", end)
        if lookahead.starts_word(self.text, stop):
            return False
        word = characters.as_written(self.text[start:end])
        enough = self.has_letters(word, "prefix-too-short", start, stop)
        return self.add(TokenKind.TERM, start, stop, Prefix(word) if enough else Word(word))

    def fuzzy(self, start: int, end: int) -> bool:
        """`text~` and `text~2`; `text~0` is the word itself."""
        asked, stop = lookahead.number_after(self.text, end + 1, default=1)
        distance = self.at_most(MAX_DISTANCE, asked, "fuzzy-too-far", start, stop)
        word = characters.as_written(self.text[start:end])
        enough = self.has_letters(word, "fuzzy-too-short", start, stop)
        return self.add(TokenKind.TERM, start, stop, Fuzzy(word, distance) if enough and distance else Word(word))

    def has_letters(self, word: str, code: str, start: int, end: int) -> bool:
        enough = characters.count_letters(word) >= MIN_LETTERS
        if not enough:
            self.notices.append(self.notice(code, start, end, limit=MIN_LETTERS))
        return enough

    def at_most(self, limit: int, asked: int, code: str, start: int, end: int) -> int:
        if asked > limit:
            self.notices.append(self.notice(code, start, end, limit=limit))
        return min(asked, limit)

    def find_any(self, wanted: str, at: int) -> int:
        """The next place of any of `wanted`, -1 for none; what was missed once is not looked for again."""
        found = (
            -1 if wanted in self.missed else next((n for n in range(at, len(self.text)) if self.text[n] in wanted), -1)
        )
        if found < 0:
            self.missed.add(wanted)
        return found

    # What was read.

    def add(self, kind: TokenKind, start: int, end: int, node: Leaf | Range | None = None, name: str = "") -> bool:
        self.drop_loose_minus(start)
        left, right = self.origins[start], self.origins[end - 1] + 1
        placed = replace(node, start=left, end=right) if node else None
        self.tokens.append(QueryToken(kind, left, right, self.text[start:end], placed, name))
        self.at = self.last_end = end
        return True

    def drop_loose_minus(self, start: int) -> None:
        """Take back a minus whose phrase turned out to be no phrase, so that it touches no token."""
        if self.tokens and self.tokens[-1].kind is TokenKind.MINUS and self.last_end != start:
            self.tokens.pop()

    def notice(self, code: str, start: int, end: int, **parameters: int) -> Notice:
        return notice(code, self.query, self.origins[start], self.origins[end - 1] + 1, **parameters)


_BEHIND_WORD: Final = {
    **dict.fromkeys(characters.COLONS, _Lexer.field),
    **dict.fromkeys(".…", _Lexer.range_from),
    "*": _Lexer.prefix,
    "~": _Lexer.fuzzy,
}

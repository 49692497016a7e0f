"""From typed text to tokens: words, phrases, ranges, operators and parentheses, each with its place in the text.

One pass from left to right without going back, so time grows with the length of the text alone.
"""

from __future__ import annotations

from dataclasses import replace

from search.syntax import characters
from search.syntax.fields import field_named
from search.syntax.lookahead import Lookahead, has_digit
from search.syntax.notices import Notice, notice
from search.syntax.tokens import Kind, Token
from search.tree import Fuzzy, Leaf, Phrase, Prefix, Range, Word

MIN_LETTERS = 2
MAX_DISTANCE = 2
MAX_SLOP = 50

_RANGE_BEGINNINGS = "[.…"
_MINUS_FOLLOWS = characters.OPENING_PARENTHESES + characters.ORNATE_PARENTHESES + characters.COMMAS


def tokens_of(query: str) -> tuple[list[Token], list[Notice]]:
    """The tokens of a query in the order typed, and what was changed on the way; never raises."""
    lexer = _Lexer(query)
    lexer.run()
    return lexer.tokens, lexer.notices


class _Lexer:
    """`at` is an index into the cleaned text; tokens and notices speak of the typed one."""

    def __init__(self, query: str) -> None:
        self.query = query
        lead = len(query) - len(query.lstrip())
        self.text, places = characters.cleaned(query.strip())
        self.origins = [lead + place for place in places]
        self.ahead = Lookahead(self.text)
        self.at = 0
        self.tokens: list[Token] = []
        self.notices: list[Notice] = []
        self.last_end = -1

    def run(self) -> None:
        while self.at < len(self.text):
            for read in (self.word, self.phrase, self.parenthesis, self.bracket, self.dots, self.minus):
                if read():
                    break
            else:
                self.separator()
        self.drop_loose_minus(len(self.text) + 1)

    # What can stand at a place. Each method answers whether it read something.

    def word(self) -> bool:
        if not self.ahead.starts_word(self.at):
            return False
        start, end = self.at, self.ahead.end_of_word(self.at)
        word = characters.as_written(self.text[start:end])
        (
            self.field(start, end)
            or self.range_from(start, end)
            or self.prefix(start, end)
            or self.fuzzy(start, end)
            or self.operator(start, end, word)
            or self.term(Word(word), start, end)
        )
        return True

    def phrase(self) -> bool:
        start = self.at
        closers = characters.CLOSING_QUOTES.get(self.text[start])
        if closers is None:
            return False
        close = self.ahead.find_any(closers, start + 1)
        if close < 0:
            self.notices.append(self.notice("unclosed-quote", start, start + 1))
            self.at = start + 1
            return True
        words = tuple(characters.as_written(self.text[i:j]) for i, j in self.ahead.words_between(start + 1, close))
        self.at = close + 1
        slop = self.slop(start)
        if words:
            self.term(Phrase(words, slop if len(words) > 1 else 0), start, self.at)
        return True

    def parenthesis(self) -> bool:
        character = self.text[self.at]
        if character not in characters.PARENTHESES:
            return False
        kind = Kind.CLOSE if character in characters.CLOSING_PARENTHESES else Kind.OPEN
        self.add(kind, self.at, self.at + 1)
        return True

    def bracket(self) -> bool:
        """`[2019 TO 2023]`; any other square bracket separates."""
        if self.text[self.at] != "[":
            return False
        close = self.ahead.find_any("[]", self.at + 1)
        bounds = self.ahead.bounds(self.at + 1, close) if close > 0 and self.text[close] == "]" else None
        if bounds is None:
            return False
        self.term(Range(*bounds), self.at, close + 1)
        return True

    def dots(self) -> bool:
        """`..2023`, a range without a beginning."""
        if self.at and self.text[self.at - 1] == ".":
            return False
        start = self.ahead.after_dots(self.at)
        if start == self.at or not self.ahead.starts_word(start):
            return False
        end = self.ahead.end_of_word(start)
        if not has_digit(self.text[start:end]):
            return False
        self.term(Range(None, characters.as_written(self.text[start:end])), self.at, end)
        return True

    def minus(self) -> bool:
        """A minus right before a word, phrase, field or group and after nothing, a space, `(`, a comma or a field."""
        at = self.at
        if self.text[at] not in characters.MINUSES or at + 1 == len(self.text):
            return False
        before = self.text[at - 1] if at else " "
        after_field = bool(self.tokens) and self.tokens[-1].kind is Kind.FIELD and self.last_end == at
        if not (after_field or before.isspace() or before in _MINUS_FOLLOWS):
            return False
        if not (self.ahead.begins_value(at + 1) or self.text[at + 1] in _RANGE_BEGINNINGS):
            return False
        self.add(Kind.MINUS, at, at + 1)
        return True

    def separator(self) -> None:
        at = self.at
        self.at += 1
        if self.text[at] == "*":
            self.at = self.ahead.after_run("*", at)
            alone = self.ahead.is_space(at - 1) and self.ahead.is_space(self.at)
            if not alone:
                self.notices.append(self.notice("wildcard-misplaced", at, self.at))

    # What can follow a word.

    def field(self, start: int, end: int) -> bool:
        """`title:`; an unknown name right before a value is told, and stays a word."""
        if end == len(self.text) or self.text[end] not in characters.COLONS:
            return False
        name = field_named(self.text[start:end])
        if name is not None:
            self.add(Kind.FIELD, start, end + 1, name=name)
            return True
        if end + 1 < len(self.text) and self.ahead.begins_value(end + 1):
            self.notices.append(self.notice("unknown-field", start, end))
        return False

    def range_from(self, start: int, end: int) -> bool:
        """`2019..2023` and `2019..`; not the two dots of «2019..وقال»."""
        second = self.ahead.after_dots(end)
        if second == end or not has_digit(self.text[start:end]):
            return False
        low, high, stop = characters.as_written(self.text[start:end]), None, second
        if self.ahead.starts_word(second):
            stop = self.ahead.end_of_word(second)
            high = characters.as_written(self.text[second:stop])
            if not has_digit(high):
                return False
        self.term(Range(low, high), start, stop)
        return True

    def prefix(self, start: int, end: int) -> bool:
        """`text*`; not `te*xt`, where the star is left out."""
        stop = self.ahead.after_run("*", end)
        if stop == end or self.ahead.starts_word(stop):
            return False
        word = characters.as_written(self.text[start:end])
        node = Prefix(word) if self.has_letters(word, "prefix-too-short", start, stop) else Word(word)
        return self.term(node, start, stop)

    def fuzzy(self, start: int, end: int) -> bool:
        """`text~` and `text~2`; `text~0` is the word itself."""
        if self.ahead.character(end) != "~":
            return False
        asked, stop = self.ahead.number_after(end + 1, default=1)
        distance = self.at_most(MAX_DISTANCE, asked, "fuzzy-too-far", start, stop)
        word = characters.as_written(self.text[start:end])
        enough = self.has_letters(word, "fuzzy-too-short", start, stop)
        return self.term(Fuzzy(word, distance) if enough and distance else Word(word), start, stop)

    def has_letters(self, word: str, code: str, start: int, end: int) -> bool:
        enough = characters.count_letters(word) >= MIN_LETTERS
        if not enough:
            self.notices.append(self.notice(code, start, end, limit=MIN_LETTERS))
        return enough

    def operator(self, start: int, end: int, word: str) -> bool:
        if word not in characters.OPERATORS:
            return False
        if self.tokens and self.tokens[-1].kind in (Kind.MINUS, Kind.FIELD) and self.last_end == start:
            return self.term(Word(characters.as_plain(word)), start, end)
        self.add(Kind[word], start, end)
        return True

    def slop(self, start: int) -> int:
        """The number in `"…"~3`, where the cursor stands after the closing mark."""
        if self.text[self.at : self.at + 1] != "~":
            return 0
        asked, self.at = self.ahead.number_after(self.at + 1, default=0)
        return self.at_most(MAX_SLOP, asked, "proximity-too-far", start, self.at)

    # What was read.

    def term(self, node: Leaf | Range, start: int, end: int) -> bool:
        self.add(Kind.TERM, start, end, node=node)
        return True

    def add(self, kind: Kind, start: int, end: int, node: Leaf | Range | None = None, name: str = "") -> None:
        self.drop_loose_minus(start)
        left, right = self.place(start, end)
        self.tokens.append(Token(kind, left, right, self.text[start:end], _placed(node, left, right), name))
        self.at = self.last_end = end

    def drop_loose_minus(self, start: int) -> None:
        """Take back a minus whose phrase turned out to be no phrase, so that it touches no token."""
        if self.tokens and self.tokens[-1].kind is Kind.MINUS and self.last_end != start:
            self.tokens.pop()

    def place(self, start: int, end: int) -> tuple[int, int]:
        return self.origins[start], self.origins[end - 1] + 1

    def notice(self, code: str, start: int, end: int, **parameters: int) -> Notice:
        return notice(code, self.query, *self.place(start, end), **parameters)

    def at_most(self, limit: int, asked: int, code: str, start: int, end: int) -> int:
        if asked > limit:
            self.notices.append(self.notice(code, start, end, limit=limit))
        return min(asked, limit)


def _placed(node: Leaf | Range | None, start: int, end: int) -> Leaf | Range | None:
    return None if node is None else replace(node, start=start, end=end)

"""Expressions of time: one date in one or more calendars, several days of one month, a range."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from archive.extraction.dates.grammar import read_date, skip_day_words
from archive.extraction.dates.parts import DateReading
from archive.extraction.dates.times import Clock, read_iso_time, read_time
from archive.extraction.dates.tokens import Tokens
from archive.extraction.dates.words import (
    ADJECTIVES,
    AND,
    COMMAS,
    EQUALS,
    FILLERS,
    WEEKDAYS,
    YEAR_PLURALS,
)

MOST_CALENDARS: Final = 3
BEFORE_TIME: Final = frozenset("-–|،,/•")
SEPARATORS: Final = frozenset("-–|،,/؛")


@dataclass(frozen=True, slots=True)
class Expression:
    """What the tokens ``first`` up to ``stop`` say.

    ``readings`` is one date, once for each calendar in which it is printed; ``until`` ends a range.
    """

    first: int
    stop: int
    readings: tuple[DateReading, ...]
    until: DateReading | None = None
    clock: Clock | None = None


Found = tuple[list[Expression], int]


def read_dated(tokens: Tokens, index: int) -> tuple[DateReading, int] | None:
    """Read a date with or without a weekday before it («السبت، الموافق 5 مارس») or in brackets after it."""
    weekday = WEEKDAYS.read(tokens, index, prefixes="وبل")
    start, opened = skip_fillers(tokens, weekday[1]) if weekday else (index, False)
    found = read_date(tokens, start)
    if found is None or (weekday and found[0].day is None):
        return None
    reading, stop = found
    if weekday:
        return replace(reading, weekday=weekday[0]), stop + (opened and tokens.word(stop) == ")")
    behind = WEEKDAYS.read(tokens, stop + 1) if reading.day is not None and tokens.word(stop) == "(" else None
    if behind and tokens.word(behind[1]) == ")":
        return replace(reading, weekday=behind[0]), behind[1] + 1
    return reading, stop


def skip_fillers(tokens: Tokens, index: int) -> tuple[int, bool]:
    opened = False
    adjective = ADJECTIVES.read(tokens, index)
    index = adjective[1] if adjective and adjective[0] in {"last", "next"} else index
    for _ in range(4):
        equals = EQUALS.read(tokens, index)
        if equals is None and tokens.word(index) not in FILLERS:
            break
        opened = opened or tokens.word(index) == "("
        index = equals[1] if equals else index + 1
    return index, opened


def read_one(tokens: Tokens, index: int) -> Found | None:
    found = read_dated(tokens, index) if tokens.word(index) not in YEAR_PLURALS else None
    if found is None:
        return None
    expression = add_tail(tokens, Expression(index, found[1], (found[0],)))
    following = read_following(tokens, expression)
    if following is None:
        return [expression], expression.stop
    earlier = inherit(found[0], following.readings[0])
    return [replace(expression, readings=(earlier,)), following], following.stop


def read_following(tokens: Tokens, expression: Expression) -> Expression | None:
    """Read the «و16 أغسطس 2020» that gives its year to the «12 يوليو» before it."""
    earlier = expression.readings[0]
    if len(expression.readings) > 1 or expression.clock or earlier.year or earlier.which or earlier.day is None:
        return None
    start = expression.stop + 1
    found = read_dated(tokens, start) if tokens.word(expression.stop) in AND else None
    if found is None or found[0].year is None or found[0].calendar != earlier.calendar or found[0].day is None:
        return None
    return add_tail(tokens, Expression(start, found[1], (found[0],)))


def inherit(earlier: DateReading, later: DateReading) -> DateReading:
    """Give the earlier date the month and year it leaves to the later one to say.

    «25 ديسمبر - 5 يناير 2021» begins in 2020.
    """
    month = earlier.month if earlier.month is not None else later.month
    year = earlier.year
    if year is None and later.year is not None:
        crosses = (month or 0, earlier.day or 0) > (later.month or 0, later.day or 0)
        year = later.year - (crosses and earlier.month is not None)
    which = earlier.which or (later.which if year is None else None)
    return replace(earlier, calendar=later.calendar, month=month, year=year, which=which, family=later.family)


def add_tail(tokens: Tokens, expression: Expression) -> Expression:
    """Add the time and the same day in other calendars that follow on the line."""
    for _ in range(MOST_CALENDARS + 1):
        longer = _add_time(tokens, expression) or _add_calendar(tokens, expression)
        if longer is None:
            return expression
        expression = longer
    return expression


def _add_time(tokens: Tokens, expression: Expression) -> Expression | None:
    if expression.clock or expression.readings[0].day is None:
        return None
    found = read_iso_time(tokens, expression.stop)
    if found is None:
        opened = tokens.word(expression.stop) == "("
        start = expression.stop + (opened or tokens.word(expression.stop) in BEFORE_TIME)
        found = read_time(tokens, start)
        if opened and found:
            found = (found[0], found[1] + 1) if tokens.word(found[1]) == ")" else None
    return replace(expression, clock=found[0], stop=found[1]) if found else None


def _add_calendar(tokens: Tokens, expression: Expression) -> Expression | None:
    start, joint = _read_joint(tokens, expression.stop)
    if not joint:
        return None
    found = read_dated(tokens, start)
    if found is None or not _is_same_day_elsewhere(expression.readings, found[0], joint):
        return None
    stop = found[1]
    if joint == "(":
        if tokens.word(stop) not in {")", "]"}:
            return None
        stop += 1
    return replace(expression, readings=(*expression.readings, found[0]), stop=stop)


def _read_joint(tokens: Tokens, index: int) -> tuple[int, str]:
    """Return where the other calendar would begin, and what joins it: equals, bracket or separator."""
    mark = tokens.word(index)
    inner = index + (mark in COMMAS or mark in {"(", "[", "-"})
    equals = EQUALS.read(tokens, inner)
    if equals:
        start = equals[1] + (tokens.word(equals[1]) in {"ل", "مع", "با", "في", ":"})
        return skip_day_words(tokens, start), "(" if mark in {"(", "["} else "equals"
    if mark in {"(", "["}:
        return index + 1, "("
    if mark in SEPARATORS:
        return index + 1, "separator"
    return (index + 1, "and") if mark in AND else (index, "")


def _is_same_day_elsewhere(readings: tuple[DateReading, ...], other: DateReading, joint: str) -> bool:
    if other.calendar in {reading.calendar for reading in readings}:
        return False
    first = readings[0]
    if (first.day is None) != (other.day is None) or (first.month is None) != (other.month is None):
        return False
    if joint == "and":
        return len(readings) > 1 and other.year is not None
    if joint == "separator":
        return bool(other.year and all(reading.year for reading in readings))
    return True

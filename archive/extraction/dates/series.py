"""Several days of one month, several years, ranges, a time before its date: and the reading of them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from archive.calendars.calendars import as_sighted, is_sighted_day
from archive.extraction.dates.expressions import (
    BEFORE_TIME,
    Expression,
    Found,
    add_tail,
    inherit,
    read_dated,
    read_following,
    read_one,
    skip_fillers,
)
from archive.extraction.dates.grammar import finish_date, read_date, skip_day_words
from archive.extraction.dates.months import Month
from archive.extraction.dates.parts import DateReading, read_alternate, read_day, read_era, read_month
from archive.extraction.dates.times import read_time
from archive.extraction.dates.tokens import Tokens
from archive.extraction.dates.words import (
    AND,
    BETWEEN,
    COMMAS,
    DASHES,
    RANGE_OPENERS,
    UNTIL,
    WEEKDAYS,
    YEAR_PLURALS,
)

MOST_DAYS: Final = 8


def read_expressions(tokens: Tokens, index: int) -> Found | None:
    """Read the expressions that begin at a token, or None; never looks more than a line ahead."""
    for reader in (_read_range, _read_time_first, _read_day_list, _read_year_list, read_one):
        found = reader(tokens, index)
        if found:
            return found
    return None


def _read_time_first(tokens: Tokens, index: int) -> Found | None:
    """Read «23:23 - ۱۲ مهر ۱۴۰۲», «ساعت ۱۰ صبح روز ۵ مهر ۱۴۰۲»."""
    time = read_time(tokens, index)
    if time is None:
        return None
    start = time[1]
    for _ in range(3):
        word = tokens.word(start)
        start += word in BEFORE_TIME or word in {"من", "مورخ", "في"}
        start = skip_day_words(tokens, start)
    found = read_dated(tokens, start)
    if found is None or found[0].day is None:
        return None
    expression = add_tail(tokens, Expression(index, found[1], (found[0],), clock=time[0]))
    return [expression], expression.stop


def _read_day_list(tokens: Tokens, index: int) -> Found | None:
    """Read «12 و16 يوليو»: several days, the month said once; each day is an expression."""
    days: list[tuple[int, int, int]] = []
    start = index
    while len(days) < MOST_DAYS:
        day = read_day(tokens, start)
        if day is None:
            return None
        days.append((day[0], start, day[1]))
        after = day[1] + (tokens.word(day[1]) in COMMAS)
        after += tokens.word(after) in AND
        joined = tokens.word(after).startswith("وال") and read_day(tokens, after) is not None
        if after == day[1] and not joined:
            break
        start = after
    return _distribute(tokens, days) if len(days) > 1 else None


def _distribute(tokens: Tokens, days: list[tuple[int, int, int]]) -> Found | None:
    """Give the month, and the year, that stand behind the last of some days to each of them."""
    finished = finish_date(tokens, days[-1][0], days[-1][2])
    if finished is None:
        return None
    reading, stop = finished
    dated = [(replace(reading, day=day), first, end) for day, first, end in days[:-1]]
    each = [Expression(first, end, (one,)) for one, first, end in dated if one.exists]
    last = Expression(days[-1][1], stop, (reading,))
    following = read_following(tokens, last)
    if following is None:
        return [*each, last], stop
    inherited = [replace(one, readings=(inherit(one.readings[0], following.readings[0]),)) for one in (*each, last)]
    return [*inherited, following], following.stop


def _read_year_list(tokens: Tokens, index: int) -> Found | None:
    """Read «عامي 2015 و2016», «سال‌های ۱۳۹۰ و ۱۳۹۱»: the word for years is said once."""
    found = read_date(tokens, index) if tokens.word(index) in YEAR_PLURALS else None
    if found is None:
        return None
    expressions = [Expression(index, found[1], (found[0],))]
    stop = found[1]
    while len(expressions) < MOST_DAYS:
        start = stop + (tokens.word(stop) in COMMAS)
        start += tokens.word(start) in AND
        later = _read_second_year(tokens, start, found[0]) if start > stop else None
        if later is None:
            break
        expressions.append(Expression(start, later[1], (later[0],)))
        stop = later[1]
    return (expressions, stop) if len(expressions) > 1 else None


def _read_range(tokens: Tokens, index: int) -> Found | None:
    """Read «من 3 إلى 5 مايو 2021», «بين 3 و5 مايو», «از ۱ تا ۵ دی», «3-5 مايو 2021»."""
    opener = tokens.word(index)
    opened = opener in RANGE_OPENERS or opener in BETWEEN
    start = skip_day_words(tokens, index + opened)
    for earlier, stop in _range_starts(tokens, start):
        joint = _read_joint(tokens, stop, opener, earlier)
        if joint is None:
            continue
        until = skip_day_words(tokens, joint)
        later = read_dated(tokens, until) or _read_second_year(tokens, until, earlier)
        if later and _is_range(earlier, later[0]):
            first = inherit(earlier, later[0])
            if _in_order(first, later[0]):
                return [Expression(index, later[1], (first,), until=later[0])], later[1]
    return None


def _range_starts(tokens: Tokens, index: int) -> Iterator[tuple[DateReading, int]]:
    dated = read_dated(tokens, index)
    if dated:
        yield dated
    weekday = WEEKDAYS.read(tokens, index)
    start = skip_fillers(tokens, weekday[1])[0] if weekday else index
    day = read_day(tokens, start)
    if day:
        yield DateReading("", day=day[0], weekday=weekday[0] if weekday else None), day[1]
    month = read_month(tokens, index)
    if month and month[0].needs == "day":
        agrees, stop = read_alternate(tokens, month[1], month[0])
        if agrees or _is_later_month(tokens, month[1], month[0]):
            yield DateReading(month[0].calendar, month=month[0].number), stop if agrees else month[1]


def _is_later_month(tokens: Tokens, index: int, earlier: Month) -> bool:
    """Tell whether «/ تموز» stands here after حزيران: two months of one naming; «/ يوليو» would be its wrong name."""
    later = read_month(tokens, index + 1) if tokens.word(index) == "/" else None
    return later is not None and later[0].family == earlier.family and later[0].number > earlier.number


def _read_joint(tokens: Tokens, index: int, opener: str, earlier: DateReading) -> int | None:
    """Return where the later date begins: after «إلى», «تا», a dash; after «و» or at «ومارس» for «بين».

    A slash joins the names of two months.
    """
    word = tokens.word(index)
    if word in UNTIL or (word == "/" and earlier.day is None is earlier.year and read_month(tokens, index + 1)):
        return index + 1 + (tokens.word(index + 1) in DASHES)
    if opener in BETWEEN and word[0] == "و":
        return index + (word in AND)
    return None


def _read_second_year(tokens: Tokens, index: int, earlier: DateReading) -> tuple[DateReading, int] | None:
    value = tokens.number(index)
    if value is None or earlier.year is None or earlier.month:
        return None
    if not earlier.year < value <= earlier.year + 200:
        return None
    era, stop = read_era(tokens, index + 1)
    known = era in {None, "hijri", earlier.calendar}
    return (DateReading(earlier.calendar, value), stop) if known else None


def _is_range(earlier: DateReading, later: DateReading) -> bool:
    """Tell whether two dates are the ends of a range: of one calendar, and said to the same precision."""
    if earlier.calendar and earlier.calendar != later.calendar:
        return False
    same_precision = (earlier.day is None, earlier.month is None) == (later.day is None, later.month is None)
    if not earlier.calendar:
        same_precision = later.day is not None
    return same_precision and (earlier.year is None or later.year is not None) and not later.flagged


def _in_order(earlier: DateReading, later: DateReading) -> bool:
    if not earlier.exists:
        return False
    if earlier.year is None or later.year is None:
        return True
    first = (earlier.calendar, earlier.year, earlier.month or 1, earlier.day or 1)
    last = (later.calendar, later.year, later.month or 1, later.day or 1)
    return is_sighted_day(*first) and is_sighted_day(*last) and as_sighted(*first) < as_sighted(*last)

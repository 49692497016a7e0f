"""The parts of a date, each read at a token: a day, a month name, a year with its era."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from archive.calendars.calendars import GREGORIAN, LUNAR_HIJRI, LUNAR_YEARS, SOLAR_HIJRI, is_sighted_day
from archive.extraction.dates.months import MONTHS, Month
from archive.extraction.dates.names import UNITS
from archive.extraction.dates.tokens import Tokens
from archive.extraction.dates.words import (
    ERAS,
    OF_WORDS,
    ORDINALS,
    WEEKDAYS,
    YEAR_WORDS,
    Which,
)

MARKS_IN_NUMBERS: Final = frozenset("./:,٫٬")
BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
# What may stand between two names of one month: «تموز - يوليو», «نيسان | أبريل», «آب أو أغسطس».
JOINTS: Final = frozenset("-–/\\|،,•·~=:؛;+") | {"او"}
_MOST_ALIASES: Final = 3


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as printed in one calendar; None for what is not printed.

    ``which`` is the adjective of a date without year (الماضي, امسال).
    ``flagged``: its two month names disagree. ``family``: whose month name it is.
    """

    calendar: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    which: Which | None = None
    weekday: int | None = None
    certainty: str = "high"
    flagged: bool = False
    family: str = ""

    @property
    def exists(self) -> bool:
        """Tell whether the calendar has such a date (30 Esfand only in leap years; 31 June never)."""
        if self.year is None:
            return self.day is None or self.month is None or self.day <= _longest(self.calendar, self.month)
        return is_sighted_day(self.calendar, self.year, self.month or 1, self.day or 1)


@dataclass(frozen=True, slots=True)
class Year:
    """A year with the calendar its era or its size tells."""

    value: int
    calendar: str
    has_era: bool
    has_word: bool
    certainty: str = "high"


def _longest(calendar: str, month: int) -> int:
    if calendar == GREGORIAN:
        return (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    if calendar == SOLAR_HIJRI:
        return 31 if month <= 6 else 30
    return 30


def read_day(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Read a day of the month: «15», «الـ15», «۱۲م», «الخامس عشر», «سی و یکم»."""
    number_at = index + 1 if tokens.word(index) == "ال" and tokens.number(index + 1) else index
    value = tokens.number(number_at)
    if value is None:
        for lang in ("ar", "fa") if tokens.lang is None else (tokens.lang,):
            table = ORDINALS.get(lang)
            found = table.read(tokens, index, prefixes="ول" if lang == "ar" else "و") if table else None
            if found and not _follows_feminine(tokens, index):
                return found
        return None
    if not 1 <= value <= 31 or len(tokens.word(number_at)) > 2 or in_larger_number(tokens, number_at):
        return None
    stop = number_at + 1
    if tokens.word(stop) in {"م", "ام", "امین", "st", "nd", "rd", "th"} and tokens.glued(stop):
        stop += 1
    return value, stop


def _follows_feminine(tokens: Tokens, index: int) -> bool:
    """Tell whether the word ends «الليلة الثانية والعشرون»: nights and years are counted, not days."""
    before = tokens.word(index - 1)
    return tokens.word(index).startswith("وال") and before.startswith("ال") and before.endswith("ه")


def in_larger_number(tokens: Tokens, index: int) -> bool:
    """Tell whether the number continues one before it, as the 5 of 2.5 or the 30 of 10:30."""
    mark = tokens.word(index - 1)
    if not tokens.glued(index) or not tokens.glued(index - 1) or not tokens.word(index - 2)[0].isdigit():
        return False
    return mark in MARKS_IN_NUMBERS or (mark == "-" and tokens.word(index - 3) in {"-", "/", "."})


def read_month(tokens: Tokens, index: int, *, prefixes: str = "") -> tuple[Month, int] | None:
    """Read a month name that writers of the text's language use, else one that a year must support."""
    found = MONTHS.read_all(tokens, index, prefixes=prefixes)
    if found is None:
        return None
    months, stop = found
    at_home = [month for month in months if tokens.lang in month.homes or "en" in month.homes]
    if at_home:
        return at_home[0], stop
    month = months[0]
    return (month if tokens.lang is None else replace(month, needs="both")), stop


def read_alternate(tokens: Tokens, index: int, month: Month) -> tuple[bool, int]:
    """Read the other names of a month: «(تشرين الأول)», «/ آب», «- يوليو», or the name alone; (agrees, next token).

    The joint says nothing where both names mean one month; another month behind a bracket or a slash disagrees, behind
    any other joint it is another date: «تموز - آب 2014».
    """
    for _ in range(_MOST_ALIASES):
        mark = tokens.word(index)
        start = index + (mark in JOINTS or mark in BRACKETS)
        start += start > index and tokens.word(start) in JOINTS
        found = read_month(tokens, start)
        if found is None or found[0].calendar != month.calendar:
            return True, index
        agrees, stop = found[0].number == month.number, found[1]
        if not agrees and not (mark in BRACKETS or mark == "/"):
            return True, index
        index = stop + (mark in BRACKETS and tokens.word(stop) == BRACKETS[mark])
        index += mark in JOINTS and tokens.word(stop) == mark and len(tokens.word(stop + 1)) == 4  # «-أبريل- 2011»
        if not agrees:
            return False, index
    return True, index


def read_year(tokens: Tokens, index: int, calendar: str | None = None) -> tuple[Year, int] | None:
    """Read a year of four digits, «من عام 2020م», «سال ۱۴۰۲ شمسی»; None for counts and impossible years.

    ``calendar`` is that of the month before it, if any.
    """
    start = index + (tokens.word(index) in OF_WORDS)
    named = tokens.word(start) in YEAR_WORDS
    start += named
    value = tokens.number(start)
    if value is None or (start != index and not named):
        return None
    if len(tokens.word(start)) != 4 or (calendar is None and in_larger_number(tokens, start)):
        return None
    era, stop = read_era(tokens, start + 1)
    if era == "before" or _counts(tokens, start, stop):
        return None
    known = calendar_of_year(value, era, tokens.lang, calendar)
    return (Year(value, known, era is not None, named), stop) if known else None


def read_era(tokens: Tokens, index: int) -> tuple[str | None, int]:
    opened = tokens.word(index) == "("
    found = ERAS.read(tokens, index + opened)
    if found is None:
        return None, index
    era, stop = found
    if opened:
        return (era, stop + 1) if tokens.word(stop) == ")" else (None, index)
    letter = len(tokens.word(index)) == 1 and stop == index + 1
    if letter and tokens.word(stop) == "." and tokens.glued(stop):
        stop += tokens.word(stop + 1) != "\n" and tokens.glued(stop + 1)
    return era, min(stop, len(tokens.words))


def _counts(tokens: Tokens, index: int, stop: int) -> bool:
    after = tokens.word(stop)
    if after in UNITS:
        return tokens.number(stop + 1) is None and WEEKDAYS.read(tokens, stop + 1) is None
    if after in {".", ",", ":", "/", "-"} and tokens.glued(stop) and tokens.glued(stop + 1):
        return tokens.word(stop + 1)[0].isdigit() and tokens.word(stop + 2) != ":" and after != "-"
    return False


def calendar_of_year(year: int, era: str | None, lang: str | None, calendar: str | None) -> str | None:
    """Return the calendar of a year, or None where year, era and month exclude each other."""
    if era == "hijri":
        era = calendar if calendar in {SOLAR_HIJRI, LUNAR_HIJRI} else (LUNAR_HIJRI if lang != "fa" else None)
        if era is None:
            return None
    known = era or calendar or _by_size(year, lang)
    if known is None or (calendar and known != calendar):
        return None
    years = {GREGORIAN: range(1000 if era else 1800, 2201), SOLAR_HIJRI: range(1200, 1500)}
    return known if year in years.get(known, LUNAR_YEARS) else None


def _by_size(year: int, lang: str | None) -> str | None:
    if 1800 <= year <= 2200:
        return GREGORIAN
    if lang == "fa" and 1200 <= year <= 1499:
        return SOLAR_HIJRI
    return LUNAR_HIJRI if lang == "ar" and 1300 <= year <= 1500 else None

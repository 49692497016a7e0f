"""One date in one calendar, read at a token: the parts put together and judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from archive.calendars.calendars import LUNAR_HIJRI, SOLAR_HIJRI
from archive.extraction.dates.months import Month
from archive.extraction.dates.names import AFTER_HOMOGRAPHS, AFTER_MAY, UNITS
from archive.extraction.dates.numeric import read_numeric
from archive.extraction.dates.parts import BRACKETS, DateReading, Year, read_alternate, read_day, read_month, read_year
from archive.extraction.dates.tokens import Tokens
from archive.extraction.dates.words import (
    ADJECTIVES,
    COMMAS,
    DASHES,
    DAY_WORDS,
    EPITHETS,
    ERAS,
    MONTH_WORDS,
    OF_WORDS,
    YEAR_PLURALS,
    YEAR_WORDS,
    Which,
)

SPANS: Final = DASHES | {"/"}
JOINED_PARTICLES: Final = "ولب"


def read_date(tokens: Tokens, index: int) -> tuple[DateReading, int] | None:
    """Read the longest date in one calendar that begins at a token; None when none does."""
    for reader in (read_numeric, _read_day_month, _read_month_day, _read_month_year, _read_bare_year):
        found = reader(tokens, index)
        if found and found[0].exists:
            return found
    return None


def past_no_day(tokens: Tokens, index: int) -> int | None:
    """Return where a date ends whose day does not exist, «31 شعبان 1445 هـ»: nothing in it is a date either."""
    found = read_numeric(tokens, index) or _read_day_month(tokens, index)
    return found[1] if found and not found[0].exists else None


def _read_day_month(tokens: Tokens, index: int) -> tuple[DateReading, int] | None:
    day = read_day(tokens, index)
    return finish_date(tokens, day[0], day[1]) if day else None


def finish_date(tokens: Tokens, day: int, index: int) -> tuple[DateReading, int] | None:
    """Read month and year after a day: «من شهر يونيو/حزيران عام 2022م», «مهر ماه سال جاری»."""
    start = _after_day(tokens, index)
    found = _read_bracketed_alias(tokens, start) or read_month(tokens, start)
    if found is None:
        return None
    month, stop = found
    finished = finish_month(tokens, month, stop, DateReading(month.calendar, day=day, month=month.number))
    return None if finished and _is_score(tokens, index, finished[0]) else finished


def _is_score(tokens: Tokens, index: int, reading: DateReading) -> bool:
    """Tell whether «2-صفر» stands here: Arabic صفر is also zero."""
    safar = (reading.calendar, reading.month) == (LUNAR_HIJRI, 2)
    return safar and reading.year is None and tokens.lang != "fa" and tokens.word(index) in SPANS


def _read_bracketed_alias(tokens: Tokens, index: int) -> tuple[Month, int] | None:
    """Read «(تشرين الأول) أكتوبر»: the second name first; or both names in the brackets."""
    closing = BRACKETS.get(tokens.word(index))
    alias = read_month(tokens, index + 1) if closing else None
    if alias is None:
        return None
    agrees, stop = read_alternate(tokens, alias[1], alias[0])
    if not agrees or tokens.word(stop) != closing:
        return None
    month = read_month(tokens, stop + 1)
    if month is None:
        return (alias[0], stop + 1) if stop > alias[1] else None
    return month if month[0].number == alias[0].number else None


def _after_day(tokens: Tokens, index: int) -> int:
    mark = tokens.word(index)
    if mark in {"/", "-", "."}:
        return index + 1 if mark != "-" or (tokens.glued(index) and tokens.glued(index + 1)) else index
    index += mark in OF_WORDS
    index += tokens.word(index) in MONTH_WORDS
    return index


def finish_month(tokens: Tokens, month: Month, index: int, reading: DateReading) -> tuple[DateReading, int] | None:
    """Read what follows a month name and judge whether the name is a month here."""
    agrees, stop = read_alternate(tokens, index + (tokens.word(index) == "ماه"), month)
    stop += tokens.word(stop) in EPITHETS
    year, which, stop = _read_year_or_adjective(tokens, stop, month)
    if not _is_believed(tokens, month, year, which, index, stop):
        return None
    doubtful = not agrees or (year is not None and year.certainty == "low")
    finished = replace(
        reading,
        year=year.value if year else None,
        which=which,
        certainty="low" if doubtful else "high",
        flagged=not agrees,
        family=month.family,
    )
    return finished, stop


def _read_year_or_adjective(tokens: Tokens, index: int, month: Month) -> tuple[Year | None, Which | None, int]:
    """Read «عام 2020», «الماضي», «المقبل 1436هـ» after a month; a printed year is worth more than an adjective."""
    year, stop = _read_year_after_month(tokens, index, month)
    which = ADJECTIVES.read(tokens, stop) if year is None else None
    if which is None:
        return year, None, stop
    year, stop = _read_year_after_month(tokens, which[1], month)
    return year, None if year else which[0], stop


def _is_believed(tokens: Tokens, month: Month, year: Year | None, which: Which | None, index: int, stop: int) -> bool:
    """Tell whether the name, which ends at ``index``, is a month: its year says so, or nothing speaks against it."""
    if year is not None:
        return month.family != "libya" or 1950 <= year.value <= 2020
    if month.needs != "day" or _is_ordinary_word(tokens, tokens.word(index - 1), stop):
        return False
    return which is not None or not _has_unread_year(tokens, stop, month)


def _has_unread_year(tokens: Tokens, index: int, month: Month) -> bool:
    """Tell whether a year stands here that cannot be read: «اول صفر سال ۶۱», «اول فروردین 85 به».

    To guess another year from the publication date would be wrong.
    """
    named = tokens.word(index) in YEAR_WORDS and tokens.word(index) not in {"in", "of"}
    value = tokens.number(index + named)
    if value is None:
        return False
    has_era = len(tokens.word(index)) == 3 and ERAS.read(tokens, index + 1) is not None
    return named or has_era or (month.calendar == SOLAR_HIJRI and 30 <= value <= 99)


def _is_ordinary_word(tokens: Tokens, name: str, index: int) -> bool:
    after = tokens.word(index)
    if name == "مي":
        return after not in AFTER_MAY
    return after in AFTER_HOMOGRAPHS.get(name, ())


def _read_year_after_month(tokens: Tokens, index: int, month: Month) -> tuple[Year | None, int]:
    start = index
    mark = tokens.word(index)
    evenly = tokens.glued(index) == tokens.glued(index + 1)
    if mark in COMMAS or mark in {".", "/"} or (mark == "-" and evenly):
        start += 1
    found = read_year(tokens, start, month.calendar)
    if found:
        return found
    short = _read_short_year(tokens, index, month)
    return short or (None, index)


def _read_short_year(tokens: Tokens, index: int, month: Month) -> tuple[Year, int] | None:
    """Read the 98 of «۱۲ مهر ۹۸.»: a Solar year of two digits, only where nothing is left to count."""
    value = tokens.number(index)
    if month.calendar != SOLAR_HIJRI or value is None or not 30 <= value <= 99:
        return None
    if tokens.word(index + 1) not in {".", "\n", "،", ")", "؛", "]", "»"} or tokens.glued(index):
        return None
    if tokens.glued(index + 2) and tokens.word(index + 2)[0].isdigit():
        return None
    return Year(1300 + value, SOLAR_HIJRI, False, False, "low"), index + 1


def _read_month_day(tokens: Tokens, index: int) -> tuple[DateReading, int] | None:
    """Read «أكتوبر 26, 2020», «October 26th»: month first, then day; only English does without the year."""
    found = read_month(tokens, index)
    if found is None:
        return None
    agrees, stop = read_alternate(tokens, found[1], found[0])
    after = stop + (tokens.word(stop) == "." and tokens.glued(stop))
    day = read_day(tokens, after)
    if day is None or tokens.number(after) is None or not agrees:
        return None
    month, stop = found[0], day[1]
    year = read_year(tokens, stop + (tokens.word(stop) in COMMAS), month.calendar)
    if year:
        return DateReading(month.calendar, year[0].value, month.number, day[0], family=month.family), year[1]
    if month.family != "english" or tokens.word(stop) in UNITS or len(tokens.word(index)) < 3:
        return None
    if tokens.word(index) in {"may", "march", "mar"}:
        return None
    return DateReading(month.calendar, None, month.number, day[0], family=month.family), stop


def _read_month_year(tokens: Tokens, index: int) -> tuple[DateReading, int] | None:
    """Read «أكتوبر 2023», «مهر ماه سال ۱۴۰۲»; without year only «شهر مايو الماضي», «تیر ماه»."""
    introduced = tokens.word(index) in MONTH_WORDS
    found = read_month(tokens, index + introduced, prefixes=JOINED_PARTICLES)
    if found is None or _follows_impossible_day(tokens, index):
        return None
    month, stop = found
    if month.needs == "both" and not introduced:
        return None
    named = introduced or tokens.word(stop) == "ماه" or tokens.word(stop - 1).endswith("ماه")
    finished = finish_month(tokens, month, stop, DateReading(month.calendar, month=month.number))
    if finished is None:
        return None
    reading = finished[0]
    if reading.year is None and reading.which is None and (not named or month.calendar == LUNAR_HIJRI):
        return None
    return finished


def _follows_impossible_day(tokens: Tokens, index: int) -> bool:
    """Tell whether a number that is no day of this month stands before it: «31 يونيو 2020» is no June."""
    index -= tokens.word(index - 1) in OF_WORDS
    return tokens.number(index - 1) is not None and len(tokens.word(index - 1)) <= 2


def _read_bare_year(tokens: Tokens, index: int) -> tuple[DateReading, int] | None:
    """Read «عام 2017», «سال ۱۳۹۸», «1437هـ»; a number alone is no year."""
    word = tokens.word(index)
    plural = word in YEAR_PLURALS
    if word in {"in", "of"}:
        return None
    found = read_year(tokens, index + plural)
    if found is None:
        return None
    year, stop = found
    if not year.has_word and tokens.word(index - 1) in SPANS and tokens.number(index - 2):
        return None
    by_era = year.has_era and year.calendar == LUNAR_HIJRI and tokens.lang != "fa"
    if not (plural or year.has_word or by_era):
        return None
    if year.calendar == LUNAR_HIJRI and not year.has_era and year.value > 1457:
        return None
    return DateReading(year.calendar, year.value), stop


def skip_day_words(tokens: Tokens, index: int) -> int:
    """Return the index after «يوم», «روز», «تاريخ»."""
    return index + (tokens.word(index) in DAY_WORDS)

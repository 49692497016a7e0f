"""Dates in numbers alone: 2019/04/09, ۱۴۰۱/۱/۱۵, 26.10.2020, 2023-10-04."""

from __future__ import annotations

from archive.calendars.calendars import GREGORIAN, SOLAR_HIJRI
from archive.extraction.dates.parts import DateReading, calendar_of_year, in_larger_number, read_era
from archive.extraction.dates.tokens import Tokens

SEPARATORS = frozenset("/-.")


def read_numeric(tokens: Tokens, index: int) -> tuple[DateReading, int] | None:
    """Read three numbers between two equal separators; the day first unless a year of four digits is."""
    mark = tokens.word(index + 1)
    if mark not in SEPARATORS or tokens.word(index + 3) != mark or not _stands_alone(tokens, index):
        return None
    words = (tokens.word(index), tokens.word(index + 2), tokens.word(index + 4))
    if any(len(word) > 4 or not word.isdigit() for word in words):
        return None
    era, stop = read_era(tokens, index + 5)
    reading = _order(words, mark, era, tokens.lang)
    return (reading, stop) if reading else None


def _stands_alone(tokens: Tokens, index: int) -> bool:
    if in_larger_number(tokens, index):
        return False
    stop = min(index + 5, len(tokens.words))
    gaps = [tokens.starts[k] - tokens.ends[k - 1] for k in range(index + 1, stop)]
    if any(gap > 1 for gap in gaps) or (tokens.word(index + 1) == "." and any(gaps)):
        return False
    after = tokens.word(index + 5)
    glued = tokens.glued(index + 5) and tokens.glued(index + 6)
    return not (after in SEPARATORS and glued and tokens.word(index + 6)[0].isdigit()) and after not in {
        "%",
        "٪",
    }


def _order(words: tuple[str, str, str], mark: str, era: str | None, lang: str | None) -> DateReading | None:
    first, middle, last = (int(word) for word in words)
    if len(words[0]) == 4 and max(len(words[1]), len(words[2])) <= 2:
        return _reading(first, middle, last, era, lang)
    if len(words[2]) == 4 and max(len(words[0]), len(words[1])) <= 2:
        if middle > 12 >= first:
            return _reading(last, first, middle, era, lang, certainty="low")
        return _reading(last, middle, first, era, lang)
    if lang == "fa" and max(map(len, words)) <= 2:
        # A Solar date with a year of two digits: ۹۸/۷/۱۲, ۱۲/۷/۹۸.
        if mark != "/" and any(len(word) != 2 for word in words):
            return None
        first, middle, last = (int(word) for word in words)
        for year, day, word in ((first, last, words[0]), (last, first, words[2])):
            if len(word) == 2 and (30 <= year <= 99 or year <= 10) and 1 <= middle <= 12 and 1 <= day <= 31:
                full = 1300 + year if year >= 30 else 1400 + year
                return DateReading(SOLAR_HIJRI, full, middle, day, certainty="high" if year >= 32 else "low")
        return None
    return None


def _reading(
    year: int, month: int, day: int, era: str | None, lang: str | None, certainty: str = "high"
) -> DateReading | None:
    calendar = calendar_of_year(year, era, lang, None)
    if calendar is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if calendar == GREGORIAN and not 1800 <= year <= 2200:
        return None
    return DateReading(calendar, year, month, day, certainty=certainty)

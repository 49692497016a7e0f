"""One date as readers type it: a year, a month or a day of any of three calendars, and how sure its reading is.

Words are read by the grammar that reads dates in articles. A date in numbers alone has no word that names its calendar;
there the size of its year decides, and the digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Final, Literal

from archive.calendars.calendars import (
    GREGORIAN,
    LUNAR_HIJRI,
    LUNAR_YEARS,
    SOLAR_HIJRI,
    from_gregorian,
    month_span,
    to_gregorian,
    year_span,
)
from archive.extraction.dates import find_dates
from archive.extraction.dates.tokens import fold

Doubt = Literal["", "calendar", "order"]

GREGORIAN_YEARS: Final = range(1700, 2201)
HIJRI_YEARS: Final = range(1200, LUNAR_YEARS.stop)
LAST_SOLAR: Final = 1420
"""A Hijri year in numbers alone up to this one is Solar, a later one lunar.

News from 2000 to 2041 are of 1378 to 1420 in the one calendar and of 1420 to 1464 in the other, so that for them the
size of the year tells the calendar.
"""

MOST_JOINTS: Final = 3

_NUMERIC: Final = re.compile(r"(\d{1,4})(?:([-/.])(\d{1,4}))?(?:\2(\d{1,4}))?", re.ASCII)
_ERAS: Final = {
    **dict.fromkeys(("م", "ميلادي", "ميلاديه", "ad", "ce"), GREGORIAN),
    **dict.fromkeys(("ق", "ه ق", "ه.ق", "ه.ق.", "قمري", "هجري قمري", "هجري", "هجريه", "ه", "ah"), LUNAR_HIJRI),
    **dict.fromkeys(("ش", "ه ش", "ه.ش", "ه.ش.", "شمسي", "خورشيدي", "هجري شمسي", "sh", "ap"), SOLAR_HIJRI),
}  # fmt: skip
_ERA: Final = re.compile(r"(.*\d)\s*([^\W\d][^\d]*)")
_ASIDE: Final = re.compile(r"(?:از|من|منذ|في|در|from|since|in|on|until|till|to|تا|حتى|حتي|إلى|الي)\s+", re.IGNORECASE)
_MARKS: Final = " \t\n\r«»\"'“”„‹›()[]،,؛;:"
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s+([^\d\s].*)")
_JOINTS: Final = re.compile(
    r"\s*\.\.+\s*|\s*…\s*|\s*[–—]\s*|\s+[-‐‑]\s+|(?<=\d{4})[-‐‑](?=\d{4})|\s+(?:تا|إلى|الى|إلي|الي|حتى|حتی|to|until|till|through|TO)\s+"
)
_PERSIAN, _ARABIC = re.compile("[۰-۹]"), re.compile("[٠-٩]")


@dataclass(frozen=True, slots=True)
class TypedDate:
    """The Gregorian days that a date as typed covers, the calendar it was read in, and its year there.

    `doubt` says what nothing typed decides: the `calendar` of ۱۴۴۵ or 1402, the `order` of day and month in 3/9/2021;
    `other` is the other reading.
    """

    typed: str
    first: date
    last: date
    calendar: str
    year: int
    doubt: Doubt = ""
    other: TypedDate | None = None


def read_date(typed: str, beside: TypedDate | None = None, *, later: bool = True) -> TypedDate | None:
    """The one date that is all of what was typed; None for anything else.

    `beside` is the other end of a range, which gives its year to a date without one: «۱۵ آبان» after «۱۲ مهر ۱۴۰۲».
    With `later` the date stands after it, «5 يناير» after «25 ديسمبر 2020» is in 2021; else before it.
    """
    text = unicodedata.normalize("NFC", typed).strip(_MARKS)
    text = _ASIDE.sub("", text, count=1) if _ASIDE.match(text) else text
    found = _numeric(typed, text) or _worded(typed, text) or _year_first(typed, text)
    return found or (_beside(typed, text, beside, later) if beside else None)


def read_two(typed: str) -> tuple[TypedDate, TypedDate] | None:
    """Two ends that the grammar reads in one breath: «من 3 إلى 5 مايو 2021», «از ۱۲ تا ۱۵ مهر ۱۴۰۲»."""
    text = unicodedata.normalize("NFC", typed).strip(_MARKS)
    for hit in find_dates(text):
        if hit.is_range and _is_all(text, hit.start, hit.end):
            return _made(typed, hit.first_day, hit.first_day, hit.calendar), _made(
                typed, hit.last_day, hit.last_day, hit.calendar
            )
    return None


def joints(typed: str) -> Iterator[tuple[str, str]]:
    """The ways to part a text at a word or a mark that may stand between the ends of a range, a few at most."""
    for joint in islice(_JOINTS.finditer(typed), MOST_JOINTS):
        yield typed[: joint.start()], typed[joint.end() :]


def _worded(typed: str, text: str) -> TypedDate | None:
    if not any(letter.isdigit() for letter in text):
        return None
    for language in (None, "ar", "fa"):
        for hit in find_dates(text, language):
            if not hit.is_range and _is_all(text, hit.start, hit.end):
                return _made(typed, hit.first_day, hit.last_day, hit.calendar)
    return None


def _is_all(text: str, start: int, end: int) -> bool:
    return not (text[:start] + text[end:]).strip(_MARKS + ".")


def _made(typed: str, first: date, last: date, calendar: str) -> TypedDate:
    return TypedDate(typed, first, last, calendar, from_gregorian(calendar, first)[0])


def _year_first(typed: str, text: str) -> TypedDate | None:
    """Read «۱۴۰۲ مهر», "2023 October"."""
    parts = _YEAR_FIRST.fullmatch(text)
    return _worded(typed, f"{parts[2]} {parts[1]}") if parts else None


def _beside(typed: str, text: str, beside: TypedDate, later: bool) -> TypedDate | None:
    found = _worded(typed, f"{text} {beside.year}")
    if found is None or found.calendar != beside.calendar or re.search(r"\d{4}", text):
        return None
    if found.last < beside.first if later else found.first > beside.last:
        return _worded(typed, f"{text} {beside.year + (1 if later else -1)}")
    return found


def _numeric(typed: str, text: str) -> TypedDate | None:
    """Read 2023, 2023-10, ۱۴۰۲/۰۷, 12/7/1402, ١٤٤٥هـ: the year stands first or last and has four digits."""
    plain = fold(text).text
    marked = _ERA.fullmatch(plain)
    era = _ERAS.get(marked[2].strip()) if marked else None
    numbers = _NUMERIC.fullmatch(marked[1].strip() if marked and era else plain)
    if not numbers:
        return None
    parts = [part for part in numbers.group(1, 3, 4) if part]
    if len(parts[0]) != 4:
        parts.reverse()
    if len(parts[0]) != 4 or any(len(part) > 2 for part in parts[1:]):
        return None
    year, *rest = (int(part) for part in parts)
    read = _in_calendar(typed, year, rest, era)
    is_day_first = len(parts) == 3 and len(numbers[1]) != 4
    return _in_order(typed, read, year, rest, era) if is_day_first else read


def _in_order(typed: str, read: TypedDate | None, year: int, rest: list[int], era: str | None) -> TypedDate | None:
    """The day before the month: 3/9/2021 is 3 September, perhaps 9 March; 10/26/2020 can only be in October."""
    swapped = _in_calendar(typed, year, rest[::-1], era)
    if read is None or swapped is None or swapped.first == read.first:
        return read or swapped
    return replace(read, doubt="order", other=replace(swapped, doubt="", other=None))


def _in_calendar(typed: str, year: int, rest: list[int], era: str | None) -> TypedDate | None:
    calendar, doubt = (era, False) if era else _calendar_of(typed, year)
    read = _dated(typed, calendar, year, rest)
    if not doubt or read is None:
        return read
    other = _dated(typed, LUNAR_HIJRI if calendar == SOLAR_HIJRI else SOLAR_HIJRI, year, rest)
    return replace(read, doubt="calendar", other=other) if other else read


def _calendar_of(typed: str, year: int) -> tuple[str, bool]:
    """The calendar of a year in numbers alone, "" for no year of news, and whether it is to be doubted."""
    if year in GREGORIAN_YEARS:
        return GREGORIAN, False
    if year not in HIJRI_YEARS:
        return "", False
    if year > LAST_SOLAR:
        return LUNAR_HIJRI, bool(_PERSIAN.search(typed))
    if _ARABIC.search(typed) and year in LUNAR_YEARS:
        return LUNAR_HIJRI, True
    return SOLAR_HIJRI, not _PERSIAN.search(typed)


def _dated(typed: str, calendar: str, year: int, rest: list[int]) -> TypedDate | None:
    """The year, with its month and day where these are given; None where the calendar has no such date."""
    try:
        if not rest:
            span = year_span(calendar, year)
        elif len(rest) == 1:
            span = month_span(calendar, year, rest[0])
        else:
            day = to_gregorian(calendar, year, *rest)
            span = day, day
    except (ValueError, OverflowError):
        return None
    return TypedDate(typed, *span, calendar, year)

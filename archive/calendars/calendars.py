"""Three calendars as plain numbers: Gregorian, Solar Hijri and lunar Hijri.

Solar Hijri is the civil calendar of Iran and Afghanistan (persiantools, exact). Lunar Hijri is Umm al-Qura
(hijridate), official in Saudi Arabia for 1343-1500 AH; elsewhere a month may begin a day earlier or later.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hijridate import Gregorian as _Gregorian
from hijridate import Hijri as _Hijri
from persiantools.jdatetime import JalaliDate

GREGORIAN: Final = "gregorian"
SOLAR_HIJRI: Final = "solar_hijri"
LUNAR_HIJRI: Final = "lunar_hijri"
CALENDARS: Final = (GREGORIAN, SOLAR_HIJRI, LUNAR_HIJRI)

LUNAR_YEARS: Final = range(1343, 1501)
SOLAR_YEARS: Final = range(1, 9378)


def to_gregorian(calendar: str, year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a day given in one of the three calendars.

    Raises ValueError for a day that does not exist (30 Esfand of a common year) and for a lunar year
    outside 1343-1500.

    >>> to_gregorian("solar_hijri", 1402, 7, 12)
    datetime.date(2023, 10, 4)
    >>> to_gregorian("lunar_hijri", 1444, 9, 1)
    datetime.date(2023, 3, 23)
    """
    if calendar == GREGORIAN:
        return date(year, month, day)
    if calendar == SOLAR_HIJRI:
        if year not in SOLAR_YEARS:
            raise ValueError(f"solar Hijri year {year} is outside 1-{SOLAR_YEARS.stop - 1}")
        return _plain(JalaliDate(year, month, day).to_gregorian())
    if calendar == LUNAR_HIJRI:
        if year not in LUNAR_YEARS:
            raise ValueError(f"lunar Hijri year {year} is outside the Umm al-Qura tables, 1343-1500")
        return _plain(_Hijri(year, month, day).to_gregorian())
    raise ValueError(f"unknown calendar {calendar!r}, expected one of {', '.join(CALENDARS)}")


def as_sighted(calendar: str, year: int, month: int, day: int) -> date:
    """The same, but the 30th of a lunar month that has 29 days in Umm al-Qura is the day after its 29th.

    Where the moon was sighted a day later the month had 30 days, and a page says so.

    >>> as_sighted("lunar_hijri", 1445, 8, 30)
    datetime.date(2024, 3, 11)
    """
    if calendar == LUNAR_HIJRI and day == 30:
        return to_gregorian(calendar, year, month, 29) + timedelta(days=1)
    return to_gregorian(calendar, year, month, day)


def from_gregorian(calendar: str, value: date) -> tuple[int, int, int]:
    """Return (year, month, day) of a Gregorian date in the calendar; ValueError outside its tables.

    >>> from_gregorian("solar_hijri", date(2025, 3, 21))
    (1404, 1, 1)
    """
    if calendar == GREGORIAN:
        return value.year, value.month, value.day
    if calendar == SOLAR_HIJRI:
        solar = JalaliDate(_plain(value))
        return solar.year, solar.month, solar.day
    if calendar == LUNAR_HIJRI:
        try:
            lunar = _Gregorian(value.year, value.month, value.day).to_hijri()
        except OverflowError as error:
            raise ValueError(f"{value} is outside the Umm al-Qura tables, 1343-1500 AH") from error
        return lunar.year, lunar.month, lunar.day
    raise ValueError(f"unknown calendar {calendar!r}, expected one of {', '.join(CALENDARS)}")


def month_span(calendar: str, year: int, month: int) -> tuple[date, date]:
    """Return the first and last Gregorian day of a month.

    >>> month_span("solar_hijri", 1402, 7)
    (datetime.date(2023, 9, 23), datetime.date(2023, 10, 22))
    """
    length = month_length(calendar, year, month)
    return to_gregorian(calendar, year, month, 1), to_gregorian(calendar, year, month, length)


def year_span(calendar: str, year: int) -> tuple[date, date]:
    """Return the first and last Gregorian day of a year."""
    return to_gregorian(calendar, year, 1, 1), month_span(calendar, year, 12)[1]


def month_length(calendar: str, year: int, month: int) -> int:
    """Return the number of days of a month, 28 to 31.

    >>> month_length("solar_hijri", 1403, 12)
    30
    """
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} is outside 1-12")
    for length in (31, 30, 29, 28):
        if is_day(calendar, year, month, length):
            return length
    raise ValueError(f"no month {month} of {year} in the {calendar} calendar")


def is_day(calendar: str, year: int, month: int, day: int) -> bool:
    """Tell whether the day exists in the calendar (and within its tables)."""
    try:
        to_gregorian(calendar, year, month, day)
    except (ValueError, OverflowError):
        return False
    return True


def is_sighted_day(calendar: str, year: int, month: int, day: int) -> bool:
    """Tell the same of a day as printed, which may be the 30th of any lunar month."""
    return is_day(calendar, year, month, 29 if calendar == LUNAR_HIJRI and day == 30 else day)


def _plain(value: date) -> date:
    return date(value.year, value.month, value.day)

"""Digits, counts and dates as the reader of a page reads them: in the language of the pages and the chosen calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext

from archive.calendars.digits import in_digits_of
from archive.calendars.words import date_or_blank, month_name
from archive.pages.interface import reader_calendar, reader_language

GROUP_SEPARATORS = {"fa": "٬"}  # ARABIC THOUSANDS SEPARATOR
DECIMAL_SEPARATORS = {"fa": "٫"}  # ARABIC DECIMAL SEPARATOR
NO_BREAK_SPACE = "\xa0"
COMMAS = {"ar": "، ", "fa": "، "}


def localdigits(value: object, language: str = "") -> str:
    """ASCII digits as the reader's language, or another, writes them: ۰–۹ in Persian, 0–9 in Arabic and English.

    For years, times and numbers made by the archive; never for words quoted from a page. Other characters stay.
    """
    return in_digits_of(language or reader_language(), "" if value is None else str(value))


def localnumber(value: int | None) -> str:
    """A count with its thousands set apart: 1,204 in Arabic and English, ۱٬۲۰۴ in Persian; "" for None."""
    if value is None:
        return ""
    language = reader_language()
    return localdigits(f"{int(value):,}".replace(",", GROUP_SEPARATORS.get(language, ",")), language)


def localdecimal(value: float | str, digits: int = 2) -> str:
    """A number that may have a part after its point, so many digits of it at most: 1,204.5 in Arabic and English,
    ۱٬۲۰۴٫۵ in Persian; a whole number as `localnumber` writes it.
    """
    language = reader_language()
    whole, _point, part = f"{float(value):,.{digits}f}".rstrip("0").rstrip(".").partition(".")
    grouped = whole.replace(",", GROUP_SEPARATORS.get(language, ","))
    return localdigits(grouped + (DECIMAL_SEPARATORS.get(language, ".") + part if part else ""), language)


def localsize(size: int) -> str:
    """So many bytes in the largest unit that they fill, of 1024 each: 5.1 MB, 5.1 ميغابايت, ۵٫۱ مگابایت, on a line."""
    units = (
        (gettext("%(number)s GB"), 1024**3),
        (gettext("%(number)s MB"), 1024**2),
        (gettext("%(number)s KB"), 1024),
    )
    told, unit = next((one for one in units if size >= one[1]), units[-1])
    return (told % {"number": localdecimal(round(size / unit, 1))}).replace(" ", NO_BREAK_SPACE)


def in_words(sentence: str, parameters: Mapping[str, object] = {}) -> str:
    """A sentence in the reader's language. What stands in it, as an address, keeps its own direction."""
    return (
        gettext(sentence) % {name: apart(value) for name, value in parameters.items()}
        if parameters
        else gettext(sentence)
    )


def apart(value: object) -> object:
    """A text within Unicode isolates where the reader's language goes from right to left; another value as it is."""
    return f"\u2068{value}\u2069" if isinstance(value, str) and reader_language() in ("ar", "fa") else value


def in_calendar(day: datetime.date | None, calendar: str) -> str:
    """A day in `gregorian`, `solar_hijri` or `lunar_hijri`, in the reader's language; "" for None and for a day outside
    the calendar's tables.

    2023-10-04 in Persian and `solar_hijri` is «۱۲ مهر ۱۴۰۲».
    """
    return date_or_blank(day, calendar, reader_language())


def moment(at: datetime.datetime | None) -> str:
    """A day in the reader's calendar and the time in the zone of the archive, UTC; "" for None.

    2023-10-04 20:53 in Persian is «۱۲ مهر ۱۴۰۲، ۲۰:۵۳».
    """
    if at is None:
        return ""
    here = timezone.localtime(at)
    day = in_calendar(here.date(), reader_calendar()) or localdigits(here.date())
    return in_a_row((day, localdigits(f"{here:%H:%M}")))


def in_a_row(parts: Iterable[str]) -> str:
    """Parts of a line with the comma of the reader's language between them."""
    return COMMAS.get(reader_language(), ", ").join(parts)


def partial_date(written: str) -> str:
    """An ISO 8601 date of any precision in the reader's language: a day in the reader's calendar, a month or a year in
    the Gregorian one. "" stays ""; what is no date is shown as it is.

    >>> partial_date("2020-07")
    'July 2020'
    """
    try:
        if len(written) == 10:
            return in_calendar(datetime.date.fromisoformat(written), reader_calendar())
        if len(written) == 7:
            year, month = written.split("-")
            return f"{month_name('gregorian', int(month), reader_language())} {localdigits(int(year))}"
    except ValueError:
        return written
    return localdigits(written)

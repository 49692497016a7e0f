"""Dates in words: the names of months, days, months and years as a reader of Arabic, Persian or English writes them.

The names are from CLDR, spelled as the press does, in three calendars and three languages. Pure.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from archive.calendars.calendars import GREGORIAN, SOLAR_HIJRI, from_gregorian
from archive.calendars.digits import in_digits_of


def _names(row: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in row.split("|"))


DISPLAY_NAMES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("gregorian", "ar"): _names(
        "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    ),
    ("gregorian", "fa"): _names(
        "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر"
    ),
    ("gregorian", "en"): _names(
        "January|February|March|April|May|June|July|August|September|October|November|December"
    ),
    ("solar_hijri", "ar"): _names(
        "فروردين|أرديبهشت|خرداد|تير|مرداد|شهريور|مهر|آبان|آذر|دي|بهمن|إسفند"
    ),
    ("solar_hijri", "fa"): _names(
        "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
    ),
    ("solar_hijri", "en"): _names(
        "Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman|Esfand"
    ),
    ("lunar_hijri", "ar"): _names(
        "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة"
    ),
    ("lunar_hijri", "fa"): _names(
        "محرم|صفر|ربیع‌الاول|ربیع‌الثانی|جمادی‌الاول|جمادی‌الثانی|رجب|شعبان|رمضان|شوال|ذی‌القعده|ذی‌الحجه"
    ),
    ("lunar_hijri", "en"): _names(
        "Muharram|Safar|Rabi al-Awwal|Rabi al-Thani|Jumada al-Ula|Jumada al-Akhira"
        "|Rajab|Shaban|Ramadan|Shawwal|Dhu al-Qada|Dhu al-Hijja"
    ),
}  # fmt: skip


def usual_calendar(language: str) -> str:
    """The calendar that readers of a language count in: Solar Hijri in Persian, else the Gregorian one."""
    return SOLAR_HIJRI if language == "fa" else GREGORIAN


def month_name(calendar: str, month: int, lang: str) -> str:
    """Return the name a reader of ``lang`` (ar, fa, en) expects; the Gulf names for Gregorian in Arabic.

    >>> month_name("solar_hijri", 7, "fa"), month_name("gregorian", 10, "ar")
    ('مهر', 'أكتوبر')
    """
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} is outside 1-12")
    return DISPLAY_NAMES[calendar, lang][month - 1]


def format_date(value: date, calendar: str, lang: str, precision: str = "day") -> str:
    """Write a day, or the ``month`` or ``year`` it lies in, in the reader's language; ValueError outside the tables.

    >>> format_date(date(2023, 10, 4), "solar_hijri", "fa")
    '۱۲ مهر ۱۴۰۲'
    >>> format_date(date(2023, 10, 4), "gregorian", "ar", "month")
    'أكتوبر 2023'
    """
    year, month, day = from_gregorian(calendar, value)
    name = month_name(calendar, month, lang)
    written = {"year": str(year), "month": f"{name} {year}"}.get(precision, f"{day} {name} {year}")
    return in_digits_of(lang, written)


def date_or_blank(value: date | None, calendar: str, lang: str, precision: str = "day") -> str:
    """The same, "" for no date and for one outside the years that the calendar's tables cover."""
    try:
        return format_date(value, calendar, lang, precision) if value else ""
    except ValueError:
        return ""


def date_or_gregorian(value: date, calendar: str, lang: str) -> str:
    """The day in the calendar, or in the Gregorian one where the calendar's tables do not reach."""
    return date_or_blank(value, calendar, lang) or format_date(value, GREGORIAN, lang)

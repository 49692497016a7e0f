"""Years, months, days and ranges of days in words, in any of the three calendars and the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from archive.calendars.words import date_or_gregorian, month_name
from archive.pages.shown import localdigits
from search.dates.buckets import DateBucket, exactly


def bucket_label(bucket: DateBucket, language: str) -> str:
    """«۱۲ مهر ۱۴۰۲», «مهر ۱۴۰۲» or «۱۴۰۲», as a reader of the language writes it."""
    year = localdigits(bucket.year, language)
    if bucket.unit == "year":
        return year
    month = month_name(bucket.calendar, bucket.month, language)
    return f"{month} {year}" if bucket.unit == "month" else f"{localdigits(bucket.day, language)} {month} {year}"


def short_label(bucket: DateBucket, language: str) -> str:
    """A month without its year, a day without its month: what is told where the rest stands above."""
    if bucket.unit == "month":
        return month_name(bucket.calendar, bucket.month, language)
    return localdigits(bucket.day or bucket.year, language)


def range_label(since: date | None, until: date | None, calendar: str, language: str) -> str:
    """The name of the one year, month or day that the range is, else its two ends; "" for all of time."""
    if since and until:
        whole = exactly(calendar, since, until)
        if whole:
            return bucket_label(whole, language)
        return f"{day_label(since, calendar, language)} – {day_label(until, calendar, language)}"
    if since:
        return gettext("from %(day)s on") % {"day": day_label(since, calendar, language)}
    return gettext("until %(day)s") % {"day": day_label(until, calendar, language)} if until else ""


def day_label(day: date, calendar: str, language: str) -> str:
    """The day in the calendar, or in the Gregorian one where the calendar's tables do not reach."""
    return date_or_gregorian(day, calendar, language)

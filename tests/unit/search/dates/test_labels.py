"""Years, months, days and ranges in words: in three calendars, in the reader's digits."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from archive.calendars.calendars import GREGORIAN, LUNAR_HIJRI, SOLAR_HIJRI
from search.dates.buckets import Unit, bucket_of
from search.dates.labels import bucket_label, day_label, range_label, short_label

KHALAFOV = date(2020, 10, 26)  # 5 Aban 1399, 9 Rabi al-awwal 1442


@pytest.mark.parametrize(
    ("calendar", "unit", "language", "label", "short"),
    [
        (GREGORIAN, "year", "en", "2020", "2020"),
        (GREGORIAN, "month", "en", "October 2020", "October"),
        (GREGORIAN, "day", "en", "26 October 2020", "26"),
        (SOLAR_HIJRI, "day", "fa", "۵ آبان ۱۳۹۹", "۵"),
        (SOLAR_HIJRI, "month", "fa", "آبان ۱۳۹۹", "آبان"),
        (SOLAR_HIJRI, "year", "fa", "۱۳۹۹", "۱۳۹۹"),
        (LUNAR_HIJRI, "month", "ar", "ربيع الأول 1442", "ربيع الأول"),
    ],
)
def test_a_bucket_has_a_whole_name_and_a_short_one(
    calendar: str, unit: Unit, language: str, label: str, short: str
) -> None:
    bucket = bucket_of(calendar, unit, KHALAFOV)
    with override(language):
        assert (bucket_label(bucket, language), short_label(bucket, language)) == (label, short)


@pytest.mark.parametrize(
    ("since", "until", "calendar", "label"),
    [
        (date(2020, 1, 1), date(2020, 12, 31), GREGORIAN, "2020"),
        (date(2020, 10, 1), date(2020, 10, 31), GREGORIAN, "October 2020"),
        (KHALAFOV, KHALAFOV, GREGORIAN, "26 October 2020"),
        (date(2020, 10, 1), date(2020, 11, 1), GREGORIAN, "1 October 2020 – 1 November 2020"),
        (date(2020, 10, 22), date(2020, 11, 20), SOLAR_HIJRI, "Aban 1399"),
        (None, None, GREGORIAN, ""),
    ],
)
def test_a_range_that_is_one_year_month_or_day_is_called_so(
    since: date | None, until: date | None, calendar: str, label: str
) -> None:
    with override("en"):
        assert range_label(since, until, calendar, "en") == label


def test_a_range_open_at_one_end_says_at_which() -> None:
    with override("en"):
        assert range_label(KHALAFOV, None, GREGORIAN, "en") == "from 26 October 2020 on"
        assert range_label(None, KHALAFOV, GREGORIAN, "en") == "until 26 October 2020"


def test_a_day_beyond_the_tables_of_a_calendar_is_told_in_the_gregorian_one() -> None:
    far = date(1500, 3, 1)
    with override("en"):
        assert "1500" in day_label(far, LUNAR_HIJRI, "en")
        assert day_label(KHALAFOV, LUNAR_HIJRI, "en") != day_label(KHALAFOV, GREGORIAN, "en")


@pytest.mark.parametrize("calendar", [GREGORIAN, SOLAR_HIJRI, LUNAR_HIJRI])
@pytest.mark.parametrize("unit", ["year", "month", "day"])
def test_the_name_of_a_bucket_is_that_of_its_range(calendar: str, unit: Unit) -> None:
    held = bucket_of(calendar, unit, KHALAFOV)
    with override("fa"):
        assert bucket_label(held, "fa") == range_label(held.first, held.last, calendar, "fa")

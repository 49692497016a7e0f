"""Dates and ranges as readers type them: every way that is natural is read, day-exact, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.calendars.calendars import CALENDARS, SOLAR_HIJRI, from_gregorian
from archive.calendars.words import format_date, month_name
from archive.extraction.dates.typed import read_date
from search.dates.buckets import UNITS, Unit, bucket_of
from search.dates.ranges import LONGEST, DateRange, read_range
from search.question.expansion.fields import days
from search.tree import Days

DAYS = st.dates(date(1960, 1, 1), date(2050, 12, 31))
MEHR = (date(2023, 9, 23), date(2023, 10, 22))
OCTOBER = (date(2023, 10, 1), date(2023, 10, 31))
FOURTH = (date(2023, 10, 4), date(2023, 10, 4))
RAMADAN = (date(2023, 3, 23), date(2023, 4, 20))
AH_1445 = (date(2023, 7, 19), date(2024, 7, 6))
SH_1402 = (date(2023, 3, 21), date(2024, 3, 19))


def span(read: DateRange) -> tuple[date | None, date | None]:
    return read.since, read.until


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("۱۴۰۲/۰۷", MEHR), ("1402-07", MEHR), ("07/1402", MEHR), ("مهر ۱۴۰۲", MEHR), ("«مهر ماه ۱۴۰۲»", MEHR),
        ("۱۴۰۲ مهر", MEHR), ("Mehr 1402", MEHR),
        ("2023-10", OCTOBER), ("2023/10", OCTOBER), ("10.2023", OCTOBER), ("٢٠٢٣-١٠", OCTOBER),
        ("أكتوبر 2023", OCTOBER),
        ("تشرين الأول 2023", OCTOBER), ("اکتبر ۲۰۲۳", OCTOBER), ("October 2023", OCTOBER), ("2023 Oct", OCTOBER),
        ("12 Mehr 1402", FOURTH), ("۱۲ مهر ۱۴۰۲", FOURTH), ("چهارشنبه ۱۲ مهر ۱۴۰۲", FOURTH), ("۱۴۰۲/۷/۱۲", FOURTH),
        ("12/7/1402", FOURTH), ("2023-10-04", FOURTH), ("4 October 2023", FOURTH), ("October 4, 2023", FOURTH),
        ("الأربعاء 4 أكتوبر 2023", FOURTH), ("2023-10-04T23:23", FOURTH),
        ("رمضان 1444", RAMADAN), ("رمضان المبارك ١٤٤٤", RAMADAN), ("Ramadan 1444", RAMADAN), ("1444-09", RAMADAN),
        ("١٤٤٥", AH_1445), ("1445", AH_1445), ("1445 هـ", AH_1445), ("١٤٤٥هـ", AH_1445), ("1445 AH", AH_1445),
        ("۱۴۰۲", SH_1402), ("1402", SH_1402), ("سال ۱۴۰۲", SH_1402), ("۱۴۰۲ ه.ش", SH_1402), ("1402 SH", SH_1402),
        ("1402 هجري", (date(1981, 10, 28), date(1982, 10, 17))),
        ("1 Farvardin 1404", (date(2025, 3, 21), date(2025, 3, 21))),
    ],
)  # fmt: skip
def test_a_date_means_all_of_its_days(typed: str, expected: tuple[date, date]) -> None:
    read = read_date(typed)
    assert read is not None and (read.first, read.last) == expected
    assert span(read_range(typed, typed)) == expected
    assert days(typed) == Days(expected[0].toordinal(), expected[1].toordinal())


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("۱۲ مهر ۱۴۰۲ تا ۱۵ آبان", "", (date(2023, 10, 4), date(2023, 11, 6))),
        ("", "۱۲ مهر ۱۴۰۲ تا ۱۵ آبان", (date(2023, 10, 4), date(2023, 11, 6))),
        ("۱۲ مهر ۱۴۰۲", "۱۵ آبان", (date(2023, 10, 4), date(2023, 11, 6))),
        ("۱۲ مهر", "۱۵ آبان ۱۴۰۲", (date(2023, 10, 4), date(2023, 11, 6))),
        ("از ۱۲ تا ۱۵ مهر ۱۴۰۲", "", (date(2023, 10, 4), date(2023, 10, 7))),
        ("من 25 ديسمبر إلى 5 يناير 2021", "", (date(2020, 12, 25), date(2021, 1, 5))),
        ("25 ديسمبر 2020", "5 يناير", (date(2020, 12, 25), date(2021, 1, 5))),
        ("25 December", "5 January 2021", (date(2020, 12, 25), date(2021, 1, 5))),
        ("2019-2023", "", (date(2019, 1, 1), date(2023, 12, 31))),
        ("2019..2023", "", (date(2019, 1, 1), date(2023, 12, 31))),
        ("۱۴۰۱–۱۴۰۲", "", (date(2022, 3, 21), date(2024, 3, 19))),
        ("May 2023 - June 2023", "", (date(2023, 5, 1), date(2023, 6, 30))),
        ("from May 2023", "to June", (date(2023, 5, 1), date(2023, 6, 30))),
        ("مهر ۱۴۰۲", "2023-12", (date(2023, 9, 23), date(2023, 12, 31))),
        ("مهر ۱۴۰۲", "", (date(2023, 9, 23), None)),
        ("", "مهر ۱۴۰۲", (None, date(2023, 10, 22))),
        ("", "", (None, None)),
    ],
)  # fmt: skip
def test_two_ends_are_a_range(since: str, until: str, expected: tuple[date | None, date | None]) -> None:
    read = read_range(since, until)
    assert span(read) == expected and not read.notices


@pytest.mark.parametrize(
    "typed",
    [
        "hello", "قطر 2023", "2023 or so", "2021-02-29", "30 Esfand 1400", "31 يونيو 2020", "مهر", "12", "0000", "9999",
        "1600", "2023-13", "1402-00", "2023-10-04-05", "٪", "«»", "x" * (LONGEST + 1), "2023" * 17,
    ],
)  # fmt: skip
def test_what_is_no_date_is_told_and_leaves_its_end_open(typed: str) -> None:
    read = read_range(typed, "2023")
    assert span(read) == (None, date(2023, 12, 31))
    assert [(notice.code, notice.typed) for notice in read.notices] == [("unreadable", typed)]


def test_ends_that_stand_the_wrong_way_round_are_turned_and_told() -> None:
    read = read_range("2023", "2019")
    assert span(read) == (date(2019, 1, 1), date(2023, 12, 31))
    assert [notice.code for notice in read.notices] == ["swapped"]


@pytest.mark.parametrize(
    ("typed", "code", "other"),
    [
        ("1402", "calendar", (date(1981, 10, 28), date(1982, 10, 17))),
        ("١٤٠٢", "calendar", SH_1402),
        ("۱۴۴۵", "calendar", (date(2066, 3, 20), date(2067, 3, 20))),
        ("3/9/2021", "order", (date(2021, 3, 9), date(2021, 3, 9))),
    ],
)
def test_what_may_be_read_another_way_is_told_with_the_other_way(
    typed: str, code: str, other: tuple[date, date]
) -> None:
    (notice,) = read_range(typed, typed).notices
    assert (notice.code, notice.since, notice.until) == (code, *other)


@pytest.mark.parametrize("typed", ["۱۴۰۲", "١٤٤٥", "1445", "مهر 1402", "1402 SH", "2023", "9/9/2021", "26/10/2020"])
def test_what_leaves_no_doubt_is_not_doubted(typed: str) -> None:
    assert read_range(typed, typed).notices == ()


@given(DAYS, st.sampled_from(CALENDARS), st.sampled_from(("ar", "fa", "en")))
def test_every_day_written_by_the_archive_is_read_as_itself(day: date, calendar: str, language: str) -> None:
    read = read_date(format_date(day, calendar, language))
    assert read is not None and (read.first, read.last, read.calendar) == (day, day, calendar)


@given(DAYS, st.sampled_from(CALENDARS), st.sampled_from(("ar", "fa", "en")))
def test_every_month_named_by_the_archive_is_read_as_its_days(day: date, calendar: str, language: str) -> None:
    year, month, _day = from_gregorian(calendar, day)
    read = read_date(f"{month_name(calendar, month, language)} {year}")
    whole = bucket_of(calendar, "month", day)
    assert read is not None and (read.first, read.last) == (whole.first, whole.last)


@given(DAYS, st.sampled_from(UNITS), st.sampled_from("-/"), st.sampled_from(("۰۱۲۳۴۵۶۷۸۹", "0123456789")))
def test_solar_numbers_of_this_century_are_their_days(day: date, unit: Unit, mark: str, digits: str) -> None:
    year, *rest = from_gregorian(SOLAR_HIJRI, day)
    written = mark.join([f"{year}", *(f"{part:02}" for part in rest)][: UNITS.index(unit) + 1])
    read = read_date(written.translate(str.maketrans("0123456789", digits)))
    whole = bucket_of(SOLAR_HIJRI, unit, day)
    if year <= 1420:
        assert read is not None and (read.first, read.last) == (whole.first, whole.last)


@given(DAYS, DAYS)
def test_days_in_iso_are_their_own_range_whichever_comes_first(one: date, other: date) -> None:
    read = read_range(one.isoformat(), other.isoformat())
    assert span(read) == (min(one, other), max(one, other))


@settings(max_examples=200)
@given(st.text(max_size=70), st.text("0123456789۰۱۴/-. تاإلىمهر", max_size=20))
def test_nothing_that_can_be_typed_is_an_error(since: str, until: str) -> None:
    read = read_range(since, until)
    assert read.since is None or read.until is None or read.since <= read.until

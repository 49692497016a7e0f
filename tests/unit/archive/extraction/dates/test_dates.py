"""Dates in running text: a table of real phrases, and what a reader may rely on."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from archive.extraction.dates import DateHit, find_dates, find_partial_dates
from tests import CAPTURES, DATA

CASES = [json.loads(line) for line in (DATA / "date_cases.jsonl").read_text("utf-8").splitlines()]
FIVE = [path.read_text("utf-8") for path in sorted(CAPTURES.iterdir())]


def value(hit: DateHit) -> str | dict[str, str | None]:
    return hit.iso or {"start": hit.start_iso, "end": hit.end_iso}


def holds(hit: DateHit, expected: dict[str, Any]) -> bool:
    if "start" in expected:
        return value(hit) == expected
    if "tolerance_days" in expected:
        apart = date.fromisoformat(expected["iso"]) - hit.first_day
        right = abs(apart.days) <= expected["tolerance_days"]
    else:
        right = hit.iso == expected["iso"]
    return right and all(getattr(hit, key) == expected[key] for key in ("weekday_ok", "agrees") if key in expected)


def read(case: dict[str, Any]) -> list[DateHit]:
    return find_dates(case["a"], case["lang"], case.get("ref"))


@pytest.mark.parametrize("case", [c for c in CASES if c["expected"] is not None], ids=lambda c: c["id"])
def test_date_is_read(case: dict[str, Any]) -> None:
    hits, expected = read(case), case["expected"]
    if isinstance(expected, list):
        assert [hit.iso for hit in hits] == expected
    else:
        assert len(hits) == 1
        assert hits[0].iso == expected if isinstance(expected, str) else holds(hits[0], expected)


@pytest.mark.parametrize("case", [c for c in CASES if c["expected"] is None], ids=lambda c: c["id"])
def test_no_date_is_invented(case: dict[str, Any]) -> None:
    assert read(case) == []


def test_persian_dateline_in_two_calendars_is_one_date_that_agrees() -> None:
    (hit,) = find_dates(FIVE[3])
    assert hit.text == "۱۲ مهر ۱۴۰۲ - ۲۳:۲۳ - 04October 2023"
    assert (hit.iso, hit.precision, hit.agrees) == ("2023-10-04T23:23", "minute", True)
    assert {reading.calendar for reading in hit.printed} == {"solar_hijri", "gregorian"}


def test_calendars_that_disagree_are_both_kept_and_flagged() -> None:
    hits = find_dates("۱۲ مهر ۱۴۰۲ (۵ اکتبر ۲۰۲۳)", "fa")
    assert [(hit.iso, hit.agrees, hit.certainty) for hit in hits] == [
        ("2023-10-05", False, "low"),
        ("2023-10-04", False, "low"),
    ]


def test_two_names_of_different_months_are_flagged() -> None:
    (hit,) = find_dates("4 أكتوبر/ تشرين الثاني 2023", "ar")
    assert (hit.iso, hit.certainty, hit.printed[0].flagged) == ("2023-10-04", "low", True)


def test_month_first_is_low_certainty() -> None:
    assert find_dates("10/26/2020", "ar")[0].certainty == "low"
    assert find_dates("26/10/2020", "ar")[0].certainty == "high"


def test_year_taken_from_the_publication_date_is_medium_certainty() -> None:
    assert find_dates("يوم 3 مايو", "ar", date(2021, 5, 20))[0].certainty == "medium"


def test_wrong_weekday_of_the_source_is_kept_and_marked() -> None:
    (hit,) = [hit for hit in find_dates(FIVE[3], "fa", "2023-10-04") if hit.text.startswith("پنجشنبه")]
    assert (hit.iso, hit.weekday_ok) == ("2023-09-30", False)


def test_bare_years_of_the_latvian_story_are_years_only() -> None:
    hits = find_dates(FIVE[1], "ar")
    assert [(hit.text, hit.iso) for hit in hits] == [
        ("26 اكتوبر 2020", "2020-10-26"),
        ("عام 2017", "2017"),
        ("عام 2021", "2021"),
    ]


def test_story_without_years_has_hints_and_no_dates() -> None:
    assert find_dates(FIVE[2], "ar") == []
    hints = find_partial_dates(FIVE[2], "ar")
    assert [(hint.day, hint.month, hint.which) for hint in hints] == [
        (7, 9, "current"),
        (18, 10, None),
        (22, 2, None),
        (2, 3, None),
    ]


def test_story_without_any_date_stays_empty() -> None:
    assert find_dates(FIVE[4], "ar", "2023-02-01") == []
    assert find_partial_dates(FIVE[4]) == []


def test_two_days_of_one_month_have_their_own_spans() -> None:
    text = "يومي 12 و 16 يوليو، والعدوان المقبل"
    hits = find_dates(text, "ar", "2020-10-26")
    assert [text[hit.start : hit.end] for hit in hits] == ["12", "16 يوليو"]


def test_offsets_lead_to_the_text_as_written_with_its_marks() -> None:
    text = "انعقد في ٥ مِــارس‌ ٢٠٢٢مـ."
    (hit,) = find_dates(text, "ar")
    assert text[hit.start : hit.end] == hit.text == "٥ مِــارس‌ ٢٠٢٢مـ"


def test_presentation_forms_are_read() -> None:
    assert find_dates("ﺍﻷﺣﺪ ١ ﻣﺎﺭﺱ ٢٠٢٠", "ar")[0].weekday_ok is True


def test_language_is_judged_by_the_text_when_nobody_says_it() -> None:
    assert find_dates("تاریخ انتشار: ۱۴۰۲/۰۷/۱۲")[0].iso == "2023-10-04"
    assert find_dates("وقع في 1445/03/19 من قبل الوزير")[0].calendar == "lunar_hijri"
    assert find_dates("1402/07/12") == []


def test_tehran_kept_summer_time_until_2022() -> None:
    assert find_dates("۱۲ تیر ۱۴۰۱ ساعت ۱۰:۳۰ به وقت تهران", "fa")[0].iso == "2022-07-03T10:30+04:30"
    assert find_dates("۱۲ تیر ۱۴۰۲ ساعت ۱۰:۳۰ به وقت تهران", "fa")[0].iso == "2023-07-03T10:30+03:30"


def test_today_beside_another_weekday_is_no_hit() -> None:
    assert find_dates("ظهر امروز (چهارشنبه)", "fa", "2023-10-04")[0].iso == "2023-10-04"
    assert find_dates("ظهر امروز (پنجشنبه)", "fa", "2023-10-04") == []


def test_nothing_relative_is_read_without_a_publication_date() -> None:
    assert find_dates("أمس الثلاثاء، يوم 3 مايو، الاثنين الماضي", "ar") == []


def test_malformed_publication_date_is_an_error() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        find_dates("3 مايو", "ar", "soon")

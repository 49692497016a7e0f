"""Whatever is typed: no exception, offsets in bounds, the same value under invisible signs, linear work."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.calendars.calendars import CALENDARS
from archive.calendars.words import DISPLAY_NAMES, format_date
from archive.extraction.dates import find_dates, find_partial_dates
from archive.extraction.dates.months import MONTHS
from archive.extraction.dates.tokens import Tokens
from archive.extraction.dates.words import (
    AND,
    DASHES,
    DAY_WORDS,
    MONTH_WORDS,
    RANGE_OPENERS,
    UNTIL,
    YEAR_WORDS,
)
from tests import DATA

CASES = [json.loads(line) for line in (DATA / "date_cases.jsonl").read_text("utf-8").splitlines()]
WORDS = sorted(MONTHS.first_words() | AND | DASHES | DAY_WORDS | MONTH_WORDS | RANGE_OPENERS | UNTIL | YEAR_WORDS)
PIECES = [
    *WORDS,
    *"0123456789۱۴۰۲٣/.-:،()«»\n ",
    "1402",
    "2023",
    "الموافق",
    "هـ",
    "ق.م",
    "الساعة",
    "امروز",
    "الاثنين",
    "ﷺ",
    "ﻷ",
]
LANGS = st.sampled_from([None, "ar", "fa", "en", "az"])
DAYS = st.dates(date(1931, 1, 1), date(2070, 12, 31))


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", " "]), LANGS)
def test_any_heap_of_date_words_is_read_in_order_and_in_bounds(pieces: list[str], gap: str, lang: str | None) -> None:
    text = gap.join(pieces)
    last = 0
    for hit in find_dates(text, lang, "2023-10-04"):
        assert last <= hit.start < hit.end <= len(text) or (hit.agrees is False and hit.start < hit.end)
        assert text[hit.start : hit.end] == hit.text
        assert hit.first_day <= hit.last_day
        last = hit.end
    for hint in find_partial_dates(text, lang):
        assert text[hint.start : hint.end] == hint.text


@settings(max_examples=100)
@given(st.text(max_size=60), LANGS, st.none() | st.dates())
def test_any_text_is_read_without_an_error(text: str, lang: str | None, ref: date | None) -> None:
    find_dates(text, lang, ref)


@settings(max_examples=100)
@given(DAYS, st.sampled_from(CALENDARS), st.sampled_from(["ar", "fa"]))
def test_every_date_we_print_is_read_again(day: date, calendar: str, lang: str) -> None:
    (hit,) = find_dates(format_date(day, calendar, lang), lang)
    assert (hit.iso, hit.calendar) == (day.isoformat(), calendar)


@settings(max_examples=60)
@given(st.sampled_from(CASES), st.sampled_from("\u0640\u064e\u200d\u200f\u2067"), st.data())
def test_signs_inside_a_word_never_change_the_date(case: dict, sign: str, data: st.DataObject) -> None:
    text = case["a"]
    inside = [i for i in range(1, len(text)) if text[i].isalpha() and text[i - 1].isalpha()]
    if not inside:
        return
    at = data.draw(st.sampled_from(inside))
    marked = find_dates(text[:at] + sign + text[at:], case["lang"], case.get("ref"))
    plain = find_dates(text, case["lang"], case.get("ref"))
    assert [(hit.iso, hit.start_iso) for hit in marked] == [(hit.iso, hit.start_iso) for hit in plain]


@pytest.mark.parametrize(
    "unit", ["1 و ", "1-", "12 مهر 1402 - ", "من 3 إلى ", "السبت ، ", "12:30 ", "مايو (", "عامي 2015 و", "بين 3 و"]
)
def test_work_grows_with_the_text_and_no_faster(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    word = Tokens.word

    def counted(tokens: Tokens, index: int) -> str:
        nonlocal looks
        looks += 1
        return word(tokens, index)

    monkeypatch.setattr(Tokens, "word", counted)

    def work(times: int) -> int:
        nonlocal looks
        looks = 0
        find_dates(unit * times, "ar", "2020-01-01")
        return looks

    assert work(400) < 11 * work(40)


def test_every_printed_month_name_is_one_that_we_read() -> None:
    assert all(
        len(find_dates(f"1 {name} {year}", lang)) == 1
        for (calendar, lang), names in DISPLAY_NAMES.items()
        if lang != "en"
        for name in names
        for year in [{"gregorian": 2020, "solar_hijri": 1399, "lunar_hijri": 1441}[calendar]]
    )

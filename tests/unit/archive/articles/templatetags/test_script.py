"""What the template tags make of text in two scripts, of digits, of dates and of matches."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from django.utils.translation import override

from archive.articles.models import Article
from archive.articles.templatetags.report import number_in, shown_dates, sources_of
from archive.pages.interface import reader_calendar
from archive.pages.shown import in_calendar, localdigits, localnumber, partial_date
from archive.text.digests import short_digests
from archive.text.html import isolated, marked, woven
from archive.text.languages import direction
from search.results import Highlighted


@dataclass(frozen=True)
class Piece:
    text: str
    url: str = ""
    title: str = ""
    kind: str = ""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"),
        ("fa", "rtl"),
        ("fa-IR", "rtl"),
        ("ckb", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("en", "ltr"),
        ("und", "auto"),
        ("", "auto"),
        (None, "auto"),
    ],
)
def test_a_language_has_its_direction(language: str | None, expected: str) -> None:
    assert direction(language) == expected


@pytest.mark.parametrize(("language", "expected"), [("fa", "۶۲۰۹۲۴"), ("ar", "620924"), ("en", "620924")])
def test_digits_follow_the_language_of_the_pages(language: str, expected: str) -> None:
    with override(language):
        assert localdigits("620924") == expected


@pytest.mark.parametrize(("language", "expected"), [("fa", "۱٬۲۰۴"), ("ar", "1,204"), ("en", "1,204")])
def test_thousands_are_set_apart(language: str, expected: str) -> None:
    with override(language):
        assert localnumber(1204) == expected


def test_an_unknown_count_is_nothing_rather_than_zero() -> None:
    assert localnumber(None) == ""


@pytest.mark.parametrize(
    ("language", "calendar", "expected"),
    [
        ("fa", "solar_hijri", "۱۲ مهر ۱۴۰۲"),
        ("ar", "gregorian", "4 أكتوبر 2023"),
        ("en", "gregorian", "4 October 2023"),
    ],
)
def test_the_day_of_the_tehran_meeting_in_each_language(language: str, calendar: str, expected: str) -> None:
    with override(language):
        assert in_calendar(datetime.date(2023, 10, 4), calendar) == expected
        assert reader_calendar() == calendar


def test_a_day_outside_the_lunar_tables_is_not_guessed() -> None:
    with override("ar"):
        assert in_calendar(datetime.date(1850, 1, 1), "lunar_hijri") == ""
        assert in_calendar(None, "gregorian") == ""


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2020-07", "July 2020"), ("2020", "2020"), ("2020-10-26", "26 October 2020"), ("", ""), ("2020-13", "2020-13")],
)
def test_a_partial_date_stays_partial(written: str, expected: str) -> None:
    with override("en"):
        assert partial_date(written) == expected


def test_matches_are_marked_in_their_original_spelling() -> None:
    text = "وزير الخارجية الأذربيجاني خلف خلفوف ونائب"
    start = text.index("خلف خلفوف")
    held = Highlighted(text, ((start, start + len("خلف خلفوف")),), cut_after=True)
    assert marked(held) == "وزير الخارجية الأذربيجاني <mark>خلف خلفوف</mark> ونائب …"


def test_a_match_inside_a_word_leaves_its_letters_joined() -> None:
    assert marked(Highlighted("وأذربيجان", ((1, 9),))) == "و<mark>أذربيجان</mark>"


def test_markup_in_a_title_is_shown_and_not_run() -> None:
    assert marked(Highlighted("<b>خلفوف</b>", ((3, 8),))) == "&lt;b&gt;<mark>خلفوف</mark>&lt;/b&gt;"
    assert marked("<script>") == "&lt;script&gt;"
    assert "<i>" not in woven([Piece("<i>"), Piece("<i>", "/x/?a=1&b=2", '"<i>')])


def test_mentions_are_linked_without_a_space_of_our_own() -> None:
    pieces = [Piece("و"), Piece("أذربيجان", "/countries/az/", "أذربيجان", "country"), Piece("، قطر")]
    assert woven(pieces) == 'و<a class="mention" href="/countries/az/" title="أذربيجان">أذربيجان</a>، قطر'


def test_each_source_of_a_record_is_told_once_and_numbered() -> None:
    posts = [{"source": "capture A"}]
    names = [{"names": [{"source": "CLDR"}, {"source": "capture A"}, {"source": ""}]}]
    sources = sources_of(posts, names)
    assert sources == ["capture A", "CLDR"]
    assert number_in("CLDR", sources) == 2
    assert number_in("", sources) == 0


def test_a_digest_is_cut_to_what_names_the_capture() -> None:
    digest = "26b14ba7e75e08d06ce303406ec44937b4b3909727f6c27b7bdcb631b71c272a"
    assert short_digests(f"capture sha256:{digest}") == "capture sha256:26b14ba7e75e…"
    assert short_digests("CLDR 47 via Babel 2.18.0") == "CLDR 47 via Babel 2.18.0"


@pytest.mark.parametrize(
    ("language", "calendar", "precision", "expected"),
    [
        ("ar", "solar_hijri", "minute", [("4 أكتوبر 2023", "ar", "2023-10-04"), ("۱۲ مهر ۱۴۰۲", "fa", "2023-10-04")]),
        ("fa", "solar_hijri", "minute", [("۱۲ مهر ۱۴۰۲", "fa", "2023-10-04")]),
        ("en", "gregorian", "day", [("4 October 2023", "en", "2023-10-04")]),
        ("en", "gregorian", "month", [("October 2023", "en", "2023-10")]),
        ("fa", "gregorian", "year", [("۲۰۲۳", "fa", "2023")]),
    ],
)
def test_a_report_shows_the_readers_date_and_its_own(
    language: str, calendar: str, precision: str, expected: list[tuple[str, str, str]]
) -> None:
    article = Article(
        dated_on=datetime.date(2023, 10, 4), date_calendar=calendar, date_precision=precision, language="fa"
    )
    with override(language):
        assert [(date["text"], date["language"], date["iso"]) for date in shown_dates(article)] == expected


def test_an_undated_report_shows_no_date() -> None:
    assert shown_dates(Article(language="ar")) == []


def test_a_value_of_another_direction_is_isolated() -> None:
    assert isolated("AzVision") == "<bdi>AzVision</bdi>"
    assert isolated("۱۲ مهر ۱۴۰۲", "fa") == '<bdi lang="fa" dir="rtl">۱۲ مهر ۱۴۰۲</bdi>'

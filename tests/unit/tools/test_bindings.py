"""What graders import: each name answers on real words, without settings, and reads the five articles as archived."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bindings
from tools.bindings import ExtractionError, NoArticle, date_article, find_dates, find_mentions, match, rank, take_in

ROOT = Path(__file__).resolve().parents[3]
CAPTURES = {path.name[:3]: path for path in (ROOT / "fixtures/captures").iterdir()}


def test_a_query_meets_a_text() -> None:
    found = match("آنها می روند", "میروند", lang="fa")
    assert found is not None
    assert [(start, end) for start, end, *_rest in found.ranges] == [(5, 12)]
    assert match("آنها می روند", "قطر", lang="fa", names=True) is None


def test_dates_of_a_day_and_of_a_range() -> None:
    (day,) = find_dates("في 26 أكتوبر 2020", lang="ar", ref=None)
    assert (day.iso, day.start_iso, day.end_iso) == ("2020-10-26", None, None)
    (days,) = find_dates("من 12 إلى 16 يوليو 2020", lang="ar")
    assert (days.start_iso, days.end_iso) == ("2020-07-12", "2020-07-16")


def test_records_are_mentioned_by_their_slugs() -> None:
    found = find_mentions("وصل خلف خلفوف إلى الدوحة", lang="ar")
    assert [(one.kind, one.record) for one in found] == [("official", "khalaf-khalafov"), ("country", "qa")]


@pytest.mark.parametrize(
    ("number", "source", "code", "date", "clock", "paragraphs"),
    [
        ("000", "", "", "2019-12-01", "", 8),
        ("001", "AzVision", "", "2020-10-26", "", 8),
        ("002", "الشرق", "", "", "", 2),
        ("003", "دفاعپرس", "620924", "2023-10-04", "23:23", 13),
        ("004", "", "", "", "", 8),
    ],
)
def test_a_file_becomes_the_article_that_is_archived(
    number: str, source: str, code: str, date: str, clock: str, paragraphs: int
) -> None:
    path = CAPTURES[number]
    taken = take_in(path.read_bytes(), path.name)
    assert (taken.source, taken.item_code, taken.date, taken.clock) == (source, code, date, clock)
    assert len(taken.paragraphs) == paragraphs
    assert taken.body == "\n\n".join(taken.paragraphs) == taken.extracted.body
    assert taken.language == ("fa" if number == "003" else "ar")
    assert taken.title


def test_the_kicker_stands_apart_from_the_title() -> None:
    taken = take_in(CAPTURES["003"].read_bytes(), CAPTURES["003"].name)
    assert taken.kicker == "امیرعبداللهیان در دیدار خلف اف:"
    assert taken.title == "زبان صلح و امنیت جایگزین تنش و درگیری در منطقه شود"


def test_what_is_no_article_is_refused_with_its_reason() -> None:
    with pytest.raises(ExtractionError):
        take_in(b"\x89PNG\r\n\x1a\n" + bytes(200), "picture.txt")
    with pytest.raises(NoArticle):
        take_in("<html><body><nav>الرئيسية</nav></body></html>".encode(), "page.html")


def test_lines_that_come_from_no_page_are_dated_too() -> None:
    assert date_article([], "في 26 أكتوبر 2020 عقدت وزارتا الخارجية مشاورات سياسية.", "ar") is not None


def test_passages_are_ranked_as_a_reader_s_question_ranks_them() -> None:
    passages = ["أمطار على المدينة", "عقدت وزارتا الخارجية مشاورات سياسية في باكو", "جرت مشاورات في الدوحة"]
    assert rank(passages, "مشاورات سياسية باكو")[0] == 1


def test_the_examples_of_the_module_are_true() -> None:
    result = doctest.testmod(bindings)
    assert result.attempted > 3
    assert not result.failed


def test_nothing_of_it_needs_settings() -> None:
    code = "from tools.bindings import match; assert match('مشاورات في الدوحة', 'الدوحة', lang='ar')"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, check=True)

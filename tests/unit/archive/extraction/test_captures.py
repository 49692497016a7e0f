"""The five captured pages beside what is to be found on each."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from archive.extraction import ExtractedArticle, extract
from tests import CAPTURES, DATA

EXPECTED = DATA / "extraction"
PAGES = sorted(EXPECTED.glob("*.json"))
BOILERPLATE = (
    "قرأ 604",
    "مواضيع:",
    "الأخبار الأخيرة",
    "مقالات ذات صلة",
    "زر الذهاب إلى الأعلى",
    "نظر شما",
    "پربیننده ها",
    "آخرین اخبار",
    "پایان پیام",
    "کد خبر",
    "تاریخ انتشار",
)


def capture(expected: Path) -> bytes:
    return (CAPTURES / f"{expected.stem}.txt").read_bytes()


@pytest.fixture(params=PAGES, ids=lambda path: path.stem[:3])
def page(request: pytest.FixtureRequest) -> tuple[ExtractedArticle, dict[str, Any]]:
    expected: Path = request.param
    return extract(capture(expected), name=expected.stem), json.loads(expected.read_text("utf-8"))


def test_there_are_five_captured_pages() -> None:
    assert len(PAGES) == 5


def test_captured_page_yields_the_expected_article(page: tuple[ExtractedArticle, dict[str, Any]]) -> None:
    found, expected = page
    assert found.language == expected["language"]
    assert (found.kicker, found.title) == (expected["kicker"], expected["title"])
    assert list(found.paragraphs) == expected["paragraphs"]
    assert list(found.subheadings) == expected["subheadings"]
    assert found.encoding == expected["encoding"]


def test_captured_page_yields_the_expected_facts(page: tuple[ExtractedArticle, dict[str, Any]]) -> None:
    found, expected = page
    assert (found.source and found.source.name) == expected["source"]
    assert (found.source and found.source.evidence.text) == expected["source_evidence"]
    assert found.item_code == expected["item_code"]
    assert (found.item_code_evidence.text if found.item_code_evidence else "") == expected["item_code_printed"]
    assert [line.text for line in found.date_lines] == expected["date_lines"]
    assert found.target_uri == expected["target_uri"]


def test_every_cut_of_a_captured_page_is_recorded(page: tuple[ExtractedArticle, dict[str, Any]]) -> None:
    found, expected = page
    assert [[cut.rule, cut.text] for cut in found.removed] == expected["removed"]


def test_no_boilerplate_is_left_in_the_body(page: tuple[ExtractedArticle, dict[str, Any]]) -> None:
    found, _ = page
    assert not [phrase for phrase in BOILERPLATE if phrase in found.body]


def test_offsets_point_at_the_words_they_name(page: tuple[ExtractedArticle, dict[str, Any]]) -> None:
    found, _ = page
    claims = [found.source.evidence] if found.source else []
    for words in (*found.removed, *found.date_lines, *claims):
        assert found.page_text[words.start : words.end] == words.text
    for paragraph, span in zip(found.paragraphs, found.paragraph_spans, strict=True):
        assert span.of(found.page_text) == paragraph


def test_every_letter_of_a_page_is_kept_or_receipted(page: tuple[ExtractedArticle, dict[str, Any]]) -> None:
    found, _ = page
    parts = [*found.paragraph_spans, *found.removed]
    parts += [span for span in (found.title_span, found.kicker_span) if span]
    assert sum(part.end - part.start for part in parts) == len("".join(found.page_text[p.start : p.end] for p in parts))
    covered = sorted((part.start, part.end) for part in parts)
    between = [found.page_text[end:start] for (_, end), (start, _) in pairwise(covered)]
    between += [found.page_text[: covered[0][0]], found.page_text[covered[-1][1] :]]
    assert all(not gap.strip() for gap in between)


def test_dateline_of_003_is_found_as_printed() -> None:
    found = extract(capture(EXPECTED / "003_e345efdf4617a9a4.json"))
    assert [line.text for line in found.date_lines] == ["تاریخ انتشار: ۱۲ مهر ۱۴۰۲ - ۲۳:۲۳ - 04October 2023"]


def test_day_of_the_first_sentence_of_000_is_no_dateline() -> None:
    assert extract(capture(EXPECTED / "000_b9fc116f930bb129.json")).date_lines == ()


def test_agency_quoted_in_004_is_not_its_source() -> None:
    found = extract(capture(EXPECTED / "004_d551d2ad5a0e191b.json"))
    assert "تريند" in found.body
    assert found.source is None

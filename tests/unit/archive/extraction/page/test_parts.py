"""The small parts of reading a page: phrases compared, files that are no text, lines, and what markup says of them."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring

from archive.extraction.page.article_stretch import mark_article
from archive.extraction.page.errors import ExtractionError, NoArticle, PayloadTooLarge
from archive.extraction.page.folding import fold, key
from archive.extraction.page.furniture import is_hidden, is_small_print, rule_of
from archive.extraction.page.lines import line_at, read_plain
from archive.extraction.page.markup_facts import facts_of
from archive.extraction.page.signatures import binary_kind
from archive.extraction.page.types import Evidence, PageSpan
from archive.extraction.page.visible_lines import visible_lines


def markup(text: str) -> HtmlElement:
    return document_fromstring(text)


@pytest.mark.parametrize(
    ("one", "other"), [("پربیننده‌ها", "پربیننده ها:"), ("مواضيع ذات صلة", "مواضيع ذات صله"), ("کد خبر", "كد خبر")]
)
def test_phrases_are_compared_by_their_letters(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


def test_folding_keeps_the_length_so_that_offsets_hold() -> None:
    line = "تاریخ انتشار: ۱۲ مهر ۱۴۰۲ - أذربيجان"
    assert len(fold(line)) == len(line)


@pytest.mark.parametrize(("payload", "kind"), [(b"\x89PNG\r\n", "PNG"), (b"%PDF-1.7", "PDF"), ("باكو".encode(), "")])
def test_files_that_are_no_text_are_known_by_their_first_bytes(payload: bytes, kind: str) -> None:
    assert binary_kind(payload) == kind


def test_lines_stand_where_the_page_says_without_the_blanks_around_them() -> None:
    text = "باكو\n\n   عقدت الجولة  \n"
    assert [(line.text, text[line.start : line.end]) for line in read_plain(text).lines] == [
        ("باكو", "باكو"),
        ("عقدت الجولة", "عقدت الجولة"),
    ]
    assert line_at(text, 6, 9) is None
    assert PageSpan(0, 4).of(text) == "باكو"


def test_an_error_says_what_and_how_much() -> None:
    error = PayloadTooLarge(size=11, limit=10)
    assert isinstance(error, ExtractionError)
    assert (error.code, str(error)) == ("too-large", "The file has 11 bytes, more than the 10 that are read.")
    assert NoArticle().parameters == {}


@pytest.mark.parametrize(
    ("element", "rule"),
    [
        ("<nav>الرئيسية</nav>", "navigation"),
        ("<div class='share-buttons'>شارك</div>", "share-bar"),
        ("<div role='contentinfo'>حقوق</div>", "footer"),
        ("<div class='article-body'>نص</div>", ""),
        ("<div id='comments'>تعليق</div>", "comments"),
        ("<h1 class='menu'>عنوان</h1>", ""),
    ],
)
def test_markup_sets_furniture_apart(element: str, rule: str) -> None:
    assert rule_of(markup(element).body[0]) == rule


def test_what_a_browser_hides_is_hidden() -> None:
    page = markup("<p style='display: none'>خفي</p><p hidden>خفي</p><p>ظاهر</p><span class='post-date'>اليوم</span>")
    assert [is_hidden(element) for element in page.body] == [True, True, False, False]
    assert is_small_print(page.body[3])


def test_lines_are_broken_as_a_browser_breaks_them() -> None:
    page = markup(
        "<h1>بيان مشترك</h1><p>عقدت <b>الجولة</b> الثانية<br>في باكو</p><script>x</script><ul><li><a>المزيد</a>"
    )
    lines = list(visible_lines(page))
    assert [line.text for line in lines] == ["بيان مشترك", "عقدت الجولة الثانية", "في باكو", "المزيد"]
    assert [(line.role, line.outside) for line in lines][::3] == [("title", ""), ("", "link-list")]


def test_the_markup_states_title_site_and_day() -> None:
    head = """<head><title>بيان</title><meta property='og:site_name' content='AzVision'>
    <link rel='canonical' href='https://azvision.az/1'>
    <script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2020-10-26"}</script></head>نص"""
    assert {(name, value) for name, _label, value in facts_of(markup(head))} == {
        ("og:site_name", "AzVision"),
        ("canonical", "https://azvision.az/1"),
        ("meta-published", "2020-10-26"),
        ("title", "بيان"),
    }


def test_damaged_linked_data_states_nothing() -> None:
    assert facts_of(markup("<script type='application/ld+json'>{</script>نص")) == []


def test_the_heading_that_the_head_repeats_is_the_title() -> None:
    text = "<h2>الأخبار العاجلة</h2><h2>خلفوف يستقبل السفير</h2><p>باكو</p>"
    page = markup(text)
    lines = mark_article(list(visible_lines(page)), text, page, [key("خلفوف يستقبل السفير")])
    assert [line.role for line in lines] == ["heading", "title", ""]


def test_evidence_is_a_value() -> None:
    assert Evidence("باكو", 0, 4, "body") == Evidence("باكو", 0, 4, "body")

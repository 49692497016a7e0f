"""Which elements of a page are not its article, by tag, role, class and style; and the lines that a reader sees."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, fragment_fromstring, fromstring  # type: ignore[import-untyped]

from archive.extraction.page.article_stretch import mark_article, weight_of
from archive.extraction.page.folding import fold, key
from archive.extraction.page.furniture import is_hidden, is_small_print, kind_of, rule_of
from archive.extraction.page.lines import PageLine
from archive.extraction.page.visible_lines import visible_lines

PROSE = "عقدت وزارتا الخارجية في الدوحة مشاورات سياسية، وترأس الوفدين نائبا الوزيرين من البلدين أمس."


def element(markup: str) -> HtmlElement:
    return fragment_fromstring(markup)


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<nav>x</nav>", "navigation"),
        ("<footer>x</footer>", "footer"),
        ("<aside>x</aside>", "sidebar"),
        ('<div role="search">x</div>', "form"),
        ('<div class="related-news">x</div>', "related-list"),
        ('<div class="post-share social">x</div>', "share-bar"),
        ('<div id="comments">x</div>', "comments"),
        ('<div class="cookie-notice">x</div>', "cookie-banner"),
        ('<ul class="breadcrumb">x</ul>', "breadcrumb"),
        ('<p class="wp-caption-text">x</p>', "caption"),
        ('<blockquote class="twitter-tweet">x</blockquote>', "quoted-post"),
        ('<span itemprop="publisher">x</span>', "source-line"),
        ('<article class="widget">x</article>', ""),
        ('<div itemprop="articleBody" class="meta">x</div>', ""),
        ("<blockquote>x</blockquote>", ""),
        ('<div class="entry-content">x</div>', ""),
        ('<div class="shared-values">x</div>', ""),
    ],
)
def test_a_box_is_set_apart_by_what_it_is_called(markup: str, rule: str) -> None:
    assert rule_of(element(markup)) == rule


@pytest.mark.parametrize(
    ("markup", "hidden"),
    [
        ("<script>x</script>", True),
        ('<p hidden="">x</p>', True),
        ('<p style="color:red; display : none">x</p>', True),
        ('<p style="font-size:0">x</p>', True),
        ('<p style="font-size:0.9em">x</p>', False),
        ("<p>x</p>", False),
    ],
)
def test_what_no_browser_shows_is_hidden(markup: str, hidden: bool) -> None:
    assert is_hidden(element(markup)) is hidden


@pytest.mark.parametrize(
    ("markup", "small"),
    [
        ("<time>x</time>", True),
        ('<span class="post-date">x</span>', True),
        ('<a class="author">x</a>', True),
        ("<span>x</span>", False),
        ('<p class="post-date">x</p>', False),
        ('<span class="update">x</span>', False),
    ],
)
def test_small_print_inside_a_line_stands_apart(markup: str, small: bool) -> None:
    assert is_small_print(element(markup)) is small


def test_parts_of_a_page_builder_are_of_one_kind_whatever_their_number() -> None:
    one, other = (element(f'<div class="elementor-widget elementor-element-{number}">x</div>') for number in (17, 4))
    assert kind_of(one) == kind_of(other) != kind_of(element('<div class="elsewhere">x</div>'))


def lines(markup: str) -> list[PageLine]:
    return visible_lines(fromstring(f"<html><body>{markup}</body></html>"))


def test_lines_are_those_that_a_reader_sees() -> None:
    found = lines(f"<h1>خلفوف\n  في الدوحة</h1><p>{PROSE}<br>ثانيا</p><script>x</script><h3>عنوان</h3>")
    assert [(line.text, line.role) for line in found] == [
        ("خلفوف في الدوحة", "title"),
        (PROSE, ""),
        ("ثانيا", ""),
        ("عنوان", "heading"),
    ]


def test_a_line_of_links_alone_leads_elsewhere_and_a_link_inside_a_line_does_not() -> None:
    alone, inside = lines(f'<p><a href="/x">اقرأ عن المشاورات</a></p><p>{PROSE} <a href="/y">هنا</a></p>')
    assert (alone.is_link, alone.outside) == (True, "link-list")
    assert (inside.is_link, inside.outside) == (False, "")


def test_a_line_in_furniture_says_by_which_rule_and_in_which_box() -> None:
    found = lines(f'<p>{PROSE}</p><p>{PROSE}</p><div class="related-news"><p>خبر</p><p>آخر</p></div><nav>قائمة</nav>')
    assert [line.outside for line in found] == ["", "", "related-list", "related-list", "navigation"]
    assert found[2].box == found[3].box != found[4].box


def test_markup_of_any_depth_is_walked() -> None:
    assert lines("<div>" * 200 + PROSE + "</div>" * 200)[0].text == PROSE


def marked(*given: PageLine, titles: tuple[str, ...] = ()) -> list[PageLine]:
    root = fromstring("<html><body></body></html>")
    return mark_article(list(given), "<html></html>", root, [key(title) for title in titles])


def test_nothing_stands_above_the_title_but_its_kicker() -> None:
    ticker, kicker = PageLine(0, 0, "أسعار العملات اليوم"), PageLine(0, 0, "سياسة:")
    title, text = PageLine(0, 0, "خلفوف يلتقي نظيره القطري", "title"), PageLine(0, 0, PROSE)
    found = marked(ticker, kicker, title, text, text, text)
    assert [line.outside for line in found] == ["outside-article", "", "", "", "", ""]


def test_the_title_is_what_the_head_of_the_page_repeats() -> None:
    site, title = PageLine(0, 0, "صحيفة الشرق", "title"), PageLine(0, 0, "خلفوف يلتقي نظيره القطري", "heading")
    found = marked(site, title, PageLine(0, 0, PROSE), titles=("خلفوف يلتقي نظيره القطري - الشرق",))
    assert [line.role for line in found] == ["heading", "title", ""]


def test_what_stands_outside_has_no_weight() -> None:
    assert weight_of(PageLine(0, 0, PROSE)) == len(PROSE)
    assert weight_of(PageLine(0, 0, PROSE, outside="comments")) == 0


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("کد خبر: ۶۲۰۹۲۴", "كد خبر: 620924"),
        ("أُسبوع", "اُسبوع"),
        ("نامه‌ای", "نامه اي"),
        ("PUBLISHED", "published"),
        ("مدرسة", "مدرسه"),
        ("قطر", "قطر"),
    ],
)
def test_letters_that_look_alike_fold_to_one_and_offsets_hold(text: str, folded: str) -> None:
    assert fold(text) == folded and len(fold(text)) == len(text)


def test_headings_are_compared_by_letters_and_digits_alone() -> None:
    assert key("پربیننده‌ها") == key("پربیننده ها:") == key("  پربیننده_ها  ")
    assert key("* * *") == key("") == "" and key("٢٠٢٠") == "2020"

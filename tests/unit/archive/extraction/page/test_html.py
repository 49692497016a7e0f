"""The captured articles inside the markup of news sites: the same article comes out, and no script."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest

from archive.extraction import NoArticle, UnsafeMarkup, extract
from archive.extraction.page.html import looks_like_markup
from tests import DATA

PAGES = sorted((DATA / "extraction").glob("*.json"))
MENU = "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/p'>سياسة</a></li></ul></nav>"
COOKIES = (
    "<div id='cookie-consent' class='banner'><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك.</p>"
    "<button>موافق</button></div>"
)
SHARE = "<div class='share-buttons'><a href='#'>فيسبوك</a> <a href='#'>تويتر</a> <span>شارك الخبر</span></div>"
OTHERS = (
    "<aside class='sidebar'><h3>آخرین اخبار</h3><ul><li><a href='/1'>سفر وزیر به باکو</a></li>"
    "<li><a href='/2'>نشست سه‌جانبه در تهران</a></li></ul></aside>"
)
FOOT = "<footer><p>جميع الحقوق محفوظة © 2020</p><a href='/about'>من نحن</a></footer>"
TRAPS = (
    "<script>var stolen = 'سكربت';</script><style>.x{content:'نمط'}</style><noscript>فعّل جافاسكربت</noscript>"
    "<template><p>قالب مخفي</p></template><div style='display: none'>نص مخفي</div><p hidden>نص محجوب</p>"
    "<!-- تعليق مخفي -->"
)
NEVER_SHOWN = ("سكربت", "نمط", "فعّل", "قالب", "نص مخفي", "نص محجوب", "تعليق مخفي", "stolen")


def paragraphs_of(article: dict[str, Any], tag: str = "p") -> str:
    return "".join(f"<{tag}>{html.escape(text)}</{tag}>\n" for text in article["paragraphs"])


def semantic_page(article: dict[str, Any]) -> str:
    kicker = f"<h4>{article['kicker']}</h4>" if article["kicker"] else ""
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{article['title']} | الموقع</title>"
        f"<meta property='og:site_name' content='الموقع'><link rel='canonical' href='https://example.org/n/604'>"
        f"<meta property='article:published_time' content='2020-10-26T10:45:00+04:00'></head>"
        f"<body>{COOKIES}{MENU}{TRAPS}<article>{kicker}<h1>{article['title']}</h1>"
        f"<div class='meta'><span>26 أكتوبر 2020</span> | <span>قرأ 604</span></div>"
        f"{SHARE}{paragraphs_of(article)}</article>{OTHERS}{FOOT}</body></html>"
    )


def div_page(article: dict[str, Any]) -> str:
    """A page of divisions alone, its tags partly left open, as older sites have them."""
    kicker = f"<div class=rutitr>{article['kicker']}</div>" if article["kicker"] else ""
    lines = "<br><br>".join(html.escape(text) for text in article["paragraphs"])
    return (
        f"<html><head><title>{article['title']}</title><body>"
        f"<div class='menu'><a href=/>خانه</a> <a href=/s>سیاسی</a></div>{TRAPS}"
        f"<div id=content>{kicker}<h1>{article['title']}</h1><div class=date>تاریخ انتشار: ۱۲ مهر ۱۴۰۲</div>"
        f"<div class=body>{lines}</div>{SHARE}</div>"
        f"<div class='related-news'><h3>اخبار مرتبط</h3><a href=/1>خبر دیگر</a></div>"
        f"<div class=footer>کلیه حقوق محفوظ است</div>"
    )


def theme_page(article: dict[str, Any]) -> str:
    """A page in the manner of a common Arabic theme: the small print runs together, all of it but style."""
    lists = "".join(f"<li><a href='/{number}'>وزير الخارجية يستقبل سفيرا {number}</a></li>" for number in range(9))
    kicker = f"<p>{article['kicker']}</p>" if article["kicker"] else ""
    return (
        f"<!doctype html><html><head><title>{article['title']} - موقع</title></head><body class='single has-sidebar'>"
        f"<header><div class=logo><h2>موقع الأخبار</h2></div>{MENU}</header>{TRAPS}<article>{kicker}"
        f"<h1>{article['title']}</h1><div class='post-meta'><span class='meta-author'>admin</span>"
        f"<span class='date'>19 أكتوبر، 2021</span><span class='meta-views'>604</span></div>"
        f"<div class='entry'>{paragraphs_of(article)}</div></article><div id='related-posts'><h3>مقالات ذات صلة</h3>"
        f"<ul>{lists}</ul></div><div id='comments'><h3>اترك تعليقاً</h3></div><a id='top'>زر الذهاب إلى الأعلى</a>"
    )


def bare_page(article: dict[str, Any]) -> str:
    """A page whose markup names neither title nor text."""
    links = "".join(f"<div><a href='/{number}'>وزير الخارجية يستقبل سفيرا {number}</a></div>" for number in range(9))
    kicker = f"<div>{article['kicker']}</div>" if article["kicker"] else ""
    lines = paragraphs_of(article, "div")
    return f"<html><body>{TRAPS}<div>{kicker}<div><b>{article['title']}</b></div>{lines}</div><div>{links}</div>"


LAYOUTS = [semantic_page, div_page, theme_page, bare_page]


@pytest.fixture(params=PAGES, ids=lambda path: path.stem[:3])
def article(request: pytest.FixtureRequest) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(request.param.read_text("utf-8"))
    return data


@pytest.mark.parametrize("wrap", LAYOUTS)
def test_article_comes_out_of_its_markup_whole(article: dict[str, Any], wrap: Any) -> None:
    found = extract(wrap(article).encode(), name="page.txt")
    assert found.title == article["title"]
    assert found.kicker == article["kicker"]
    assert list(found.paragraphs) == article["paragraphs"]
    assert found.language == article["language"]


@pytest.mark.parametrize("wrap", LAYOUTS)
def test_what_a_browser_does_not_show_is_nowhere_in_the_page_text(article: dict[str, Any], wrap: Any) -> None:
    found = extract(wrap(article).encode())
    assert not [words for words in NEVER_SHOWN if words in found.page_text]


@pytest.mark.parametrize("wrap", LAYOUTS)
def test_offsets_into_the_text_of_markup_hold(article: dict[str, Any], wrap: Any) -> None:
    found = extract(wrap(article).encode())
    for words in (*found.removed, *found.date_lines):
        assert found.page_text[words.start : words.end] == words.text
    for paragraph, span in zip(found.paragraphs, found.paragraph_spans, strict=True):
        assert span.of(found.page_text) == paragraph
    parts = [*found.paragraph_spans, *found.removed, *(span for span in (found.title_span, found.kicker_span) if span)]
    left = list(found.page_text)
    for part in parts:
        left[part.start : part.end] = " " * (part.end - part.start)
    assert not any(character.isalnum() for character in left)


def test_metadata_states_source_address_and_moment(article: dict[str, Any]) -> None:
    found = extract(semantic_page(article).encode())
    assert found.source is not None
    assert found.source.name == "الموقع"
    assert found.target_uri == "https://example.org/n/604"
    assert [line.text for line in found.date_lines] == ["26 أكتوبر 2020", "2020-10-26T10:45:00+04:00"]


def test_date_in_the_small_print_is_a_date_line(article: dict[str, Any]) -> None:
    assert [line.text for line in extract(theme_page(article).encode()).date_lines] == ["19 أكتوبر، 2021"]


def test_linked_data_states_publisher_and_moment() -> None:
    data = {"@type": "NewsArticle", "datePublished": "2020-10-26", "publisher": {"name": "AzVision"}}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    page = f"<html><head>{script}</head><body><h1>مشاورات سياسية</h1><p>عقدت مشاورات في الدوحة اليوم.</p>"
    found = extract(page.encode())
    assert found.source is not None
    assert found.source.name == "AzVision"
    assert [(line.text, line.rule) for line in found.date_lines] == [("2020-10-26", "meta-published")]


def test_moment_of_a_time_element_is_a_date_line() -> None:
    moment = "<time datetime='2020-10-26'>أمس</time>"
    page = f"<html><body><article><h1>مشاورات سياسية</h1>{moment}<p>عقدت مشاورات في الدوحة.</p></article>"
    assert [line.text for line in extract(page.encode()).date_lines] == ["2020-10-26"]


@pytest.mark.parametrize(
    ("text", "is_markup"),
    [
        ("<!DOCTYPE html><p>قطر", True),
        ("\n<!-- x --><HTML lang=ar><body>قطر", True),
        ("<div><p>قطر</p><p>لاتفيا</p></div>", True),
        ("قطر < لاتفيا و x > y", False),
        ("قال <الوزير> إن", False),
    ],
)
def test_markup_is_known_by_its_content(text: str, is_markup: bool) -> None:
    assert looks_like_markup(text, "page.txt") is is_markup


def test_entity_bomb_is_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "قطر"><!ENTITY b "&a;&a;&a;">]><html><body>&b;</body></html>'
    )
    with pytest.raises(UnsafeMarkup):
        extract(bomb.encode())


@pytest.mark.parametrize(
    "page",
    ["<html></html>", "<html><body><script>x()</script></body></html>", "<!doctype html>", "<html><nav>الرئيسية</nav>"],
)
def test_markup_without_text_holds_no_article(page: str) -> None:
    with pytest.raises(NoArticle):
        extract(page.encode())


def test_article_in_a_box_called_social_is_not_lost(article: dict[str, Any]) -> None:
    box = f"<div class='social-layout'><h1>{article['title']}</h1>{paragraphs_of(article)}</div>"
    page = f"<html><body>{box}</body></html>"
    assert list(extract(page.encode()).paragraphs) == article["paragraphs"]


@pytest.mark.parametrize("element", ["article", "main", "section", "header", "div"])
@pytest.mark.parametrize("opening", ["", "<html lang='ar'>", "<html><head>", "<html><head></head>"])
def test_tags_of_head_and_body_may_be_left_out(element: str, opening: str) -> None:
    article = json.loads(PAGES[0].read_text("utf-8"))
    facts = "<meta charset='utf-8'><meta property='og:site_name' content='الشرق'>"
    text = f"<h1>{html.escape(article['title'])}</h1>{paragraphs_of(article)}"
    page = f"<!doctype html>{opening}<title>{html.escape(article['title'])}</title>{facts}<{element}>{text}</{element}>"
    found = extract(page.encode())
    assert found.title == article["title"]
    assert list(found.paragraphs) == article["paragraphs"]

"""What the pages of strangers do differently, kind by kind, and what of it must not change."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.extraction import ExtractionError, MisreadText
from archive.extraction.article import extract
from tests.unit.archive.extraction.strangers import (
    ARABIC,
    PERSIAN,
    REPORTS,
    Report,
    clock_of,
    day_of,
    page_of,
    read,
    text_of,
)
from tools.bindings import take_in


def linked(data: dict[str, Any]) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


BOXES = (
    "post-share",
    "td-post-content no-social",
    "sidebar-widget",
    "ads-free",
    "entry-content comments-open",
    "widget-area main",
    "elementor-element elementor-element-7f3a elementor-widget elementor-widget-text-editor",
    "author-text",
    "related-content",
    "menu-page",
    "jeg_share content-inner",
    "meta-content",
    "comment-body",
    "footer-layout",
    "article-with-sidebar",
    "newsletter-article",
    "social-wide",
    "banner-ad-free story",
)
PLACES = (
    "byline",
    "author-box",
    "share-buttons",
    "breadcrumb",
    "widget-meta",
    "ad-top",
    "menu-item",
    "social",
    "comments-count",
    "sidebar-info",
    "post-footer footer",
    "related-info",
    "newsletter-date",
    "article-info",
)


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.language)
def test_box_that_holds_the_prose_is_the_article_whatever_it_is_called(report: Report, box: str) -> None:
    found = read(page_of(report, text=f"<div class='{box}'>{text_of(report)}</div>"))
    assert (found.title, found.paragraphs, day_of(found)) == (report.title, report.paragraphs, report.iso)


@pytest.mark.parametrize("box", BOXES[:9])
def test_paragraph_in_a_box_of_its_own_is_kept(box: str) -> None:
    parts = "".join(f"<div class='{box}'><p>{words}</p></div>" for words in ARABIC.paragraphs)
    assert read(page_of(ARABIC, text=parts)).paragraphs == ARABIC.paragraphs


@pytest.mark.parametrize("tag", ["form", "aside", "footer", "nav", "blockquote", "section", "table"])
def test_element_that_holds_the_prose_is_the_article(tag: str) -> None:
    found = read(page_of(ARABIC, text=f"<{tag}>{text_of(ARABIC)}</{tag}>"))
    assert found.paragraphs == ARABIC.paragraphs


AD = "تعلن صحيفتنا عن فتح باب الاشتراك السنوي بسعر مخفض لجميع القراء الراغبين في ذلك هذا العام."


@pytest.mark.parametrize(
    "box",
    ["sidebar", "comments", "newsletter", "widget", "related", "ads", "share", "footer", "author-bio", "popular-posts"],
)
@pytest.mark.parametrize("inside", [True, False])
def test_box_beside_the_prose_is_furniture(box: str, inside: bool) -> None:
    extra = f"<div class='{box}'><p>{AD}</p></div>"
    first, *others = ARABIC.paragraphs
    text = f"<div class='c'><p>{first}</p>{extra}{''.join(f'<p>{words}</p>' for words in others)}</div>"
    found = read(page_of(ARABIC, text=text) if inside else page_of(ARABIC, below=extra))
    assert found.paragraphs == ARABIC.paragraphs
    assert any(AD in cut.text for cut in found.removed)


@pytest.mark.parametrize("box", PLACES)
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.language)
def test_dateline_and_code_are_found_in_any_box_below_the_title(report: Report, box: str) -> None:
    label = "رقم الخبر" if report.language == "ar" else "کد خبر"
    found = read(
        page_of(report, date=f"<div class='{box}'><span>{report.day}</span> <span>{label}: 734992</span></div>")
    )
    assert (day_of(found), found.item_code, found.paragraphs) == (report.iso, "734992", report.paragraphs)


@pytest.mark.parametrize(
    "date",
    [
        "<footer class='submitted'>نشر في {}</footer>",
        "<aside><time>{}</time></aside>",
        "<nav class='meta'><a href='/a'>{}</a></nav>",
        "<div class='author'><a href='/u'>محمد علي</a><span class='date'>{}</span></div>",
        "<ul class='post-meta'><li>سياسة</li><li>{}</li></ul>",
        "<div class='share'><a href='#'>فيسبوك</a> <span class='date'>{}</span></div>",
        "<div class='breadcrumb'><a href='/'>الرئيسية</a> <span class='date'>{}</span></div>",
    ],
)
def test_dateline_is_found_beside_other_small_print(date: str) -> None:
    assert day_of(read(page_of(ARABIC, date=date.format(ARABIC.day)))) == ARABIC.iso


@pytest.mark.parametrize(
    "head",
    [
        "<meta itemprop='datePublished' content='2020-02-14T10:00:00+01:00'>",
        "<meta name='DC.date.issued' content='2020-02-14'>",
        linked({"@graph": [{"@type": "NewsArticle", "datePublished": "2020-02-14"}]}),
        linked(
            {
                "@type": "ClaimReview",
                "itemReviewed": {"datePublished": "2020-02-07"},
                "datePublished": "2020-02-14 09:44",
            }
        ),
        '<script type=\'application/ld+json\'>[{"@type":["Article"],"datePublished":"2020-02-14T09:00:00Z"}]</script>',
    ],
)
def test_day_is_read_from_the_head(head: str) -> None:
    assert day_of(read(page_of(ARABIC, date="", head=head))) == ARABIC.iso


@pytest.mark.parametrize(
    "date",
    [
        "<span property='dc:date dc:created' content='2020-02-14T10:00:00+01:00' datatype='xsd:dateTime'>الجمعة</span>",
        "<abbr class='published' title='2020-02-14T10:00:00+01:00'>الجمعة</abbr>",
        "<div itemprop='datePublished' content='2020-02-14'>أمس</div>",
        "<div class='byline'><time datetime='2020-02-14T10:00:00+01:00'>أمس</time></div>",
    ],
)
def test_day_is_read_from_microdata_and_rdfa(date: str) -> None:
    assert day_of(read(page_of(ARABIC, date=date))) == ARABIC.iso


@pytest.mark.parametrize(
    "below",
    [
        (
            "<div class='related'><a href='/1'>جلسة جديدة بين المنامة وبيروت بشأن السجناء</a> "
            "<span class='date'>5 مايو 2015</span></div>"
        ),
        "<aside><h3>جلسة جديدة بين المنامة وبيروت</h3><time datetime='2015-05-05'>5 مايو 2015</time></aside>",
        "<div><a href='/1'>جلسة جديدة بين المنامة وبيروت بشأن السجناء</a><p>5 مايو 2015</p></div>",
        "<div class='comments'><p>أحمد</p><p>5 مايو 2015</p><p>شكرا على هذا الخبر</p></div>",
    ],
)
@pytest.mark.parametrize("is_dated", [True, False])
def test_date_of_another_story_never_dates_the_report(below: str, is_dated: bool) -> None:
    found = read(page_of(ARABIC, below=below, date=None if is_dated else ""))
    assert day_of(found) == (ARABIC.iso if is_dated else "")


POSTS = (
    (
        "<blockquote class='twitter-tweet'><p>نذكّر بموقفنا الثابت من الملف</p>&mdash; (@mofa) <a href='#'>{}"
        "</a></blockquote>"
    ),
    "<div class='fb-post'><p>نذكّر بموقفنا الثابت من الملف</p><span class='date'>{}</span></div>",
    "<blockquote class='instagram-media'><p>نذكّر بموقفنا</p><time datetime='2017-05-03'>{}</time></blockquote>",
    "<figure class='wp-block-embed is-provider-twitter'><p>نذكّر بموقفنا</p><p>{}</p></figure>",
    "<blockquote><p>نذكّر بموقفنا الثابت من الملف</p><p>{}</p></blockquote>",
    "<div class='telegram-post'><p>نذكّر بموقفنا الثابت من الملف</p><time>{}</time></div>",
)


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("printed", ["May 3, 2017", "3 مايو 2017", "۱۳ اردیبهشت ۱۳۹۶"])
@pytest.mark.parametrize("date", [None, "", "<div class='byline'>14 فبراير 2020</div>"])
def test_date_of_a_quoted_post_never_dates_the_report(post: str, printed: str, date: str | None) -> None:
    first, *others = ARABIC.paragraphs
    text = f"<div class='c'><p>{first}</p>{post.format(printed)}{''.join(f'<p>{words}</p>' for words in others)}</div>"
    found = read(page_of(ARABIC, date=date, text=text))
    assert day_of(found) == ("" if date == "" else ARABIC.iso)
    assert [words for words in ARABIC.paragraphs if words in found.paragraphs] == list(ARABIC.paragraphs)


def test_quotation_of_an_official_is_text() -> None:
    said = "نحن ملتزمون بما اتفقنا عليه في الرباط، وسنعمل على تنفيذه قبل نهاية العام."
    text = f"<div class='c'>{text_of(ARABIC)}<blockquote><p>{said}</p></blockquote></div>"
    assert read(page_of(ARABIC, text=text)).paragraphs == (*ARABIC.paragraphs, said)


OTHERS = ("أمن الحدود على طاولة عمّان والكويت", "مكافحة التصحر على طاولة بغداد والرباط", "لقاء في مسقط بشأن الصيد")


@pytest.mark.parametrize(
    ("ticker", "item"),
    [
        ("<div class='top'>{}</div>", "<h3><a href='/x'>{}</a></h3>"),
        ("<div class='top'>{}</div>", "<h4>{}</h4>"),
        ("<div class='top'>{}</div>", "<h2><a href='/x'>{}</a></h2>"),
        ("<section>{}</section>", "<h5>{}</h5>"),
        ("<div class='brk'>{}</div>", "<div>{}</div>"),
        ("<ul>{}</ul>", "<li>{}</li>"),
        ("<ul>{}</ul>", "<li><h4><span class='category'>عاجل:</span> <a href='/x'>{}</a></h4></li>"),
        ("<marquee>{}</marquee>", "<span>{} ***</span>"),
        ("<div>{}</div>", "<p><a href='/x'>{}</a></p>"),
        ("<table><tr>{}</tr></table>", "<td>{}</td>"),
    ],
)
@pytest.mark.parametrize("repeats", [True, False])
def test_ticker_above_the_headline_gives_nothing(ticker: str, item: str, repeats: bool) -> None:
    headlines = (ARABIC.title, *OTHERS) if repeats else OTHERS
    found = read(page_of(ARABIC, above=ticker.format("".join(item.format(words) for words in headlines))))
    assert (found.title, found.kicker, found.paragraphs) == (ARABIC.title, "", ARABIC.paragraphs)
    assert day_of(found) == ARABIC.iso


@pytest.mark.parametrize("kicker", ["<h4>وزير الخارجية المغربي:</h4>", "<h3>بعد لقاء في عمّان</h3>"])
def test_kicker_above_the_headline_stays(kicker: str) -> None:
    found = read(page_of(ARABIC, above=kicker))
    assert found.kicker
    assert found.paragraphs == ARABIC.paragraphs


LABELS = (
    "انسخ الرابط", "تم نسخ الرابط", "الموضوع:", "التاريخ:", "المصدر:", "الكاتب:",
    "اقرأ المزيد: مدينة ساحلية تستضيف بطولة الشطرنج",
    "اقرأ أيضا: مدينة ساحلية تستضيف بطولة الشطرنج", "قد يهمك أيضا: مدينة ساحلية تستضيف البطولة", "قصص موصى بها",
    "أخبار ذات علاقة",
    "نرحب بتعليقاتكم، وتحتفظ الإدارة بحق حذف أي تعليق مسيء", "أضف تعليقًا", "كتبت منى أحمد", "كتب: أحمد سالم",
    "بقلم: د. أحمد سالم",
    "التعليقات المنشورة لا تعبر عن رأي الموقع", "شارك المقال", "استمع إلى الخبر", "طباعة الخبر",
    "لمتابعة آخر أخبارنا اشترك في قناتنا على واتساب",
    "بیشتر بخوانید: شهر ساحلی میزبان مسابقات شطرنج شد", "نظر خود را بنویسید", "داستان‌های پیشنهادی", "کپی لینک",
    "لینک کوتاه", "نویسنده: علی رضایی",
    "خبرنگار: مریم احمدی", "نظرات حاوی توهین منتشر نمی‌شود",
    "کاربران گرامی، لطفاً از نوشتن دیدگاه توهین‌آمیز خودداری کنید", "تاریخ:", "منبع:",
    "در همین زمینه بخوانید: شهر ساحلی میزبان شد", "این مطلب را به اشتراک بگذارید", "ارسال به دوستان", "مطالب مرتبط",
    "1 2 3", "٥",
    "(صورة أرشيفية)", "تصوير: محمد علي", "باريس - رويترز", "(أ ف ب)", "عکاس: رضا کمالی",
)  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(("tag", "place"), [("p", 0), ("p", 1), ("h3", 2), ("div", 3)])
def test_label_control_or_prompt_is_no_text(label: str, tag: str, place: int) -> None:
    parts = [f"<p>{words}</p>" for words in ARABIC.paragraphs]
    parts.insert(place, f"<{tag}>{label}</{tag}>")
    found = read(page_of(ARABIC, text=f"<div class='c'>{''.join(parts)}</div>"))
    assert found.paragraphs == ARABIC.paragraphs
    assert any(label in cut.text for cut in found.removed)


SENTENCES = (
    "وقال المصدر إن الموضوع سيبحث من جديد في الاجتماع المقبل بعد مراجعة النص.",
    "اقرأوا النص جيدا، قال الوزير للوفدين قبل أن يغادر القاعة إلى المطار.",
    "وتابع: إن الاتفاق سيعرض على البرلمان في دورته القادمة قبل نهاية العام.",
    "كتبت الصحيفة أن الاتفاق سيوقع في الرباط الشهر المقبل.",
    "شارك الوزير في الجلسة الافتتاحية للمؤتمر، ثم غادر إلى عمّان.",
    "وأضاف تعليقا على القرار أن بلاده ترحب بكل مبادرة.",
    "از خوانندگان خواسته شد متن بیانیه را بخوانند و نظر خود را تا پایان ماه بفرستند.",
    "منبع آگاه گفت موضوع در نشست آینده بررسی خواهد شد.",
    "نظر ایران درباره این سند تغییر نکرده است و مذاکرات ادامه دارد.",
    "بیشتر نمایندگان با این طرح موافقت کردند و آن را امضا کردند.",
    "تاریخ روابط دو کشور به سده گذشته بازمی‌گردد و پر از فراز و نشیب است.",
    "المصدر الرئيسي للخلاف هو الرسوم الجمركية، بحسب البيان.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_that_begins_like_a_label_is_text(sentence: str) -> None:
    parts = [f"<p>{words}</p>" for words in ARABIC.paragraphs]
    parts.insert(2, f"<p>{sentence}</p>")
    assert sentence in read(page_of(ARABIC, text=f"<div class='c'>{''.join(parts)}</div>")).paragraphs


MOMENTS = (
    # printed, metadata, day, clock
    ("2020/12/25 - 1:59 صباحًا", "2020-12-24T23:59:50+00:00", "2020-12-25", "01:59"),
    ("12 مارس 2021 - 12:40 ص", "2021-03-11T21:40:00Z", "2021-03-12", "00:40"),
    ("۲۹ بهمن ۱۳۹۸ - ۰۰:۴۵", "2020-02-17T21:15:00+00:00", "2020-02-18", "00:45"),
    ("۵ مهر ۱۴۰۰ ساعت ۰۰:۲۰", "2021-09-26T20:50:00Z", "2021-09-27", "00:20"),
    ("۱۵ تیر ۱۴۰۰ - ۰۱:۱۰", "2021-07-05T20:40:00Z", "2021-07-06", "01:10"),
    ("۱۲ سنبله ۱۴۰۰ - ۰۲:۱۰", "2021-09-02T21:40:00Z", "2021-09-03", "02:10"),
    ("3 يونيو 2019 19:05", "2019-06-03T16:05:00Z", "2019-06-03", "19:05"),
    ("الجمعة 12 مارس 2021، 03:15", "2021-03-11T23:15:00.000Z", "2021-03-12", "03:15"),
    ("12/03/2021 02:30", "2021-03-11T22:30:00+0000", "2021-03-12", "02:30"),
    ("12 مارس 2021", "2021-03-11T22:30:00Z", "2021-03-12", ""),
    ("الساعة 00:10 - 12 مارس 2021", "2021-03-11T21:10:00Z", "2021-03-12", "00:10"),
    ("12 مارس 2021 12:15 بتوقيت مكة", "2021-03-12T09:15:00Z", "2021-03-12", "12:15"),
)  # fmt: skip


@pytest.mark.parametrize(("printed", "stated", "day", "clock"), MOMENTS)
@pytest.mark.parametrize(
    "way",
    [
        "<meta property='article:published_time' content='{}'>",
        '<script type=\'application/ld+json\'>{{"@type":"NewsArticle","datePublished":"{}"}}</script>',
        "<meta itemprop='datePublished' content='{}'>",
        "",
    ],
)
def test_day_and_clock_are_as_printed(printed: str, stated: str, day: str, clock: str, way: str) -> None:
    line = f"<div class='date'>{printed}</div>" if way else f"<time datetime='{stated}'>{printed}</time>"
    report = PERSIAN if "۱" in printed else ARABIC
    found = read(page_of(report, head=way.format(stated), date=line))
    assert (day_of(found), clock_of(found)) == (day, clock)


def test_hour_printed_apart_belongs_to_its_day() -> None:
    date = "<span class='date'>12 مارس 2021</span><span class='time'>01:15</span>"
    found = read(
        page_of(ARABIC, head="<meta property='article:published_time' content='2021-03-11T22:15:00Z'>", date=date)
    )
    assert (day_of(found), clock_of(found)) == ("2021-03-12", "01:15")


def test_stated_day_far_from_what_stands_above_the_headline_is_believed() -> None:
    head = "<meta property='article:published_time' content='2020-02-14T09:00:00Z'>"
    found = read(page_of(ARABIC, head=head, above="<div class='today'>السبت 28 نوفمبر 2026</div>", date=""))
    assert day_of(found) == "2020-02-14"


def site(name: str) -> str:
    return f"<meta property='og:site_name' content='{name}'>"


def publisher(name: str) -> str:
    return linked({"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": name}})


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (site("المرفأ"), ["المرفأ"]),
        (site("صحيفة المرفأ | أخبار العالم لحظة بلحظة | Almarfa"), ["صحيفة المرفأ"]),
        (site("أخبار العالم لحظة بلحظة - صحيفة المرفأ"), ["صحيفة المرفأ"]),
        (site("Almarfa - المرفأ"), ["المرفأ"]),
        (site("خبرگزاری پل | PolNews"), ["خبرگزاری پل"]),
        (site("پل: آخرین اخبار ایران و جهان") , ["پل"]),
        (site("almarfa") + publisher("صحيفة المرفأ"), ["صحيفة المرفأ"]),
        (site("@almarfa") + publisher("المرفأ"), ["المرفأ"]),
        (site("المرفأ") + publisher("شركة البحر للإعلام والنشر"), ["المرفأ"]),
        (publisher("شركة البحر للإعلام والنشر") + site("المرفأ"), ["المرفأ"]),
        (publisher("Gulf Media Holding LLC") + site("صحيفة المرفأ"), ["صحيفة المرفأ"]),
        (publisher("صحيفة المرفأ"), ["صحيفة المرفأ"]),
        (site("AzVision"), ["AzVision"]),
        (site("الخبر كما هو من مصدره أولا بأول") + publisher("المرفأ"), ["المرفأ"]),
        (
            linked(
                {
                    "@graph": [
                        {"@type": "NewsArticle", "publisher": {"@id": "#o"}},
                        {"@type": "Organization", "@id": "#o", "name": "المرفأ"},
                    ]
                }
            ),
            ["المرفأ"],
        ),
        ("<link rel='canonical' href='https://www.almarfa.example/news/1'>", ["almarfa.example"]),
    ],
)  # fmt: skip
def test_outlet_is_named_by_the_head(head: str, names: list[str]) -> None:
    found = read(page_of(ARABIC, head=head))
    assert found.source is not None
    assert found.source.name in names
    evidence = found.source.evidence
    assert found.page_text[evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("المصدر: صحيفة المرفأ", "صحيفة المرفأ"),
        ("(المصدر: المرفأ)", "المرفأ"),
        ("المصدر : المرفأ + وكالات", "المرفأ"),
        ("المصدر/ المرفأ", "المرفأ"),
        ("المصدر - المرفأ", "المرفأ"),
        ("مصدر الخبر: «المرفأ»", "المرفأ"),
        ("منبع: خبرگزاری پل", "خبرگزاری پل"),
        ("منبع خبر : پل", "پل"),
        ("[منبع: پل]", "پل"),
        ("نقلا عن صحيفة المرفأ", "صحيفة المرفأ"),
        ("به نقل از خبرگزاری پل", "خبرگزاری پل"),
        ("جميع الحقوق محفوظة لصحيفة المرفأ © 2020", "صحيفة المرفأ"),
        ("<div itemprop='publisher' itemscope><span itemprop='name'>إذاعة المرفأ</span></div>", "إذاعة المرفأ"),
        ("<span itemprop='publisher'>إذاعة المرفأ</span>", "إذاعة المرفأ"),
    ],
)
def test_outlet_is_named_by_a_line_of_the_page(line: str, name: str) -> None:
    found = read(page_of(ARABIC, text=f"<div class='c'>{text_of(ARABIC)}<p>{line}</p></div>"))
    assert found.source is not None
    assert found.source.name == name
    assert found.paragraphs == ARABIC.paragraphs


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("به گزارش خبرگزاری پل، ", "پل"),
        ("بنا به گزارش خبرگزاری پل، ", "پل"),
        ("بنابر گزارش پل، ", "پل"),
        ("بر اساس گزارش خبرگزاری پل، ", "پل"),
        ("به نقل از خبرگزاری پل، ", "پل"),
        ("به نوشته روزنامه پل، ", "پل"),
        ("طبق گزارش خبرگزاری پل، ", "پل"),
        ("خبرگزاری پل: ", "پل"),
    ],
)
def test_outlet_is_named_by_the_words_that_open_the_text(opening: str, name: str) -> None:
    first, *others = PERSIAN.paragraphs
    text = "".join(f"<p>{words}</p>" for words in (opening + first, *others))
    found = read(page_of(PERSIAN, text=f"<div class='c'>{text}</div>"))
    assert found.source is not None
    assert found.source.name == name


@pytest.mark.parametrize(
    "head",
    [
        "{} - شؤون البحر - تقارير اليوم - المرفأ",
        "المرفأ | شؤون البحر | {}",
        "المرفأ - {} - شؤون البحر",
        "{} | صحيفة المرفأ | شؤون البحر",
    ],
)
def test_sections_stand_between_the_title_and_the_outlet(head: str) -> None:
    found = read(page_of(ARABIC, title=head.format(ARABIC.title)))
    assert found.source is not None
    assert found.source.name.removeprefix("صحيفة ") == "المرفأ"


def test_outlet_stands_beside_the_title_of_the_window() -> None:
    found = read(page_of(ARABIC, title=f"{ARABIC.title} - المرفأ"))
    assert found.source is not None
    assert found.source.name == "المرفأ"


@pytest.mark.parametrize(
    ("line", "told"),
    [("وقال المصدر: إن الاتفاق قريب من التوقيع، ولن يتأخر كثيرا بعد اليوم.", None), ("المصدر: وكالات", None)],
)
def test_source_without_a_name_is_none(line: str, told: str | None) -> None:
    found = read(page_of(ARABIC, text=f"<div class='c'>{text_of(ARABIC)}<p>{line}</p></div>"))
    assert (found.source.name if found.source else None) == told


def plain(report: Report) -> str:
    return "\n".join((report.title, report.day, "", "\n\n".join(report.paragraphs), ""))


MISREADINGS = [
    ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "cp1256"), ("utf-8", "cp1251"), ("utf-8", "mac_roman"),
    ("utf-8", "cp850"),
    ("cp1256", "latin-1"), ("cp1256", "cp1252"), ("cp1256", "cp1251"), ("cp1256", "cp1254"), ("iso8859-6", "latin-1"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "taken_for"), MISREADINGS)
@pytest.mark.parametrize("is_markup", [True, False])
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.language)
def test_letters_misread_before_saving_are_refused(
    report: Report, written: str, taken_for: str, is_markup: bool
) -> None:
    page = page_of(report) if is_markup else plain(report)
    damaged = page.encode(written, "ignore").decode(taken_for, "ignore")
    with pytest.raises(ExtractionError):
        extract(damaged.encode(), name="page.html" if is_markup else "page.txt")


def test_letters_lost_to_question_marks_are_refused() -> None:
    with pytest.raises(MisreadText):
        extract(page_of(ARABIC).encode("ascii", "replace"))


def test_letters_misread_twice_are_refused() -> None:
    once = plain(PERSIAN).encode().decode("cp1252", "ignore")
    with pytest.raises(MisreadText):
        extract(once.encode().decode("cp1252", "ignore").encode())


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "utf-16", "utf-8-sig", "iso8859-6"])
def test_text_in_its_own_encoding_is_taken(encoding: str) -> None:
    found = extract(plain(ARABIC).encode(encoding), name="page.txt")
    assert (found.title, found.paragraphs) == (ARABIC.title, ARABIC.paragraphs)


@pytest.mark.parametrize(
    "date",
    [
        "<div class='byline'>بقلم أحمد سالم - 14 فبراير 2020 رقم الخبر: 734992</div>",
        "<div class='author'>أحمد سالم - القاهرة <span>14 فبراير 2020</span> كود الخبر: 734992</div>",
        (
            "<div class='breadcrumb'><a href='/'>الرئيسية</a> / <a href='/s'>سياسة"
            "</a> / 14 فبراير 2020 / رقم الخبر: 734992</div>"
        ),
        (
            "<div class='share-bar'><a>فيسبوك</a> <a>تويتر</a> <span>14 فبراير 2020</span> "
            "<span>رقم الخبر: 734992</span></div>"
        ),
        "<dl class='byline'><dt>التاريخ</dt><dd>14 فبراير 2020</dd><dt>رقم الخبر</dt><dd>734992</dd></dl>",
        (
            "<table class='menu'><tr><td>التاريخ:</td><td>14 فبراير 2020</td></tr><tr><td>رقم الخبر:</td>"
            "<td>734992</td></tr></table>"
        ),
    ],
)
def test_dateline_and_code_are_taken_out_of_a_line_that_says_more(date: str) -> None:
    found = read(page_of(ARABIC, date=date))
    assert (day_of(found), found.item_code, found.paragraphs) == (ARABIC.iso, "734992", ARABIC.paragraphs)


def test_name_of_the_site_in_a_heading_of_its_own_is_no_kicker() -> None:
    found = read(page_of(ARABIC, above="<h1 class='logo'>صحيفة المرفأ</h1>"))
    assert (found.title, found.kicker) == (ARABIC.title, "")


def test_preformatted_text_is_read_in_its_paragraphs() -> None:
    assert read(page_of(ARABIC, text=f"<pre>{chr(10).join(ARABIC.paragraphs)}</pre>")).paragraphs == ARABIC.paragraphs


@pytest.mark.parametrize(
    ("line", "byline", "agency", "place"),
    [
        ("باريس - رويترز", "", "رويترز", "باريس"),
        ("الرياض – واس:", "", "واس", "الرياض"),
        ("(أ ف ب)", "", "أ ف ب", ""),
        ("كتبت منى أحمد", "منى أحمد", "", ""),
        ("بقلم: أحمد سالم", "أحمد سالم", "", ""),
        ("كتب: أحمد سالم - القاهرة", "أحمد سالم", "", "القاهرة"),
        ("خبرنگار: مریم احمدی", "مریم احمدی", "", ""),
        ("عواصم - وكالات", "", "", "عواصم"),
    ],
)
def test_byline_agency_and_place_are_fields(line: str, byline: str, agency: str, place: str) -> None:
    found = read(page_of(ARABIC, text=f"<div class='c'><p>{line}</p>{text_of(ARABIC)}</div>"))
    told = [part.text if part else "" for part in (found.byline, found.agency, found.place)]
    assert told == [byline, agency, place]
    assert found.paragraphs == ARABIC.paragraphs
    for part in (found.byline, found.agency, found.place):
        assert part is None or found.page_text[part.start : part.end] == part.text


def test_agency_in_the_opening_words_is_a_field_and_the_words_stay() -> None:
    first = f"الدوحة 19 أكتوبر /قنا/ {ARABIC.paragraphs[0]}"
    found = read(page_of(ARABIC, text=f"<div class='c'><p>{first}</p><p>{ARABIC.paragraphs[1]}</p></div>"))
    assert (found.agency and found.agency.text, found.place and found.place.text) == ("قنا", "الدوحة")
    assert found.paragraphs[0] == first


@pytest.mark.parametrize(
    "box",
    [
        "<div class='author'>منى أحمد</div>",
        "<span class='byline'>بقلم منى أحمد</span>",
        "<a rel='author' class='author'>منى أحمد</a>",
    ],
)
def test_byline_is_read_from_its_box(box: str) -> None:
    found = read(page_of(ARABIC, date=f"{box}<div class='date'>{ARABIC.day}</div>"))
    assert found.byline is not None
    assert found.byline.text == "منى أحمد"


@pytest.mark.parametrize(
    ("address", "day", "clock"),
    [
        ("https://www.pol.ir/news/1", "2020-02-18", "00:45"),
        ("https://almarfa.sa/news/1", "2020-02-18", "00:15"),
        ("https://almarfa.ae/1", "2020-02-18", "01:15"),
        ("https://marfa.az/ar/1", "2020-02-18", "01:15"),
        ("https://almarfa.com.eg/1", "2020-02-17", "23:15"),
        ("https://almarfa.example/1", "2020-02-17", "21:15"),
    ],
)
def test_instant_alone_is_brought_to_the_zone_of_the_outlet(address: str, day: str, clock: str) -> None:
    stated = "<meta property='article:published_time' content='2020-02-17T21:15:00Z'>"
    taken = take_in(page_of(ARABIC, head=f"<link rel='canonical' href='{address}'>{stated}", date="").encode())
    assert (taken.date, taken.clock) == (day, clock)


@pytest.mark.parametrize("line", ["الرباط ـ المرفأ", "الرباط (المرفأ)", "القاهرة - أحمد سالم:"])
def test_line_of_place_and_name_right_below_the_title_is_no_text(line: str) -> None:
    found = read(page_of(ARABIC, text=f"<div class='c'><p>{line}</p>{text_of(ARABIC)}</div>"))
    assert found.paragraphs == ARABIC.paragraphs


@pytest.mark.parametrize("title", ["العراق: اتفاق مع إيران", "تقرير: اتفاق جديد في الرباط بشأن النقل"])
@pytest.mark.parametrize("kicker", ["", "سياسة\n"])
def test_short_title_with_a_colon_stays_the_title(kicker: str, title: str) -> None:
    text = f"{kicker}{title}\n{ARABIC.day}\n\n" + "\n\n".join(ARABIC.paragraphs)
    assert extract(text.encode(), name="page.txt").title == title

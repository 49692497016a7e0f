"""What the lines of news pages are, one table of real lines for each question."""

from __future__ import annotations

import pytest

from archive.extraction import extract
from archive.extraction.cutting.boilerplate import closing_mark, rule_for, segments
from archive.extraction.dates.datelines import is_clock, is_dateline, wire_dateline
from archive.extraction.page.languages import guess_language
from archive.extraction.page.titles import repeated_title

BODY_AR = (
    "تبادل الجانبان وجهات النظر حول عدد من قضايا التعاون الثنائي بين أذربيجان وقطر وجرت مناقشات حول آفاق تطوير التعاون "
    "بين البلدين في المجالات السياسية والاقتصادية والزراعية والسياحية والعلمية والتعليمية والثقافية وغيرها."
)
BODY_FA = (
    "وی همچنین خواستار توازن بخشی به جنبه‌های متنوع روابط دوجانبه با جمهوری آذربایجان در افق پیش رو شد و گفت اراده "
    "جمهوری اسلامی ایران توسعه و گسترش مناسبات همه جانبه با جمهوری آذربایجان است."
)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("قرأ 604", "view-counter"),
        ("عدد المشاهدات: 1,234", "view-counter"),
        ("المشاهدات ٦٠٤", "view-counter"),
        ("604 مشاهدة", "view-counter"),
        ("تعداد بازدید : ۱۲۳", "view-counter"),
        ("۱۲۳ بازدید", "view-counter"),
        ("604 views", "view-counter"),
        ("دقيقة واحدة", "reading-time"),
        ("0 604 دقيقة واحدة", "reading-time"),
        ("تمت القراءة 604 مرة", "view-counter"),
        ("القسم: سياسة", "category"),
        ("مواضيع: أذربيجان, لاتفيا", "tag-list"),
        ("+A -A", "ornament"),
        ("الخبر التالي", "navigation"),
        ("نسخه چاپی", "navigation"),
        ("زمان مطالعه: ۳ دقیقه", "reading-time"),
        ("0 تعليق", "comment-counter"),
        ("۱۲ نظر", "comment-counter"),
        ("کد خبر: ۶۲۰۹۲۴", "item-code"),
        ("شناسه خبر : 12345", "item-code"),
        ("رقم الخبر: 604", "item-code"),
        ("مواضيع:", "related-heading"),
        ("مقالات ذات صلة", "related-heading"),
        ("اقرأ أيضاً", "related-heading"),
        ("اقرأ أيضاً: وزير الخارجية يستقبل نظيره", "related-heading"),
        ("بیشتر بخوانید", "related-heading"),
        ("اخبار مرتبط", "related-heading"),
        ("الأخبار الأخيرة", "latest-heading"),
        ("آخرین اخبار", "latest-heading"),
        ("تازه‌ترین خبرها", "latest-heading"),
        ("الأكثر قراءة", "popular-heading"),
        ("پربیننده ها", "popular-heading"),
        ("پربیننده‌ها", "popular-heading"),
        ("پر بازدیدترین ها", "popular-heading"),
        ("نظر شما", "feedback-prompt"),
        ("ارسال نظر", "feedback-prompt"),
        ("اترك تعليقاً", "feedback-prompt"),
        ("زر الذهاب إلى الأعلى", "back-to-top"),
        ("بازگشت به بالا", "back-to-top"),
        ("پایان پیام/ 161", "end-of-message"),
        ("انتهای پیام/", "end-of-message"),
        ("انتهای‌پیام/69014/ع", "end-of-message"),
        ("// انتهى //", "end-of-message"),
        ("(انتهى)", "end-of-message"),
        ("// يتبع //", "end-of-message"),
        ("فيسبوك تويتر واتساب", "share-bar"),
        ("شارك من خلال تويتر فيسبوك جوجل", "share-bar"),
        ("اشتراک گذاری در تلگرام واتساپ ایتا", "share-bar"),
        ("Facebook Twitter WhatsApp", "share-bar"),
        ("الوسوم: أذربيجان، قطر", "tag-list"),
        ("برچسب ها: آذربایجان، ایران", "tag-list"),
        ("#آذربایجان #ایران", "tag-list"),
        ("المصدر: وات", "source-line"),
        ("منبع: ایسنا", "source-line"),
        ("رابط مختصر: https://example.org/x1", "page-address"),
        ("https://example.org/ar/news/604", "page-address"),
        ("لمراسلة الكاتب: katib@example.org", "author-contact"),
        ("عکس: رسول شجاعی", "photo-credit"),
        ("(صورة أرشيفية)", "photo-credit"),
        ("جميع الحقوق محفوظة © 2020", "copyright"),
        ("کلیه حقوق این سایت محفوظ است", "copyright"),
        ("نستخدم ملفات تعريف الارتباط لتحسين تجربتك", "cookie-banner"),
        ("تابعونا على تلغرام", "follow-prompt"),
        ("ما را در تلگرام دنبال کنید", "follow-prompt"),
        ("الرئيسية / أخبار / سياسة", "breadcrumb"),
        ("صفحه اصلی » سیاسی » دیپلماسی", "breadcrumb"),
        ("...المزيد", "more-link"),
        ("* * *", "ornament"),
    ],
)
def test_line_of_boilerplate_is_known_by_its_rule(line: str, rule: str) -> None:
    assert rule_for(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "توقيع اتفاقية سلام بين أذربيجان وأرمينيا",
        "المشاركة في العملية السلمية",
        "قرأ السفير البيان",
        "انتهى الاجتماع",
        "پایان کار شورای امنیت",
        "پایان جنگ قره‌باغ",
        "نظر ایران درباره قره‌باغ",
        "مواضيع البحث بين الوزيرين",
        "آخرین اخبار از مذاکرات وین",
        "شارك الوزير في المؤتمر",
        "مشاهدة الوزير للمعرض",
        "الخارجية الأذربيجانية",
        "خلف خلف اف",
        "في 26 أكتوبر ، عقدت وزارتا الخارجية مشاورات سياسية",
    ],
)
def test_line_of_the_article_is_left_alone(line: str) -> None:
    assert rule_for(line) == ""
    assert not segments(line)
    assert not is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "26 اكتوبر 2020",
        "الإثنين، ٢٦ تشرين الأول/أكتوبر ٢٠٢٠",
        "الاثنين 26 أكتوبر 2020 10:45 بتوقيت باكو",
        "تاریخ انتشار: ۱۲ مهر ۱۴۰۲ - ۲۳:۲۳ - 04October 2023",
        "دوشنبه ۵ آبان ۱۳۹۹ ساعت ۱۰:۲۳",
        "نُشر في: 2020/10/26",
        "۱۴۰۲/۰۷/۱۲ - ۲۳:۲۳",
        "25 شوال 1436 هـ الموافق 10 أغسطس 2015 م",
        "آخر تحديث: 26 أكتوبر 2020",
        "26 أفريل 2017",
        "8 ك2 2022",
        "24 نيسان | أبريل 2020",
        "30 شعبان المعظم 1445",
        "۲ تیر ۱۳۹۹ ساعت ۳:۰۹ ب.ظ.",
        "October 26, 2020",
        "دلو ۰۶, ۱۴۰۳",
        "حوت ۰۸، ۱۴۰۳",
        "سه‌شنبه ۷ حوت ۱۴۰۳",
        "تاریخ نشر: ۲۵ فبروری ۲۰۲۵",
        "منذ 3 ساعات",
        "۲ ساعت پیش",
    ],
)
def test_line_that_only_says_when_is_a_dateline(line: str) -> None:
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "في 1 ديسمبر 2019 ، عقدت الجولة الأولى من المشاورات السياسية",
        "أحداث 11 سبتمبر",
        "قرار مجلس الأمن رقم 1325",
        "2020",
        "از ۲۵ خرداد.",
        "بشار اسد",
        "۲۵ عضو جدی شورا",
        "تاريخ العلاقات بين قطر وأذربيجان",
        "دهم مهر",
    ],
)
def test_line_that_says_more_or_less_is_no_dateline(line: str) -> None:
    assert not is_dateline(line)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("أضف تعليقاً واقرأ تعليقات القراء", "feedback-prompt"),
        ("نرحب بتعليقاتكم على هذا الخبر", "feedback-prompt"),
        ("الرجاء عدم التعليق بألفاظ مسيئة", "feedback-prompt"),
        ("لن يتم نشر التعليقات المسيئة", "feedback-prompt"),
        ("شروط التعليق: عدم الإساءة للكاتب", "feedback-prompt"),
        ("تحتفظ إدارة الموقع بحق حذف أي تعليق مخالف", "feedback-prompt"),
        ("نرحب بتعليق العمليات العسكرية، وندعو إلى وقف دائم لإطلاق النار", ""),
        ("لن يتم تعليق العقوبات قبل التحقق من الاتفاق، قال المتحدث", ""),
        ("لا يتم تعليق العمل بالاتفاق النووي إلا بقرار من المجلس", ""),
        ("شروط تعليق العقوبات يحددها مجلس الأمن", ""),
        ("شروط المشاركة في المفاوضات لم تتغير", ""),
        ("وقال إنه يحق للإدارة الأمريكية تعديل الاتفاق متى شاءت", ""),
        ("كتبت أسماء نصار", "byline"),
        ("كتبت اسم الوزير", ""),
        ("(أبوظبي - البيان)", "byline"),
        ("[دمشق – سانا]", "byline"),
        ("(أوبك) - تجمع الدول المصدرة", ""),
        ("2min", "reading-time"),
    ],
)
def test_a_prompt_a_byline_and_their_likes_in_a_report(line: str, rule: str) -> None:
    assert rule_for(line) == rule


def test_place_and_agency_may_stand_in_a_dateline_beside_the_title() -> None:
    line = "جدة 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس"
    assert is_dateline(line, may_name_place=True)
    assert not is_dateline(line)


def test_hour_of_transmission_is_no_dateline() -> None:
    assert is_clock("12:41 ت م")
    assert not is_dateline("12:41 ت م")


@pytest.mark.parametrize(
    ("paragraph", "phrase"),
    [
        ("باكو، 26 أكتوبر 2020 (أذرتاج) – عقدت الجولة", "باكو، 26 أكتوبر 2020"),
        ("الدوحة 19 أكتوبر /قنا/ أعلنت وزارة الخارجية", "الدوحة 19 أكتوبر"),
        ("في 1 ديسمبر 2019 - عقدت الجولة", ""),
        ("واعتقل رضايان في 22 يوليو (تموز)", ""),
        ("قال الوزير - وهو في باكو - إن", ""),
    ],
)
def test_wire_opening_of_a_paragraph_is_a_dateline_and_stays(paragraph: str, phrase: str) -> None:
    assert wire_dateline(paragraph) == phrase


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("26 اكتوبر 2020    قرأ 604", ["dateline", "view-counter"]),
        ("26 أكتوبر 2020 قرأ 604", ["dateline", "view-counter"]),
        ("الاثنين 26 أكتوبر 2020 | 10:45 | المشاهدات: 7", ["dateline", "view-counter"]),
        (
            "کد خبر : ۶۲۰۹۲۴ تاریخ انتشار : ۱۲ مهر ۱۴۰۲ - ۲۳:۲۳ تعداد بازدید: 12",
            ["item-code", "dateline", "view-counter"],
        ),
        ("وزارتا خارجية أذربيجان ولاتفيا    قرأ 604", []),
    ],
)
def test_line_of_several_things_is_taken_apart(line: str, parts: list[str]) -> None:
    assert [rule for _, _, rule in segments(line)] == parts


@pytest.mark.parametrize(
    ("paragraph", "kept"),
    [
        ("مخالفیم. پایان پیام/ 161", "مخالفیم."),
        ("برگزار می‌شود. انتهای پیام/", "برگزار می‌شود."),
        ("في الدوحة. // انتهى //", "في الدوحة."),
        ("في الدوحة. (انتهى)", "في الدوحة."),
        ("این نشست به پایان رسید.", "این نشست به پایان رسید."),
        ("والاجتماع انتهى", "والاجتماع انتهى"),
    ],
)
def test_end_mark_behind_the_last_sentence_is_cut(paragraph: str, kept: str) -> None:
    assert paragraph[: closing_mark(paragraph)].rstrip() == kept


@pytest.mark.parametrize(
    ("paragraph", "rest"),
    [
        ("زبان صلح جایگزین تنش شودبه گزارش دفاعپرس، خلف اف", "به گزارش دفاعپرس، خلف اف"),
        ("زبان صلح جایگزین تنش شود به گزارش دفاعپرس، خلف اف", "به گزارش دفاعپرس، خلف اف"),
        ("زبان صلح جایگزین تنش شود - خلف اف گفت", "خلف اف گفت"),
        ("زبان صلح جایگزین تنش شود و امنیت بماند", "زبان صلح جایگزین تنش شود و امنیت بماند"),
        ("زبان صلح جایگزین تنش شودند", "زبان صلح جایگزین تنش شودند"),
        ("خلف اف گفت", "خلف اف گفت"),
    ],
)
def test_title_glued_to_a_paragraph_is_cut_and_a_lead_with_its_words_is_not(paragraph: str, rest: str) -> None:
    assert paragraph[repeated_title(paragraph, "زبان صلح جایگزین تنش شود") :] == rest


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وزير امور خارجه در اين ديدار گفت", "fa"),  # typed with Arabic yeh
        ("وزیر امور خارجه", "fa"),
        ("وزارة الخارجية القطرية", "ar"),
        ("مشاورات سياسية في الدوحة", "ar"),
        ("وزیر خارجہ نے کہا ہے کہ یہ ہماری بڑی کامیابی ہے", "und"),  # Urdu
        ("AzVision", "und"),
        ("604", "und"),
        ("", "und"),
    ],
)
def test_language_is_told_by_letters_and_small_words(text: str, language: str) -> None:
    assert guess_language(text).language == language


@pytest.mark.parametrize(
    ("opening", "source"),
    [
        ("حسب AzVision،وترأس الوفدين نائب الوزير.", "AzVision"),
        ("ذكر موقع الشرق أن السفير أكد.", "الشرق"),
        ("ذكرت وكالة الأنباء السعودية (واس) أن الوزير وصل.", "وكالة الأنباء السعودية"),
        ("أفادت وكالة أنباء “تريند” أن الوزير وصل.", "تريند"),
        ("نقلت صحيفة الوطن عن الوزير قوله.", "الوطن"),
        ("به گزارش گروه اخبار داخلی دفاعپرس، خلف اف آمد.", "دفاعپرس"),
        ("به گزارش دفاع‌پرس، خلف اف آمد.", "دفاع‌پرس"),
        ("به گزارش خبرگزاری فارس از تهران، خلف اف آمد.", "فارس"),
        ("به گزارش خبرنگار حج و زیارت خبرگزاری فارس، خلف اف آمد.", "فارس"),
        ("به گزارش ایسنا به نقل از رویترز، خلف اف آمد.", "ایسنا"),
        ("به گزارش خبرگزاری فرانسه، خلف اف آمد.", "خبرگزاری فرانسه"),
        ("خبرگزاری فارس: خلف اف آمد.", "فارس"),
        ("قال الوزير بحسب ما نقلته وكالة أنباء “تريند” الرسمية.", None),
        ("حسب بيان لوزارة الخارجية وصل الوزير.", None),
        ("ذكرت صحيفة جزائرية أن الوزير وصل.", None),
        ("به گزارش روابط عمومی وزارت خارجه، خلف اف آمد.", None),
        ("في 26 أكتوبر ، عقدت وزارتا الخارجية مشاورات.", None),
    ],
)
def test_source_is_the_outlet_that_opens_the_text(opening: str, source: str | None) -> None:
    found = extract(f"عنوان الخبر في الدوحة اليوم\n{opening} {BODY_AR}\n{BODY_FA}".encode())
    assert (found.source.name if found.source else None) == source


def test_source_on_a_line_of_its_own_is_cut_from_the_body() -> None:
    found = extract(f"مشاورات سياسية في الدوحة\n{BODY_AR}\nالمصدر: وات".encode())
    assert found.source is not None
    assert found.source.name == "وات"
    assert found.paragraphs == (BODY_AR,)


def test_headlines_below_related_heading_go_and_the_next_paragraph_stays() -> None:
    page = f"مشاورات سياسية في الدوحة\n{BODY_AR}\nاقرأ أيضا\nالوزير يصل إلى باكو\nقمة في الدوحة\n{BODY_AR[:-1]} اليوم."
    found = extract(page.encode())
    assert found.paragraphs == (BODY_AR, f"{BODY_AR[:-1]} اليوم.")
    assert [cut.rule for cut in found.removed] == ["related-heading", "related-list", "related-list"]


def test_everything_below_the_heading_that_closes_a_page_goes() -> None:
    page = f"مشاورات سياسية\n{BODY_AR}\n{BODY_FA}\nآخرین اخبار\nسفر وزیر به باکو پایان یافت.\nخبر دیگر"
    found = extract(page.encode())
    assert found.paragraphs == (BODY_AR, BODY_FA)
    assert [cut.rule for cut in found.removed] == ["latest-heading", "after-article", "after-article"]


def test_date_between_paragraphs_is_text() -> None:
    found = extract(f"مشاورات سياسية\n{BODY_AR}\n26 أكتوبر 2020\n{BODY_AR[:-1]} اليوم.".encode())
    assert "26 أكتوبر 2020" in found.paragraphs
    assert found.date_lines == ()


@pytest.mark.parametrize(
    ("head", "kicker", "title"),
    [
        (
            ["امیرعبداللهیان در دیدار خلف اف:", "زبان صلح جایگزین تنش شود"],
            "امیرعبداللهیان در دیدار خلف اف:",
            "زبان صلح جایگزین تنش شود",
        ),
        (["سخنگوی وزارت خارجه؛", "روابط دوجانبه توسعه می‌یابد"], "سخنگوی وزارت خارجه؛", "روابط دوجانبه توسعه می‌یابد"),
        (["سياسة", "مشاورات سياسية في الدوحة اليوم"], "سياسة", "مشاورات سياسية في الدوحة اليوم"),
        (
            ["دیدار در تهران", "زبان صلح جایگزین تنش شود", "زبان صلح جایگزین تنش شود"],
            "دیدار در تهران",
            "زبان صلح جایگزین تنش شود",
        ),
        (["السفير إسماعيلوف: آفاق جديدة", "لشراكات مثمرة بين قطر وأذربيجان"], "", "السفير إسماعيلوف: آفاق جديدة"),
    ],
)
def test_kicker_is_told_from_the_title(head: list[str], kicker: str, title: str) -> None:
    found = extract("\n".join([*head, BODY_FA, BODY_AR]).encode())
    assert (found.kicker, found.title) == (kicker, title)
    assert found.paragraphs[-2:] == (BODY_FA, BODY_AR)


def test_page_that_opens_with_a_long_sentence_has_no_title() -> None:
    found = extract(f"{BODY_AR}\n{BODY_AR[:-1]} اليوم.".encode())
    assert found.title == ""
    assert len(found.paragraphs) == 2

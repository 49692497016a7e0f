"""The outlet's name among slogans, companies, handles and sections: of what real heads of pages say."""

from __future__ import annotations

import pytest

from archive.extraction.cutting.site_names import Worth, beside_title, outlet_name
from archive.extraction.page.types import Evidence


def stated(text: str, start: int = 0) -> Evidence:
    return Evidence(text, start, start + len(text), "og:site_name")


@pytest.mark.parametrize(
    ("text", "name", "worth"),
    [
        ("الشرق", "الشرق", Worth.GOOD),
        ("صحيفة المرفأ | أخبار العالم لحظة بلحظة | Almarfa", "صحيفة المرفأ", Worth.GOOD),
        ("خبرگزاری ایسنا - آخرین اخبار ایران و جهان", "خبرگزاری ایسنا", Worth.GOOD),
        ("AzVision.az", "AzVision.az", Worth.LATIN),
        ("azvision.az", "azvision.az", Worth.POOR),
        ("Daily Sabah Arabic", "Daily Sabah Arabic", Worth.LATIN),
        ("@almarfa_news", "@almarfa_news", Worth.POOR),
        ("شركة المرفأ للنشر", "شركة المرفأ للنشر", Worth.POOR),
        ("الرئيسية | صحيفة الوطن", "صحيفة الوطن", Worth.GOOD),
        ("آخر الأخبار العاجلة على مدار الساعة", "آخر الأخبار العاجلة على مدار الساعة", Worth.POOR),
        ("الرئيسية", "الرئيسية", Worth.NONE),
        ("2020", "2020", Worth.NONE),
    ],
)
def test_the_name_of_the_outlet_is_told_from_what_stands_beside_it(text: str, name: str, worth: Worth) -> None:
    found, evidence = outlet_name(stated(text))
    assert (evidence.text, found) == (name, worth)


def test_the_name_stands_where_the_page_has_it() -> None:
    text = "أخبار العالم لحظة بلحظة | صحيفة المرفأ"
    _worth, evidence = outlet_name(stated(text, 100))
    assert text[evidence.start - 100 : evidence.end - 100] == evidence.text == "صحيفة المرفأ"


def test_nothing_stated_names_nothing() -> None:
    assert outlet_name(stated(" | ")) == (Worth.NONE, stated(" | "))


TITLE = "أمن الحدود يضبط شحنة في الميناء القديم"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{TITLE} - صحيفة المرفأ", ["صحيفة المرفأ"]),
        (f"{TITLE} - محليات - المرفأ", ["المرفأ", "محليات"]),
        (f"المرفأ | محليات | {TITLE}", ["المرفأ", "محليات"]),
        (f"{TITLE} - محليات - صحيفة البحر - عربي", ["صحيفة البحر", "عربي", "محليات"]),
        (TITLE, []),
        ("صحيفة المرفأ", []),
    ],
)
def test_what_stands_beside_the_title_is_given_with_the_outlet_first(text: str, names: list[str]) -> None:
    found = beside_title(stated(text, 7), TITLE)
    assert [one.text for one in found] == names
    assert all(text[one.start - 7 : one.end - 7] == one.text for one in found)


def test_a_page_without_a_title_has_nothing_beside_it() -> None:
    assert beside_title(stated("المرفأ | محليات"), "") == []

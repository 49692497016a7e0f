"""What the heads of reports tell of meetings."""

from __future__ import annotations

import pytest

from search.browse.events import CONSULTATIONS, MEETING, TALKS, is_head, told


@pytest.mark.parametrize(
    ("title", "language", "kind", "number", "place"),
    [
        ("عقدت الجولة الأولى من المشاورات السياسية بين أذربيجان وقطر في الدوحة", "ar", CONSULTATIONS, 1, "الدوحة"),
        ("دور سوم رایزنی‌های سیاسی ایران و قطر در تهران برگزار شد", "fa", CONSULTATIONS, 3, "تهران"),
        ("وزارتا خارجية أذربيجان ولاتفيا تجري مشاورات سياسية", "ar", CONSULTATIONS, 0, ""),
        ("وزير الخارجية يلتقي نظيره القطري", "ar", MEETING, 0, ""),
        ("وزیر خارجه در دیدار همتای آذربایجانی", "fa", MEETING, 0, ""),
        ("محادثات أذربيجانية قطرية في باكو", "ar", TALKS, 0, "باكو"),
    ],
)
def test_a_meeting_is_read_from_the_words_of_the_head(
    title: str, language: str, kind: str, number: int, place: str
) -> None:
    found = told(title, "", language)
    assert found is not None
    assert (found.kind, found.round, found.place) == (kind, number, place)
    (start, end), *_ = found.words.ranges
    assert found.words.text[start:end] in title


@pytest.mark.parametrize("title", ["", "أسعار النفط ترتفع", "انتشار آمار بازرگانی خارجی"])
def test_a_report_of_something_else_tells_of_no_meeting(title: str) -> None:
    assert told(title, title, "ar") is None


def test_a_meeting_far_below_the_head_counts_for_nothing() -> None:
    assert told("أسعار النفط ترتفع", "ترتفع الأسعار. " * 60 + "والتقى الوزيران في الدوحة.", "ar") is None


def test_the_head_of_a_side_is_said_to_be_one() -> None:
    text = "ومثل الجانب الأذربيجاني في الاجتماع سعادة السيد رامز حسنوف. وحضر إلهام علييف"
    assert is_head(text, text.index("رامز"))
    assert not is_head(text, text.index("إلهام"))


def test_a_meeting_of_both_is_told_in_a_sentence_that_names_both() -> None:
    title = "التقى وزير الخارجية القطري نظيره المصري. وتابعت طهران الاجتماع"
    qatar, egypt, iran = ([title.index(word)] for word in ("القطري", "المصري", "طهران"))
    assert told(title, "", "ar", [qatar, egypt]).is_between
    assert not told(title, "", "ar", [qatar, iran]).is_between
    assert told(title, "", "ar", [iran]).words.ranges[0][0] == title.index("الاجتماع")

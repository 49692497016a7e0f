"""Names are found under any spelling: compiled once, asked of words, queries and texts."""

from __future__ import annotations

import pytest

from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm, RecordKey

AZERBAIJAN = RecordKey("country", "az")
KHALAFOV = RecordKey("official", "khalaf-khalafov")
NATO = RecordKey("body", "nato")


@pytest.mark.parametrize(
    "spelling",
    ["أذربيجان", "اذربيجان", "آذربایجان", "أَذْرَبَيْجَان", "Azerbaijan", "Azərbaycan", "جمهورية أذربيجان", "باكو", "باکو"],
)
def test_azerbaijan_is_known_in_every_script_and_by_its_capital(spelling: str) -> None:
    assert Gazetteer.shipped().lookup(spelling) == [AZERBAIJAN]


@pytest.mark.parametrize(
    "spelling", ["خلفوف", "خلف‌اف", "خلف اف", "خلفاف", "Khalafov", "Xələfov", "xelefov", "خلف خلف‌اف", "Xələf Xələfov"]
)
def test_khalafov_is_one_record_in_four_languages_and_any_spacing(spelling: str) -> None:
    assert Gazetteer.shipped().lookup(spelling) == [KHALAFOV]


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("وأذربيجان", "az"), ("للهند", "in"), ("بالهند", "in"), ("والهند", "in"), ("ولليمن", "ye"), ("للبنان", "lb"),
        ("لإيران", "ir"), ("كالسعودية", "sa"), ("الأذربيجانية", "az"), ("والأذربيجانيين", "az"), ("للأمريكيين", "us"),
        ("الكورية الجنوبية", "kr"), ("ایرانیان", "ir"), ("ایرانی‌ها", "ir"), ("ایرانی ها", "ir"), ("ایرانیها", "ir"),
        ("آمریکای", "us"), ("کرهٔ شمالی", "kp"), ("ترکیهٔ", "tr"),
    ],
)  # fmt: skip
def test_particles_and_endings_do_not_hide_a_country(word: str, slug: str) -> None:
    assert Gazetteer.shipped().lookup(word) == [RecordKey("country", slug)]


@pytest.mark.parametrize("words", ["صلح", "القطر", "ما لي", "سلام", "المالية العامة", "وزيرالدولة", "", "،", "بين"])
def test_ordinary_words_are_no_names(words: str) -> None:
    assert Gazetteer.shipped().lookup(words) == []


def test_word_that_is_known_whole_is_not_cut() -> None:
    assert Gazetteer.shipped().lookup("بيروت") == [RecordKey("country", "lb")]


def test_query_is_cut_into_its_longest_names() -> None:
    words = ["لقاء", "خلف", "اف", "مع", "حلف", "شمال", "الأطلسي", "في", "جمهورية", "أذربيجان"]
    assert Gazetteer.shipped().find_in_query(words) == [(1, 3, [KHALAFOV]), (4, 7, [NATO]), (8, 10, [AZERBAIJAN])]


def test_query_without_names_gives_nothing() -> None:
    assert Gazetteer.shipped().find_in_query(["مشاورات", "سياسية"]) == []


def test_surname_of_two_officials_gives_both() -> None:
    slugs = {record.slug for record in Gazetteer.shipped().lookup("علييف")}
    assert slugs == {"ilham-aliyev", "heydar-aliyev"}


def test_records_of_ones_own_are_enough() -> None:
    gazetteer = Gazetteer([NameForm(RecordKey("official", "x"), "عبد الله الثاني", "ar", "name")])
    assert gazetteer.lookup("عبدالله الثاني") == gazetteer.lookup("وعبد الله الثاني") == [RecordKey("official", "x")]


def test_misspelling_in_a_capture_is_known() -> None:
    assert Gazetteer.shipped().lookup("أذريجان") == [AZERBAIJAN]


def test_query_is_read_without_regard_to_case() -> None:
    assert Gazetteer.shipped().find_in_query(["khalafov", "azerbaijan"]) == [(0, 1, [KHALAFOV]), (1, 2, [AZERBAIJAN])]


@pytest.mark.parametrize("query", ["تقرير مالي", "المحيط الهندي", "ترک کردن", "قطر لوله", "مسقط رأس", "چک بانکی"])
def test_query_with_a_namesake_gives_nothing(query: str) -> None:
    assert Gazetteer.shipped().find_in_query(query.split()) == []


def test_query_of_one_guarded_word_may_mean_the_country() -> None:
    assert Gazetteer.shipped().find_in_query(["مالي"]) == [(0, 1, [RecordKey("country", "ml")])]

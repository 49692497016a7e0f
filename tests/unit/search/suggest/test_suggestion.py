"""Names by the beginnings of their words, and the words of an index in their order; no database."""

from __future__ import annotations

import pytest
from whoosh.index import Index

from archive.authorities.gazetteer.files import shipped_records
from archive.authorities.gazetteer.gazetteer import NameForm, RecordKey
from search.engine.protocol import WordList
from search.suggest.name_index import BEGINNING, BY_SOUND, INSIDE, WHOLE, NameIndex, joined
from tests.unit.search.engine.whoosh.archive import FEWEST, new_index, snapshot, write

NAMES = NameIndex(
    NameForm(RecordKey(record["kind"], record["slug"]), name["text"], name["language"], name["use"])
    for record in shipped_records()
    for name in record["names"]
)
KHALAFOV, AZERBAIJAN, QATAR = ("official", "khalaf-khalafov"), ("country", "az"), ("country", "qa")


@pytest.mark.parametrize(
    ("typed", "record", "quality"),
    [
        ("خلف", KHALAFOV, BEGINNING),
        ("خلف خل", KHALAFOV, BEGINNING),
        ("خلف خلفوف", KHALAFOV, WHOLE),
        ("خَلَف خلـفوف", KHALAFOV, WHOLE),
        ("خلف‌ا", KHALAFOV, BEGINNING),
        ("خلف ا", KHALAFOV, BEGINNING),
        ("khal", KHALAFOV, BEGINNING),
        ("KHALAFO", KHALAFOV, BEGINNING),
        ("الأمن", ("body", "un-security-council"), INSIDE),
        ("Xələf", KHALAFOV, BEGINNING),
        ("Xalafoff", KHALAFOV, BY_SOUND),
        ("Halaf", KHALAFOV, None),
        ("اذربیج", AZERBAIJAN, BEGINNING),
        ("الأذرب", AZERBAIJAN, BEGINNING),
        ("آذربایجان", AZERBAIJAN, WHOLE),
        ("Qat", QATAR, BEGINNING),
        ("قطر", QATAR, WHOLE),
        ("قاهر", ("country", "eg"), BEGINNING),
        ("ق", QATAR, None),
        ("", QATAR, None),
        ("123", QATAR, None),
        ("العسكرية", KHALAFOV, None),
    ],
)
def test_a_record_is_found_by_the_beginning_of_a_word_of_its_name(
    typed: str, record: tuple[str, str], quality: int | None
) -> None:
    found = NAMES.find(typed).get(record)
    assert (found[0] if found else None) == quality


def test_the_form_that_is_shown_is_in_the_script_that_is_typed() -> None:
    assert NAMES.find("khalaf")[KHALAFOV][1].text == "Khalaf Khalafov"
    assert NAMES.find("خلف خلف‌ا")[KHALAFOV][1].language == "fa"


@pytest.mark.parametrize("spelling", ["خلف اف", "خلف‌اف", "خلفاف", "خـلف‌اف"])
def test_spaces_and_half_spaces_do_not_part_what_is_typed(spelling: str) -> None:
    assert joined(spelling) == "خلفاف"


def word_list(*articles: tuple[str, str]) -> WordList:
    """The words of an index of (title, text), already folded."""
    return snapshot(index_of(*articles)).words


def index_of(*articles: tuple[str, str]) -> Index:
    index = new_index()
    add(index, *articles)
    return index


def add(index: Index, *articles: tuple[str, str]) -> None:
    """Lay them in a segment of their own."""
    rows = [
        {"title_norm": title, "text_norm": text, "title_stem": title, "text_stem": text} for title, text in articles
    ]
    kept = {"day": 0, "digest": "", "year": "undated", "lang": "ar", "source": "wam"}
    first = index.doc_count()
    documents = [
        {"id": str(n), "identifier": f"{n:012x}", "arrival": n, **kept, **row} for n, row in enumerate(rows, first)
    ]
    write(index.writer(), documents)


ARTICLES = [
    ("مشاورات سياسيه", "عقدت مشاورات في باكو"),
    ("مشاورات", "الوزير في باكو 2019"),
    ("الوزير", "قطر و ايران x"),
]


def test_words_come_by_frequency_and_then_by_length() -> None:
    words = word_list(("", "وزاره وزير سفير"), ("", "وزاره وزرا سفير"), ("وزاره سفير", "وزاره وزير وزرا"))
    assert words.starting_with("وز", 9) == ["وزاره", "وزرا", "وزير"]
    assert words.starting_with("وز", 1) == ["وزاره"]
    assert words.starting_with("قطر", 9) == []


def test_the_most_frequent_words_are_chosen_from_many() -> None:
    rare = " ".join(f"وز{letter}{other}" for letter in "ابتثجحخدذرز" for other in "ابتثجحخدذرزسشصضطظعغفقكل" * 2)
    words = word_list(*[("", "وزاره"), ("", "وزير")] * 3, ("", f"وزير {rare}"))
    assert words.starting_with("وز", 2) == ["وزير", "وزاره"]


def test_an_article_is_counted_once_for_its_title_and_its_text() -> None:
    words = word_list(*ARTICLES)
    assert words.count(["مشاورات"]) == words.count(["الوزير"]) == 2
    assert words.count(["مشاورات", "باكو"]) == 2
    assert words.count(["مشاورات", "عقدت"]) == 1
    assert words.count(["لاتفيا"]) == words.count(["قطر", "لاتفيا"]) == 0
    assert words.identifiers("قطر", 9) == ["000000000002"]


def test_what_left_the_index_is_not_counted() -> None:
    index = index_of(*ARTICLES)
    writer = index.writer()
    writer.delete_by_term("identifier", "000000000002")
    writer.commit(merge=False)
    words = snapshot(index).words
    assert words.count(["قطر"]) == 0
    assert words.identifiers("الوزير", 9) == ["000000000001"]


def test_numbers_letters_and_function_words_are_no_suggestions() -> None:
    assert set(word_list(*ARTICLES).starting_with("", 99)) == {
        "مشاورات", "سياسيه", "عقدت", "باكو", "الوزير", "قطر", "ايران",
    }  # fmt: skip


def test_near_words_may_begin_with_another_letter() -> None:
    assert word_list(*ARTICLES).near("ايرات", 1, 9) == [("ايران", 1)]
    assert word_list(*ARTICLES).near("طهران", 2, 9) == [("ايران", 2)]
    assert word_list(*ARTICLES).near("ايران", 1, 9) == []


def test_near_words_of_few_articles_may_be_left_out_but_never_one_that_is_spread_over_the_segments() -> None:
    once = [("", "ايران"), *[("", "قطر")] * (FEWEST - 1)]
    index = index_of(*once, *once)
    add(index, *once)
    words = snapshot(index).words
    assert words.near("ايرات", 1, 9, least=3) == [("ايران", 1)]
    assert words.near("ايرات", 1, 9, least=5) == []

"""Names by the beginnings of their words, and the words of an index in their order; no database."""

from __future__ import annotations

from collections import Counter

import pytest
from whoosh import fields
from whoosh.filedb.filestore import RamStorage
from whoosh.index import Index

from archive.authorities.files import shipped_records
from archive.authorities.gazetteer import NameForm, RecordKey
from search.backends.schema import StreamAnalyzer
from search.backends.wordlist import WordList, WordLists, Words, read_words
from search.name_index import BEGINNING, BY_SOUND, INSIDE, WHOLE, NameIndex, joined

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


def test_words_come_by_frequency_and_then_by_length() -> None:
    words = Words(Counter({"وزير": 3, "وزاره": 9, "وزرا": 3, "سفير": 99}))
    assert words.starting_with("وز", 9) == ["وزاره", "وزرا", "وزير"]
    assert words.starting_with("وز", 1) == ["وزاره"]
    assert words.starting_with("قطر", 9) == []


def ram_index(*articles: tuple[str, str]) -> Index:
    """An index of (title, text), already folded."""
    stream = fields.TEXT(analyzer=StreamAnalyzer(), phrase=True, stored=False)
    layers = {f"{name}_{layer}": stream for name in ("title", "text") for layer in ("norm", "stem")}
    index = RamStorage().create_index(fields.Schema(identifier=fields.ID(stored=True, unique=True), **layers))
    with index.writer() as writer:
        for number, (title, text) in enumerate(articles):
            streams = {"title_norm": title, "text_norm": text, "title_stem": title, "text_stem": text}
            writer.add_document(identifier=f"{number:012x}", **streams)
    return index


ARTICLES = [
    ("مشاورات سياسيه", "عقدت مشاورات في باكو"),
    ("مشاورات", "الوزير في باكو 2019"),
    ("الوزير", "قطر و ايران x"),
]


def test_an_article_is_counted_once_for_its_title_and_its_text() -> None:
    index = ram_index(*ARTICLES)
    words = WordList("1", index, read_words(index.reader()))
    assert words.count(["مشاورات"]) == words.count(["الوزير"]) == 2
    assert words.count(["مشاورات", "باكو"]) == 2
    assert words.count(["مشاورات", "عقدت"]) == 1
    assert words.count(["لاتفيا"]) == words.count(["قطر", "لاتفيا"]) == 0
    assert words.identifiers("قطر", 9) == ["000000000002"]


def test_what_left_the_index_is_not_counted() -> None:
    index = ram_index(*ARTICLES)
    listed = read_words(index.reader())
    with index.writer() as writer:
        writer.delete_by_term("identifier", "000000000002")
    words = WordList("2", index, listed)
    assert words.count(["قطر"]) == 0
    assert words.identifiers("الوزير", 9) == ["000000000001"]


def test_numbers_letters_and_function_words_are_no_suggestions() -> None:
    assert set(read_words(ram_index(*ARTICLES).reader()).ordered) == {
        "مشاورات", "سياسيه", "عقدت", "باكو", "الوزير", "قطر", "ايران",
    }  # fmt: skip


class Served:
    """An index in the place of the one that is served."""

    def __init__(self, generation: str, index: Index) -> None:
        self.state = (generation, index)

    def generation(self) -> str:
        return self.state[0]

    def open(self) -> tuple[str, Index]:
        return self.state


def test_the_words_follow_the_generation_of_the_index() -> None:
    lists, first, second = WordLists(), ram_index(*ARTICLES), ram_index(("لاتفيا", "ريغا"))
    held = lists.get(Served("1", first))
    assert lists.get(Served("1", first)) is held
    assert "لاتفيا" not in held.words.counts
    assert lists.get(Served("2", second)).words.ordered == ["ريغا", "لاتفيا"]

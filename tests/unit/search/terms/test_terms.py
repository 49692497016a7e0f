"""Terms of diplomacy: what the file holds, and what texts and queries are found to name."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from search.answer.matching import match
from search.terms import fingerprint, terms, with_terms
from search.terms.concepts import FILE, read
from search.terms.finding import Terms
from search.tree import And, Named, Or, Phrase, Word

ROWS = json.loads(FILE.read_text(encoding="utf-8"))


def named(text: str, lang: str | None = None) -> set[str]:
    return {found.concept.slug for found in terms().find(text, lang)}


def test_every_term_has_a_label_in_three_languages_and_says_where_it_is_from() -> None:
    for row in ROWS:
        assert set(row["prefLabel"]) == {"ar", "fa", "en"}, row["id"]
        assert row["source"]
    assert len(ROWS) >= 500


def test_nine_of_ten_terms_are_attested_in_each_of_three_languages_and_every_new_one_is() -> None:
    attested = [row for row in ROWS if set(row.get("attested", {})) == {"ar", "fa", "en"}]
    assert len(attested) >= 500
    assert all(": " in told for row in attested for told in row["attested"].values())


def test_identifiers_are_single_words_once_each_and_broader_terms_exist() -> None:
    identifiers = [row["id"] for row in ROWS]
    assert len(set(identifiers)) == len(identifiers)
    assert not [one for one in identifiers if not one.replace("-", "").isalnum()]
    assert {broader for row in ROWS for broader in row.get("broader", [])} <= set(identifiers)


def test_labels_are_normalised_and_stand_once_in_a_term() -> None:
    for row in ROWS:
        labels = [*row["prefLabel"].items()]
        for kind in ("altLabel", "hiddenLabel"):
            labels += [(lang, label) for lang, texts in row.get(kind, {}).items() for label in texts]
        assert len(set(labels)) == len(labels), row["id"]
        assert all(unicodedata.normalize("NFC", label) == label == label.strip() for _lang, label in labels)


def test_every_label_names_its_own_term() -> None:
    for concept in terms().concepts.values():
        for language, labels in (*concept.labels.items(), *concept.hidden.items()):
            for label in labels:
                assert concept.slug in named(label, language if language != "en" else None), label


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("الجولة الأولى من المشاورات السياسية", "political-consultations"),
        ("وللمشاورات السياسية بين البلدين", "political-consultations"),
        ("رایزنی‌های سیاسی دو کشور", "political-consultations"),
        ("رايزنيهاي سياسي", "political-consultations"),
        ("Political consultations were held", "political-consultations"),
        ("وزارتا الخارجية في البلدين", "foreign-ministry"),
        ("سخنگوی وزارت امور خارجه", "foreign-ministry"),
        ("بوزارة الخارجية", "foreign-ministry"),
        ("امضای تفاهم‌نامه", "memorandum-of-understanding"),
        ("امضای تفاهمنامه", "memorandum-of-understanding"),
        ("امضای تفاهم نامه", "memorandum-of-understanding"),
        ("آتش بس در غزه", "ceasefire"),
        ("آتش‌بس", "ceasefire"),
        ("وقفِ إطلاقِ النار", "ceasefire"),
        ("دیدار وزرای امور خارجه", "foreign-minister"),
        ("وزيرا خارجية البلدين", "foreign-minister"),
    ],
)
def test_inflected_and_respelled_terms_are_found(text: str, slug: str) -> None:
    assert slug in named(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("وزير. الخارجية", "foreign-minister"),
        ("وزير\nالخارجية", "foreign-minister"),
        ("إطلاق النار على المتظاهرين", "ceasefire"),
        ("مشاورات حول السياسية", "political-consultations"),
        ("", "diplomacy"),
    ],
)
def test_other_words_are_not_taken_for_a_term(text: str, slug: str) -> None:
    assert slug not in named(text)


def test_a_query_gives_the_longest_term_and_its_words() -> None:
    found = terms().find_in_query(["جولة", "المشاورات", "السياسية", "في", "الدوحة"])
    assert [(first, last, [one.slug for one in held]) for first, last, held in found] == [
        (1, 3, ["political-consultations"])
    ]


def test_a_word_that_means_two_things_names_both() -> None:
    ((_first, _last, concepts),) = terms().find_in_query(["مذاکرات"])
    assert {concept.slug for concept in concepts} == {"talks", "negotiations"}


def test_words_of_a_tree_are_also_asked_as_terms_and_phrases_stay() -> None:
    words = (Word("مذكرة"), Word("تفاهم"))
    assert with_terms(And((*words, Phrase(("آتش‌بس",))))) == And(
        (Or((Phrase(("مذكرة", "تفاهم")), Named("memorandum-of-understanding"))), Phrase(("آتش‌بس",)))
    )
    assert with_terms(Word("صلح")) == Word("صلح")


def test_terms_meet_across_languages_and_only_with_names() -> None:
    assert match("رایزنی‌های سیاسی میان دو کشور", "مشاورات سياسية")
    assert match("المشاورات السياسية", "political consultations")
    assert match("رایزنی‌های سیاسی میان دو کشور", "مشاورات سياسية", names=False) is None
    assert match("رایزنی‌های سیاسی میان دو کشور", "«مشاورات سياسية»") is None


@pytest.mark.parametrize(
    "line", (Path(__file__).resolve().parents[3] / "cases" / "term-pairs.jsonl").read_text("utf-8").splitlines()
)
def test_a_term_finds_the_same_texts_in_three_languages(line: str) -> None:
    case = json.loads(line)
    for text, wanted in case["texts"].items():
        assert {query: bool(match(text, query)) for query in case["queries"]} == dict.fromkeys(case["queries"], wanted)


def test_the_marked_range_is_the_term_as_written() -> None:
    text = "درباره رایزنی‌های سیاسی گفت"
    found = match(text, "مشاورات سياسية")
    assert found is not None
    assert [(text[one.start : one.end], one.reason) for one in found.ranges] == [("رایزنی‌های سیاسی", "term")]


def test_a_file_of_ones_own_is_read_the_same_way() -> None:
    (concept,) = read('[{"id": "x", "prefLabel": {"ar": "أوراق اعتماد", "en": "credentials"}}]')
    assert concept.label("fa") == "credentials"
    assert [found.concept.slug for found in Terms([concept]).find("قدم أوراق اعتماده")] == ["x"]
    assert len(fingerprint()) == 16

"""Which place of which text answers which part of a question, and by what."""

from __future__ import annotations

import pytest

from search.explain.explanation import Place, QueryPart, Subject, context, explain, shares, ways
from search.tree import And, Days, Fielded, Linked, Named, Not, Or, Phrase, Prefix, Word

ARABIC = Subject(
    {
        "kicker": "",
        "title": "وزارتا خارجية أذربيجان ولاتفيا تجري مشاورات سياسية",
        "body": "وترأس الوفدين نائب وزير الخارجية خلف خلفوف.\n\nوقال خلفوف إن الجلسة انتهت.",
    },
    "ar",
    {("official", "khalaf-khalafov"): (Place("body", 32, 41, "linked", rule="full_name"),)},
    day=737_000,
)
PERSIAN = Subject({"kicker": "", "title": "خلف\u200cاف در تهران", "body": "او می رود. کتاب‌های سفیران."}, "fa")


def reasons(part: QueryPart, subject: Subject = ARABIC) -> dict[str, set[str]]:
    return {way.reason: set(way.written) for way in ways(part.places, subject.texts)}


@pytest.mark.parametrize(
    ("subject", "word", "reason", "written"),
    [
        (ARABIC, "خلفوف", "exact", "خلفوف"),
        (ARABIC, "خَلَفوف", "folded", "خلفوف"),
        (ARABIC, "لاتفيا", "stem", "ولاتفيا"),
        (ARABIC, "Khalafov", "name", "خلفوف"),
        (PERSIAN, "میرود", "joined", "می رود"),
        (PERSIAN, "سفیر", "stem", "سفیران"),
        (PERSIAN, "طهران", "place", "تهران"),
    ],
)
def test_a_word_is_told_by_the_way_it_was_found(subject: Subject, word: str, reason: str, written: str) -> None:
    (part,) = explain(Word(word), subject)
    assert written in reasons(part, subject)[reason]


def test_every_place_lies_in_its_text_and_says_what_both_have_in_common() -> None:
    (part,) = explain(Word("لاتفيا"), ARABIC)
    assert [(place.field, place.via) for place in part.places] == [("title", "لاتفيا")]
    (named,) = explain(Word("Khalafov"), ARABIC)
    assert {place.via for place in named.places} == {"XLF+F"}
    assert {ARABIC.texts[place.field][place.start : place.end] for place in named.places} == {"خلفوف"}


def test_words_apart_are_found_where_the_text_joins_them() -> None:
    parts = explain(And((Word("خلف"), Word("اف"))), PERSIAN)
    assert [part.asked for part in parts] == ["خلف", "اف"]
    assert all("خلف\u200cاف" in set().union(*reasons(part, PERSIAN).values()) for part in parts)


def test_what_only_a_record_answers_is_told_apart_from_words() -> None:
    expanded = Or((Word("Həsənov"), Linked("official", "khalaf-khalafov")))
    (part,) = explain(expanded, ARABIC)
    assert part.by_link_alone and part.asked == "Həsənov"
    (part,) = explain(Or((Word("خلفوف"), Linked("official", "khalaf-khalafov"))), ARABIC)
    assert part.links and not part.by_link_alone


def test_a_record_that_the_article_is_not_linked_to_answers_nothing() -> None:
    (part,) = explain(Linked("country", "qa"), ARABIC)
    assert not part.is_found


def test_a_name_of_several_words_is_one_part_that_needs_them_all() -> None:
    typed = And((Word("خلف"), Word("بيراموف")))
    (part,) = explain(Or((typed, Linked("official", "someone-else"))), ARABIC)
    assert (part.asked, part.places, part.is_found) == ("خلف بيراموف", (), False)


def test_alternatives_of_a_reader_are_parts_of_their_own() -> None:
    first, second = explain(Or((Word("قطر"), Word("خلفوف"))), ARABIC)
    assert first.alternative and not first.is_found
    assert second.alternative and second.is_found


def test_a_function_word_may_be_missing() -> None:
    parts = explain(And((Word("من"), Word("خلفوف"))), ARABIC)
    assert [(part.asked, part.optional) for part in parts] == [("من", True), ("خلفوف", False)]


def test_phrases_prefixes_and_concepts_are_found_in_their_own_ways() -> None:
    phrase, prefix = explain(And((Phrase(("خلف", "خلفوف")), Prefix("مشاور"))), ARABIC)
    assert (phrase.asked, reasons(phrase)) == ("«خلف خلفوف»", {"phrase": {"خلف خلفوف"}})
    assert (prefix.asked, reasons(prefix)) == ("مشاور*", {"prefix": {"مشاورات"}})
    (concept,) = explain(Or((Word("consultations"), Named("political-consultations"))), ARABIC)
    assert reasons(concept) == {"term": {"مشاورات سياسية"}}


def test_a_field_looks_at_headlines_only() -> None:
    (part,) = explain(Fielded("title", Word("خلفوف")), ARABIC)
    assert not part.is_found
    (part,) = explain(Fielded("title", Word("مشاورات")), ARABIC)
    assert {place.field for place in part.places} == {"title"}


def test_what_was_left_out_and_days_are_told() -> None:
    days, without = explain(And((Days(736_000, 738_000), Not(Word("قطر")))), ARABIC)
    assert days.dated and days.is_found
    assert without.excluded and without.asked == "قطر"


def test_without_names_a_word_of_another_script_finds_nothing() -> None:
    (part,) = explain(Word("Khalafov"), ARABIC, names=False)
    assert not part.places


def test_a_context_stays_in_its_paragraph_and_marks_the_place() -> None:
    text = "أول.\n" + "كلمة " * 40 + "خلفوف " + "كلمة " * 40 + "\nآخر."
    start = text.index("خلفوف")
    shown = context(text, Place("body", start, start + 5, "exact"))
    assert [piece for piece, match in shown.pieces if match] == ["خلفوف"]
    assert shown.cut_before and shown.cut_after and "\n" not in shown.text
    assert len(shown.text) < 160


def test_shares_are_percents_of_the_sum() -> None:
    assert shares([3.0, 1.0, 0.0]) == [75, 25, 0]
    assert shares([0.0, 0.0]) == [0, 0]
    assert shares([]) == []

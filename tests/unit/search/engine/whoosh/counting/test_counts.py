"""What a question finds and how every facet is counted, against a plain account of the same paragraphs."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import cache

import pytest

from search.engine.asking.terms import is_listed
from search.engine.protocol import Question
from search.engine.whoosh.counting.counts import find, matching
from search.engine.whoosh.counting.narrowing import narrowings
from search.engine.whoosh.counting.usage import usage
from search.engine.whoosh.snapshot import Snapshot
from search.tree import All, And, Not, Or, Phrase, Word
from tests.unit.search.engine.whoosh.archive import Document, new_index, paragraphs, snapshot, values, write

FACETS = ("country", "lang", "source", "year", "month")


@cache
def served() -> Snapshot:
    """The paragraphs in three segments, of which one has lost a document."""
    index = new_index()
    held = list(paragraphs())
    for part in (held[:20], held[20:30], held[30:]):
        write(index.writer(), part)
    writer = index.writer()
    writer.delete_by_term("identifier", held[0]["identifier"])
    writer.commit(merge=False)
    return snapshot(index)


def living() -> list[Document]:
    return list(paragraphs())[1:]


def identifiers(question: Question) -> set[str]:
    return {
        segment.columns.identifiers.text(number)
        for segment, ids in zip(served().segments, matching(served(), question), strict=True)
        for number in ids.tolist()
    }


def has(document: Document, word: str) -> bool:
    return word in document["text_norm"].split() or word in document["title_norm"].split()


@pytest.mark.parametrize("word", ["قطر", "الخارجيه", "وزير", "كلمه"])
def test_a_word_finds_the_paragraphs_that_have_it(word: str) -> None:
    wanted = {one["identifier"] for one in living() if has(one, word)}
    assert identifiers(Question(Word(word))) >= wanted
    assert identifiers(Question(And((All(), Not(Word(word)))))).isdisjoint(wanted)


def test_everything_is_found_but_what_was_deleted() -> None:
    assert identifiers(Question(All())) == {one["identifier"] for one in living()}


@pytest.mark.parametrize("facet", FACETS)
def test_the_archive_is_counted_exactly(facet: str) -> None:
    wanted = Counter(value for one in living() for value in values(one, facet))
    assert dict(find(served(), Question(All())).counts[facet]) == dict(wanted)


def kept(one: Document, filters: dict[str, set[str]], excluded: dict[str, set[str]]) -> bool:
    chosen = all(not wanted.isdisjoint(values(one, facet)) for facet, wanted in filters.items())
    return chosen and all(unwanted.isdisjoint(values(one, facet)) for facet, unwanted in excluded.items())


CHOICES = {
    "one value": ({"country": {"az"}}, {}),
    "any of two": ({"country": {"az", "iq"}}, {}),
    "of two facets": ({"country": {"az"}, "lang": {"ar"}}, {}),
    "without one": ({}, {"country": {"tr"}}),
    "of one without another": ({"country": {"az"}}, {"lang": {"fa"}}),
    "nothing": ({"country": {"zz"}}, {}),
}


@pytest.mark.parametrize(("filters", "excluded"), CHOICES.values(), ids=CHOICES)
def test_a_choice_narrows_what_is_found(filters: dict[str, set[str]], excluded: dict[str, set[str]]) -> None:
    question = Question(
        All(),
        filters=tuple((facet, tuple(sorted(wanted))) for facet, wanted in filters.items()),
        excluded=tuple((facet, tuple(sorted(unwanted))) for facet, unwanted in excluded.items()),
    )
    assert identifiers(question) == {one["identifier"] for one in living() if kept(one, filters, excluded)}


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_is_counted_without_its_own_choice_and_under_those_of_others(facet: str) -> None:
    chosen = {"country": {"az"}, "lang": {"ar"}}
    question = Question(All(), filters=(("country", ("az",)), ("lang", ("ar",))))
    others = {name: wanted for name, wanted in chosen.items() if name != facet}
    wanted = Counter(value for one in living() if kept(one, others, {}) for value in values(one, facet))
    assert dict(find(served(), question).counts[facet]) == dict(wanted)


def test_an_excluded_value_is_counted_as_what_it_leaves_out() -> None:
    counts = find(served(), Question(All(), excluded=(("country", ("tr",)),))).counts["country"]
    assert counts["tr"] == sum("tr" in values(one, "country") for one in living())
    both = sum({"az"} <= set(values(one, "country")) and "tr" not in values(one, "country") for one in living())
    assert counts["az"] == both


def test_who_narrowed_to_nothing_sees_the_values_with_nothing() -> None:
    counts = find(served(), Question(All(), filters=(("country", ("zz",)),))).counts
    assert set(counts["lang"].values()) == {0} and set(counts["lang"]) == {"ar", "fa"}


def test_a_range_of_days_leaves_out_the_undated_and_is_the_choice_of_years() -> None:
    since, until = datetime.date(2020, 1, 1), datetime.date(2021, 12, 31)
    question = Question(All(), since=since, until=until)
    inside = [one for one in living() if since.toordinal() <= one["day"] <= until.toordinal()]
    assert identifiers(question) == {one["identifier"] for one in inside}
    assert dict(find(served(), question).counts["year"]) == dict(Counter(one["year"] for one in living()))
    assert {name for one in narrowings(served().segments[0], question) for name in one.own} == {"year", "month"}


def test_a_month_is_chosen_in_every_year_by_its_number() -> None:
    question = Question(All(), filters=(("month", ("10",)),))
    assert identifiers(question) == {one["identifier"] for one in living() if one["month"].endswith("-10")}


def test_a_question_asked_again_is_remembered_whatever_slice_it_wants() -> None:
    first = find(served(), Question(Word("قطر"), size=5))
    assert find(served(), Question(Word("قطر"), start=5, size=9, order="newest")) is first
    assert first.nbytes > 0


@pytest.mark.parametrize("word", ["قطر", "الخارجيه"])
def test_places_of_a_word_are_counted_on_the_day_of_their_paragraph(word: str) -> None:
    told = usage(served(), Question(Word(word)))
    wanted = Counter[int]()
    for one in living():
        if has(one, word):
            wanted[one["day"]] += one["text_norm"].split().count(word) + one["title_norm"].split().count(word)
    assert set(told.articles) >= set(wanted)
    assert all(told.places[day] >= places for day, places in wanted.items())
    assert sum(told.articles.values()) == len(identifiers(Question(Word(word))))
    assert all(told.words[day] > 0 for day in told.articles)


def test_a_phrase_stands_where_all_of_its_words_stand() -> None:
    phrase = usage(served(), Question(Phrase(("وزارتي", "الخارجيه"))))
    words = usage(served(), Question(Or((Word("وزارتي"), Word("الخارجيه")))))
    assert sum(phrase.places.values()) <= sum(words.places.values())


def test_a_word_that_nobody_writes_is_used_nowhere() -> None:
    told = usage(served(), Question(Word("كلمهلاتوجد")))
    assert (told.articles, told.places) == ({}, {})


@pytest.mark.parametrize(("word", "listed"), [("قطر", True), ("2019", False), ("ق", False), ("في", False), ("", False)])
def test_readers_are_offered_words_and_no_numbers_or_function_words(word: str, listed: bool) -> None:
    assert is_listed(word) is listed

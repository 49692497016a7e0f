"""What may stand in an index for a word of a query."""

from __future__ import annotations

from search.analysis.asking import alternatives


def test_word_asks_for_its_norm_and_its_stems() -> None:
    asked = alternatives(["وللوزير"], 0, lang="ar")
    assert asked.term is not None
    assert (asked.term.norm, asked.term.stems) == ("وللوزير", ("وزير",))


def test_neighbours_are_asked_for_as_one_word() -> None:
    asked = alternatives(["خلف", "اف", "گفت"], 0)
    assert [(join.first, join.last, join.term.norm) for join in asked.joins] == [(0, 2, "خلفاف")]


def test_join_is_offered_to_every_word_it_covers() -> None:
    second = alternatives(["قال", "عبد", "الله"], 2)
    assert "عبدالله" in {join.term.norm for join in second.joins}


def test_unknown_compound_is_split_where_the_index_knows_both_halves() -> None:
    asked = alternatives(["پیشنویس"], 0, {"پيش", "نويس", "پي"})
    assert asked.splits == (("پيش", "نويس"),)


def test_halved_word_is_also_asked_for_as_a_phrase() -> None:
    assert ("پيش", "نويس") in alternatives(["پیش‌نویس"], 0, set()).splits


def test_conjunction_is_split_off() -> None:
    assert ("و", "عراقچي") in alternatives(["وعراقچی"], 0, {"عراقچي"}).splits


def test_short_words_are_not_split() -> None:
    assert alternatives(["نان"], 0, {"نا", "ان", "ن"}).splits == ()


def test_no_word_is_split_in_more_than_eight_ways() -> None:
    word = "ابتثجحخدذرزسش"
    halves = {word[:at] for at in range(1, len(word))} | {word[at:] for at in range(1, len(word))}
    assert len(alternatives([word], 0, halves).splits) == 8


def test_function_word_is_optional_beside_others_only() -> None:
    assert alternatives(["صلح", "و", "امنیت"], 1).optional
    assert not alternatives(["و"], 0).optional
    assert not alternatives(["از", "به"], 0).optional


def test_hyphenated_word_is_a_phrase_of_its_pieces_and_one_joined_term() -> None:
    asked = alternatives(["Amir-Abdollahian"], 0)
    assert asked.term is not None
    assert (asked.term.norm, asked.splits) == ("amirabdollahian", (("amir", "abdollahian"),))


def test_place_is_asked_for_under_its_other_names() -> None:
    asked = alternatives(["كوريا", "الشمالية"], 1)
    assert any(("كره", "شمالي") in synonym.phrases for synonym in asked.synonyms)


def test_name_asks_the_other_script_loosely() -> None:
    asked = alternatives(["Khalafov"], 0)
    assert asked.term is not None
    assert "a:XLF+F" in asked.term.keys


def test_what_has_no_words_asks_for_nothing() -> None:
    asked = alternatives(["؟؟"], 0)
    assert (asked.term, asked.splits, asked.joins) == (None, (), ())

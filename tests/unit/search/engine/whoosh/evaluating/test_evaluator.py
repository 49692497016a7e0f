"""What trees find in an index of real paragraphs: the algebra of sets holds, and what is rarer weighs more."""

from __future__ import annotations

import numpy as np
import pytest

from search.engine.protocol import Question
from search.engine.whoosh.asking.translation import compile_tree
from search.engine.whoosh.counting.counts import find
from search.engine.whoosh.evaluating.scoring import Scoring
from search.tree import All, And, Days, Fielded, Fuzzy, Linked, Node, Not, Or, Phrase, Prefix, Welcome, Word
from tests.unit.search.engine.whoosh.archive import Document, scores
from tests.unit.search.engine.whoosh.counting.test_counts import identifiers, living, served

WORDS = [Word(text) for text in ("قطر", "الخارجية", "وزير", "السياسية", "خلفوف", "کشور", "كلمة")]
PAIRS = [(one, other) for number, one in enumerate(WORDS) for other in WORDS[number + 1 :]]


def found(tree: Node) -> set[str]:
    return identifiers(Question(tree))


def named(pair: tuple[Word, Word]) -> str:
    return "-".join(word.text for word in pair)


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_and_or_and_not_are_those_of_sets(pair: tuple[Word, Word]) -> None:
    one, other = (found(word) for word in pair)
    assert found(And(pair)) == one & other
    assert found(Or(pair)) == one | other
    assert found(And((pair[0], Not(pair[1])))) == one - other
    assert found(And((All(), Not(Or(pair))))) == found(All()) - (one | other)


@pytest.mark.parametrize("text", ["مشاور", "سياس", "خلف", "وز"])
def test_a_prefix_finds_the_paragraphs_with_a_word_that_begins_so(text: str) -> None:
    def begins(one: Document) -> bool:
        return any(word.startswith(text) for word in (*one["text_norm"].split(), *one["title_norm"].split()))

    wanted = {one["identifier"] for one in living() if begins(one)}
    assert wanted and found(Prefix(text)) == wanted


def test_a_fuzzy_word_finds_the_word_itself_and_those_near_it() -> None:
    assert found(Fuzzy("الخارجيه", 1)) >= found(Word("الخارجيه"))
    assert found(Fuzzy("الخارحيه", 1)) >= found(Word("الخارجيه"))
    assert found(Fuzzy("الخارجيه", 2)) >= found(Fuzzy("الخارجيه", 1))


@pytest.mark.parametrize("words", [("وزارتي", "الخارجية"), ("المشاورات", "السياسية"), ("السياسية", "المشاورات")])
def test_a_phrase_is_nearer_than_words_and_a_loose_one_between(words: tuple[str, str]) -> None:
    exact, loose = found(Phrase(words)), found(Phrase(words, 5))
    assert exact <= loose <= found(And(tuple(map(Word, words))))


def test_a_word_asked_of_the_title_is_found_there_alone() -> None:
    titled = found(Fielded("title", Word("الخارجية")))
    assert titled <= found(Word("الخارجية"))
    have = {one["identifier"] for one in living() if "الخارجيه" in one["title_norm"].split()}
    assert titled >= have


def test_a_link_finds_by_what_is_described_and_not_by_words() -> None:
    wanted = {one["identifier"] for one in living() if "iq" in one["country"].split()}
    assert found(Linked("country", "iq")) == wanted
    assert found(Linked("country", "zz")) == set()


def test_days_are_bounded_on_both_sides() -> None:
    days = sorted(one["day"] for one in living() if one["day"])
    low, high = days[3], days[-3]
    assert found(Days(low, high)) == {one["identifier"] for one in living() if low <= one["day"] <= high}
    assert found(Days(high, low)) == set()


def test_what_is_welcome_ranks_and_finds_nothing_more() -> None:
    plain = Word("الخارجية")
    welcome = And((plain, Welcome(Phrase(("وزارتي", "الخارجية")))))
    assert found(welcome) == found(plain)
    first, second = (scores(served(), compile_tree(tree, served().reader, names=True)) for tree in (plain, welcome))
    raised = {number for number, score in second.items() if score > first[number] + 1e-9}
    assert raised and all(second[number] >= score - 1e-9 for number, score in first.items())


def test_a_rarer_word_weighs_more() -> None:
    scoring = served().scoring
    assert isinstance(scoring, Scoring)
    by_frequency = scoring.rarities(np.array([1, 2, 5, 20]))
    assert list(by_frequency) == sorted(by_frequency, reverse=True)
    assert scoring.rarity("text_norm", b"no-such-word") > scoring.rarity("text_norm", "قطر".encode())
    assert scoring.rarity("country", b"az") == 1.0


def test_more_places_weigh_more_and_never_beyond_a_bound() -> None:
    scoring = served().scoring
    lengths = np.zeros(4, np.uint8)
    worth = scoring.saturation("text_norm", np.array([1.0, 2.0, 8.0, 1000.0]), lengths)
    assert list(worth) == sorted(worth) and worth[-1] < scoring.searcher.weighting.K1 + 1


def test_every_match_has_a_score_and_the_whole_archive_has_none() -> None:
    for word in WORDS:
        held = scores(served(), compile_tree(word, served().reader, names=False))
        assert all(score > 0 for score in held.values())
    assert not any(matches.scores.any() for matches in find(served(), Question(All())).matches)

"""The cluster and the embedded engine answer alike: totals, facets, unions and days of hundreds of questions are equal.

Both hold the same three hundred articles, made of the five real ones, some long, some odd, with and without dates.
Hypothesis draws the questions: trees of words as readers type them, choices, exclusions, unions of values,
ranges of days.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import fold
from search.engine.protocol import Engine, Question, ValueUnion
from search.engine.whoosh.backend import DiwanWhooshBackend
from search.tree import All, And, Days, Fielded, Fuzzy, Linked, Named, Node, Not, Or, Phrase, Prefix, Word, distributed
from tests.cluster.nodes import SearchNodes
from tests.cluster.test_opensearch_contract import engine_of
from tests.oracle import draws
from tests.oracle.articles import three_hundred
from tests.oracle.test_match_is_index import ELSEWHERE, SENTENCES, WORDS, spoiled
from tests.unit.search.engine.contract import fill, found, short

Pair = tuple[Engine, Engine]
TOGETHER = (("country",), ("official", "country"), ("country", "source"))


@pytest.fixture(scope="module")
def engines(one_node: SearchNodes, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """The embedded engine and the cluster, with the same articles of four sources."""
    held = [replace(one, source=f"s{one.key % 4}") for one in three_hundred()]
    embedded = DiwanWhooshBackend("default", PATH=str(tmp_path_factory.mktemp("embedded") / "index"))
    cluster = engine_of(one_node, tmp_path_factory.mktemp("cluster") / "index")
    for engine in (embedded, cluster):
        fill(engine, held)
    return embedded, cluster


def phrases() -> st.SearchStrategy[Node]:
    """Two or three neighbouring words of a text, perhaps with others between them."""
    rows = st.sampled_from(SENTENCES).map(str.split).filter(lambda row: len(row) > 4)

    def cut(drawn: tuple[list[str], int, int, int]) -> Node:
        row, start, length, slop = drawn
        start %= len(row) - length
        words = row[start : start + length]
        return Phrase(tuple(words[:: 2 if slop and length > 2 else 1]), slop)

    return st.tuples(rows, st.integers(0, 30), st.integers(2, 3), st.sampled_from([0, 0, 1, 3])).map(cut)


TYPED = st.builds(spoiled, st.sampled_from(WORDS), st.integers(0, 9)) | st.sampled_from(ELSEWHERE)
LEAVES: st.SearchStrategy[Node] = (
    TYPED.map(Word)
    | phrases()
    | st.sampled_from(WORDS).map(lambda word: Prefix(word[:3]))
    | st.builds(Fuzzy, st.sampled_from(WORDS), st.integers(1, 2))
    | st.sampled_from([Linked("country", "qa"), Linked("country", "az"), Linked("post", "foreign_minister.az")])
    | st.just(Named("ceasefire"))
    | st.just(Days(738_400, 739_000))
)


def grown(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return (
        several.map(And)
        | several.map(Or)
        | st.tuples(parts, parts).map(lambda two: And((two[0], Not(two[1]))))
        | parts.map(lambda part: Fielded("title", part))
    )


TREES = (st.recursive(LEAVES, grown, max_leaves=4) | st.just(All())).map(distributed)
CHOICES = st.sampled_from(
    [(), (), (("source", ("s1", "s2")),), (("country", ("qa",)),), (("month", ("10",)),), (("year", ("undated",)),)]
)
LEFT_OUT = st.sampled_from([(), (), (("source", ("s0",)),), (("country", ("az", "xx")),), (("month", ("10",)),)])
UNITED = st.sampled_from(
    [
        ("source", ("s0",)),
        ("source", ("s0", "s3")),
        ("country", ("az", "qa")),
        ("country", ("az", "xx")),
        ("month", ("10",)),
        ("year", ("2023", "undated")),
        ("country", ()),
    ]
)
UNIONS = st.lists(UNITED, max_size=3).map(
    lambda drawn: tuple(ValueUnion(f"{n} > [{facet}]", facet, values) for n, (facet, values) in enumerate(drawn))
)
SINCE = st.sampled_from([None, None, datetime.date(2023, 10, 1)])
ORDERS = st.sampled_from(["relevance", "newest", "oldest", "arrived"])
QUESTIONS = st.builds(
    Question,
    tree=TREES,
    filters=CHOICES,
    excluded=LEFT_OUT,
    since=SINCE,
    order=ORDERS,
    names=st.booleans(),
    by_day=st.just(True),
    size=st.just(400),
    unions=UNIONS,
)


@draws(300)
@given(question=QUESTIONS)
def test_totals_facets_unions_days_and_articles_are_equal(engines: Pair, question: Question) -> None:
    one, other = (engine.search(question) for engine in engines)
    assert other.total == one.total and other.archive_total == one.archive_total
    assert {name for name, _score in other.found} == {name for name, _score in one.found}
    assert other.counts == one.counts
    assert other.unions == one.unions and one.unions.keys() == {union.name for union in question.unions}
    assert other.days == one.days
    if question.order != "relevance":
        assert [name for name, _score in other.found] == [name for name, _score in one.found]
        assert other.end == one.end


@draws(30)
@given(question=QUESTIONS, facets=st.sampled_from(TOGETHER))
def test_pairs_of_values_are_equal(engines: Pair, question: Question, facets: tuple[str, ...]) -> None:
    one, other = (engine.together(question, facets, 5_000) for engine in engines)
    pairs = [{frozenset((p.one, p.other)): (p.count, p.first, p.last) for p in told.pairs} for told in (one, other)]
    assert pairs[0] == pairs[1] and one.total == other.total


@draws(30)
@given(word=TYPED)
def test_articles_and_places_of_a_word_are_equal_day_by_day(engines: Pair, word: str) -> None:
    one, other = (engine.usage(Question(Word(word), names=False)) for engine in engines)
    assert other.articles == one.articles
    assert other.places == one.places


@draws(60)
@given(tree=TREES)
def test_places_that_are_said_to_be_exact_are(engines: Pair, tree: Node) -> None:
    one, other = (engine.usage(Question(tree, names=False)) for engine in engines)
    assert other.articles == one.articles and one.is_exact
    assert not other.is_exact or other.places == one.places


def test_places_of_words_that_count_in_some_articles_only_are_said_to_be_about(engines: Pair) -> None:
    choice = Or((Word("خلفوف"), And((Word("قطر"), Word("وزير")))))
    one, other = (engine.usage(Question(choice, names=False)) for engine in engines)
    assert other.articles == one.articles and not other.is_exact
    for tree in (And((Word("قطر"), Word("وزير"))), Or((Word("خلفوف"), Word("قطر")))):
        one, other = (engine.usage(Question(tree, names=False)) for engine in engines)
        assert other.is_exact and other.places == one.places


@pytest.mark.parametrize("beginning", ["و", "ال", "ا"])
def test_places_of_a_beginning_of_many_words_are_counted(engines: Pair, beginning: str) -> None:
    """`ا*` has more words than the 128 at which a cluster gives up unless it is asked otherwise."""
    one, other = (engine.usage(Question(Prefix(beginning), names=False)) for engine in engines)
    assert other.places == one.places != one.articles


def test_a_beginning_of_more_words_than_a_cluster_takes_counts_each_article_once(
    engines: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engine.opensearch.counting._MOST_WORDS", 20)
    used = engines[1].usage(Question(Prefix("ال"), names=False))
    assert not used.is_exact and used.places == used.articles


@pytest.mark.parametrize("places", [1_900, 3_000])
def test_many_places_of_one_article_are_counted_or_said_to_be_about(
    one_node: SearchNodes, tmp_path: Path, places: int
) -> None:
    engine = engine_of(one_node, tmp_path / "index")
    fill(engine, [replace(short(1), body="قطر ايران " * places)])
    used = engine.usage(Question(Word("ايران"), names=False))
    assert sum(used.places.values()) == places or not used.is_exact
    assert used.is_exact == (places < 2_000)


@draws(60)
@given(word=st.sampled_from(WORDS), letters=st.integers(1, 4))
def test_words_of_the_index_are_equal(engines: Pair, word: str, letters: int) -> None:
    folded = fold(word)
    one, other = (engine.words() for engine in engines)
    assert other.count([folded]) == one.count([folded])
    assert other.has(folded) == one.has(folded)
    assert set(other.near(folded, 1, 1_000)) == set(one.near(folded, 1, 1_000))
    assert sorted(other.identifiers(folded, 1_000)) == sorted(one.identifiers(folded, 1_000))
    assert set(other.starting_with(folded[:letters], 10_000)) == set(one.starting_with(folded[:letters], 10_000))


def test_words_of_two_edits_are_those_behind_the_same_letter_and_there_are_none_of_three(engines: Pair) -> None:
    embedded, cluster = (engine.words() for engine in engines)
    word = fold("الخارجية")
    alike = {(other, n) for other, n in embedded.near(word, 3, 1_000) if n == 1 or (n == 2 and other[0] == word[0])}
    assert set(cluster.near(word, 3, 1_000)) == alike
    assert cluster.near(word, 0, 10) == cluster.near("", 1, 10) == []


def test_all_words_are_read_page_by_page(engines: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engine.opensearch.index.PAGE", 100)
    one, other = (engine.words().starting_with("", 1 << 30) for engine in engines)
    assert len(one) > 200 and set(other) == set(one)
    assert engines[0].words().every() >= set(one) and engines[1].words().every() >= set(one)


def test_more_articles_than_one_request_gives_are_one_order(engines: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engine.opensearch.answering.WINDOW", 70)
    one, other = (engine.search(Question(order="newest", start=10, size=1 << 30)) for engine in engines)
    assert [name for name, _score in one.found] == [name for name, _score in other.found] and len(one.found) == 290
    assert other.end == one.end


def test_a_beginning_of_too_many_words_finds_all_that_it_would(
    engines: Pair, one_node: SearchNodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = "indices.query.bool.max_clause_count"
    question = Question(Prefix("ال"), by_day=True)
    before = engines[1].search(question)
    one_node.nodes[0].ask("/_cluster/settings", "PUT", {"persistent": {limit: 20}})
    try:
        after = engines[1].search(question)
    finally:
        one_node.nodes[0].ask("/_cluster/settings", "PUT", {"persistent": {limit: None}})
    assert (after.total, after.counts, after.days) == (before.total, before.counts, before.days)
    assert len({score for _name, score in after.found}) < len({score for _name, score in before.found})


def test_only_the_words_of_a_text_that_are_too_long_for_the_cluster_are_left_out(
    one_node: SearchNodes, tmp_path: Path
) -> None:
    engine = engine_of(one_node, tmp_path / "index")
    fill(engine, [replace(short(1), body=f"قطر {'ب' * 40_000} ايران")])
    assert found(engine, Phrase(("قطر", "ايران"), 1)) == {"0001"}
    assert found(engine, Prefix("بببب")) == set() and found(engine, Word("قطر")) == {"0001"}

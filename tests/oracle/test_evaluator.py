"""Queries answered with arrays: whatever is asked and whatever became of the index, Whoosh's searcher says the same.

The documents are paragraphs of the five real articles. Queries are random trees of the kinds that the compiler makes,
over the words in them; indexes are random histories of adding, replacing, deleting and merging.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.index import Index
from whoosh.query import Query
from whoosh.query.spans import SpanNear

from search.engine.protocol import Answer, Question
from search.engine.whoosh.asking.translation import compile_tree
from search.engine.whoosh.counting.execution import answer
from search.engine.whoosh.counting.weighing import weigh
from search.engine.whoosh.snapshot import Snapshot
from search.request import FACETS
from search.tree import All, And, Days, Fuzzy, Node, Not, Or, Phrase, Prefix, Word
from tests.oracle import draws, whoosh_searcher
from tests.unit.search.engine.whoosh.archive import Document, new_index, paragraphs, scores, snapshot, values, write

TEXT_FIELDS = ("text_norm", "title_norm", "text_stem")
IDENTIFIERS = (
    ("country", "az"),
    ("country", "tr"),
    ("lang", "fa"),
    ("year", "2020"),
    ("source", "003"),
    ("lang", "xx"),
)


@cache
def words(field: str) -> tuple[str, ...]:
    """The words of a field, common ones first, and one that no text has."""
    counts = Counter(t for d in paragraphs() for p in d[field].split() for t in p.split("|") if t)
    return (*(word for word, _count in counts.most_common(150)), "خلفاف‌نیست")


def word_in(field: str) -> st.SearchStrategy[str]:
    return st.integers(0, len(words(field)) - 1).map(lambda n: words(field)[n * n // len(words(field))])


def term_in(field: str) -> st.SearchStrategy[Query]:
    return st.builds(q.Term, st.just(field), word_in(field), boost=st.sampled_from([1.0, 0.3, 2.0]))


@st.composite
def passages(draw: st.DrawFn) -> list[str]:
    """Two to four words that stand one after another in a text, or nearly."""
    text = [place.split("|")[0] for place in draw(st.sampled_from(paragraphs()))["text_norm"].split()]
    start = draw(st.integers(0, max(0, len(text) - 6)))
    picked = text[start : start + draw(st.integers(2, 4))]
    if draw(st.booleans()):
        picked = picked[::-1]
    return [word for word in picked if word] or ["في"]


@st.composite
def near_queries(draw: st.DrawFn) -> Query:
    """Words near one another, in their order, also in nested pairs."""
    parts = [q.Term("text_norm", word) for word in draw(passages())]
    joined = parts[0]
    for part in parts[1:]:
        joined = SpanNear(joined, part, slop=draw(st.integers(1, 6)))
    return joined


def beginnings() -> st.SearchStrategy[Query]:
    begins = word_in("text_norm").map(lambda word: word[:2])
    return st.builds(q.Prefix, st.sampled_from(TEXT_FIELDS), begins, boost=st.sampled_from([1.0, 2.0]))


def ranges_of_days() -> st.SearchStrategy[Query]:
    days = st.integers(737060, 738600)
    low_high = st.tuples(days, days).map(sorted)
    return low_high.map(lambda two: q.ConstantScoreQuery(q.NumericRange("day", *two), 1.0))


def leaves() -> st.SearchStrategy[Query]:
    return st.one_of(
        st.sampled_from(TEXT_FIELDS).flatmap(term_in),
        st.sampled_from(TEXT_FIELDS).flatmap(term_in),
        st.sampled_from(IDENTIFIERS).map(lambda pair: q.Term(*pair)),
        near_queries(),
        beginnings(),
        ranges_of_days(),
        st.sampled_from([q.Every(), q.NullQuery]),
    )


def branches(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        st.builds(q.And, several.filter(lambda row: not all(isinstance(part, q.Not) for part in row))),
        st.builds(q.Or, several),
        st.builds(q.DisjunctionMax, several),
        st.builds(q.AndMaybe, inner, inner),
        st.builds(q.ConstantScoreQuery, inner, st.sampled_from([1.0, 2.5])),
        st.builds(lambda one, other: q.And([one, q.Not(other)]), leaves(), inner),
        st.builds(q.Not, inner),
    )


def queries() -> st.SearchStrategy[Query]:
    return st.recursive(leaves(), branches, max_leaves=8)


def history(steps: list[tuple[str, int]]) -> tuple[Index, dict[str, Document]]:
    """An index that lived through these steps, and the documents that it must have."""
    index, held = new_index(), {}
    documents = list(paragraphs())
    write(index.writer(), documents[:20])
    held = {one["identifier"]: one for one in documents[:20]}
    for step, number in steps:
        _live_through(index, held, step, documents[number % len(documents)])
    return index, held


def _live_through(index: Index, held: dict[str, Document], step: str, document: Document) -> None:
    writer = index.writer()
    if step == "delete":
        writer.delete_by_term("identifier", document["identifier"])
        held.pop(document["identifier"], None)
        writer.commit(merge=False)
    elif step == "change":
        changed = {**document, "text_norm": document["title_norm"], "country": "uz", "day": 738000}
        held[document["identifier"]] = changed
        write(writer, [changed])
    elif step == "add":
        many = list(paragraphs())[20::2]
        held.update((one["identifier"], one) for one in many)
        write(writer, many)
    else:
        writer.commit(merge=True, optimize=step == "merge")


def histories() -> st.SearchStrategy[list[tuple[str, int]]]:
    steps = st.sampled_from(["add", "change", "delete", "delete", "merge", "tidy"])
    return st.lists(st.tuples(steps, st.integers(0, 60)), max_size=7)


@cache
def worn() -> Snapshot:
    """Three segments, with deleted documents in each."""
    steps = [("add", 0), ("delete", 1), ("delete", 2), ("change", 5), ("delete", 24), ("change", 30), ("delete", 30)]
    return snapshot(history(steps)[0])


def identifiers(held: Snapshot) -> dict[int, str]:
    """The identifier of every document by its number in the index."""
    return {
        segment.first + number: segment.columns.identifiers.text(number)
        for segment in held.segments
        for number in segment.everything.tolist()
    }


def assert_same(held: Snapshot, query: Query) -> None:
    expected, found = whoosh_searcher.scores(held, query), scores(held, query)
    assert found.keys() == expected.keys()
    numbers = sorted(found)
    np.testing.assert_allclose([found[n] for n in numbers], [expected[n] for n in numbers], rtol=1e-4)
    ranked = sorted(found, key=lambda n: (-found[n], n))
    assert all(expected[a] >= expected[b] - 1e-9 * expected[a] for a, b in pairwise(ranked))


@given(queries())
@draws(100)
def test_any_query_finds_and_scores_as_whoosh_does(query: Query) -> None:
    assert_same(worn(), query)


@given(histories(), st.lists(queries(), min_size=4, max_size=4))
@draws(12)
def test_whatever_became_of_the_index(steps: list[tuple[str, int]], asked: list[Query]) -> None:
    index, held = history(steps)
    seen = snapshot(index)
    assert dict(seen.digests()).keys() == held.keys()
    for query in asked:
        assert_same(seen, query)


@given(near_queries())
@draws(40)
def test_words_near_one_another_are_found_as_whoosh_finds_them(query: Query) -> None:
    assert_same(worn(), query)


# Questions as readers ask them: facets, order, slices


def trees() -> st.SearchStrategy[Node]:
    word = word_in("text_norm").map(Word)
    leaf = st.one_of(
        word,
        passages().map(lambda row: Phrase(tuple(row), 1)),
        st.tuples(word_in("text_norm"), st.integers(1, 6)).map(lambda two: Prefix(two[0][: two[1]])),
        word_in("text_norm").map(lambda text: Fuzzy(text, 1)),
        st.tuples(st.integers(737060, 738000), st.integers(0, 700)).map(lambda two: Days(two[0], sum(two))),
        st.just(All()),
    )
    several = st.lists(st.one_of(leaf, leaf.map(Not)), min_size=1, max_size=3).map(tuple)
    return st.one_of(leaf, several.map(And), st.lists(leaf, min_size=2, max_size=3).map(lambda row: Or(tuple(row))))


@given(trees())
@draws(40)
def test_whatever_a_reader_asks_is_found_and_scored_as_whoosh_does(tree: Node) -> None:
    assert_same(worn(), compile_tree(tree, worn().reader))


def choices() -> st.SearchStrategy[Any]:
    offered = {"country": ["az", "tr", "zz"], "lang": ["ar", "fa"], "year": ["2020", "undated"], "month": ["02"]}
    chosen = {name: st.lists(st.sampled_from(held), max_size=2, unique=True) for name, held in offered.items()}
    return st.fixed_dictionaries(chosen).map(lambda all_: tuple((name, tuple(held)) for name, held in all_.items()))


def questions() -> st.SearchStrategy[Question]:
    orders = st.sampled_from(["relevance", "newest", "oldest", "arrived"])
    sizes = st.integers(0, 12)
    ends = st.one_of(st.none(), st.dates(datetime.date(2019, 1, 1), datetime.date(2023, 1, 1)))
    whole = st.builds(Question, trees(), choices(), orders, sizes, sizes, by_day=st.just(True), excluded=choices())
    return st.builds(lambda one, since, until: replace(one, since=since, until=until), whole, ends, ends)


def has(document: Document, facet: str, chosen: tuple[str, ...]) -> bool:
    return any(v in chosen or (facet == "month" and v[-2:] in chosen) for v in values(document, facet))


def answers(document: Document, question: Question, besides: str = "") -> bool:
    """Whether a document satisfies the conditions of a question, those of the facet `besides` left out."""
    chosen = all(has(document, name, held) for name, held in question.filters if held and name != besides)
    excluded = any(has(document, name, held) for name, held in question.excluded if name != besides)
    return chosen and not excluded and (besides in {"year", "month"} or within(document, question))


def within(document: Document, question: Question) -> bool:
    low, high = (day.toordinal() if day else None for day in (question.since, question.until))
    if low is None and high is None:
        return True
    return bool(document["day"]) and (low or 1) <= document["day"] <= (high or 10**9)


def expected_counts(
    documents: dict[str, Document], matched: list[str], question: Question, facet: str
) -> dict[str, int]:
    kept = [documents[n] for n in matched if answers(documents[n], question, facet)]
    excluded = tuple(value for name, held in question.excluded if name == facet for value in held)
    counts = Counter(
        value
        for one in kept
        for value in values(one, facet)
        if not has(one, facet, excluded) or value in excluded or (facet == "month" and value[-2:] in excluded)
    )
    return dict(counts) or {v: 0 for n in (matched or documents) for v in values(documents[n], facet)}


@given(questions())
@draws(40)
def test_totals_facets_days_and_order_are_exact(question: Question) -> None:
    index, documents = aged()
    held = snapshot(index)
    worth = whoosh_searcher.scores(held, compile_tree(question.tree, held.reader))
    if isinstance(question.tree, All):
        worth = dict.fromkeys(worth, 0.0)
    names = identifiers(held)
    rated = {names[n]: score for n, score in worth.items()}
    given_answer = answer(held, question)
    found = [n for n in rated if answers(documents[n], question)]
    assert given_answer.total == len(found) and given_answer.archive_total == len(documents)
    assert_in_time(given_answer, Counter(documents[n]["day"] for n in found))
    for facet in FACETS:
        assert given_answer.counts[facet] == expected_counts(documents, list(rated), question, facet)
    assert_in_order(given_answer.found, found, rated, documents, question)


def assert_in_time(given_answer: Answer, days: Counter[int]) -> None:
    """The counts of days, months and years, each in order."""
    dated = [datetime.date.fromordinal(day) for day in sorted(days.elements()) if day]
    assert list(given_answer.days.items()) == sorted(days.items())
    assert list(given_answer.months.items()) == list(Counter((day.year, day.month) for day in dated).items())
    assert list(given_answer.years.items()) == list(Counter(day.year for day in dated).items())


def assert_in_order(
    given_rows: Any, found: list[str], rated: dict[str, float], documents: dict[str, Document], question: Question
) -> None:
    def rank(name: str) -> tuple[float, ...]:
        day, arrival = documents[name]["day"], documents[name]["arrival"]
        if question.order == "oldest":
            return (day == 0, day, arrival)
        if question.order == "arrived":
            return (-arrival,)
        score = round(-rated[name], 9) if question.order == "relevance" else 0.0
        return (score, -day, -arrival)

    wanted = sorted(found, key=rank)[question.start : question.start + question.size]
    assert [rank(name) for name, _score in given_rows] == [rank(name) for name in wanted]
    for name, score in given_rows:
        assert score == pytest.approx(rated[name], rel=1e-4)


def test_a_range_of_days_leaves_out_the_undated_and_counts_them_still() -> None:
    index, documents = aged()
    first, last = datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)
    given_answer = answer(snapshot(index), Question(since=first, until=last, by_day=True))
    assert given_answer.total == sum(one["year"] == "2020" for one in documents.values())
    assert given_answer.counts["year"] == Counter(one["year"] for one in documents.values())
    assert given_answer.counts["year"]["undated"] and 0 not in given_answer.days


@cache
def aged() -> tuple[Index, dict[str, Document]]:
    return history([("add", 0), ("delete", 3), ("change", 8), ("delete", 12), ("change", 26)])


@given(st.lists(trees(), min_size=1, max_size=3), st.integers(0, 60))
@draws(20)
def test_one_article_weighs_what_whoosh_gives_it(parts: list[Node], number: int) -> None:
    held = worn()
    name = paragraphs()[number % len(paragraphs())]["identifier"]
    by_name = {name: n for n, name in identifiers(held).items()}
    expected = [
        whoosh_searcher.scores(held, compile_tree(part, held.reader)).get(by_name.get(name, -1), 0.0) for part in parts
    ]
    assert weigh(held, parts, name, names=True) == pytest.approx(expected, rel=1e-4)

"""The measurements measure what they say: all kinds of questions, made articles shaped like real ones, one answer."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from archive.articles.models import Article
from benchmarks import queries
from benchmarks.aims import judge
from benchmarks.archive import Streams, breaks, pack
from benchmarks.engines.diwan_engine import whoosh_query
from benchmarks.engines.fts5_engine import Fts5
from benchmarks.enlarge import LAYERS, Enlarged, neutral, sentences
from benchmarks.queries import Query
from benchmarks.report import percentile, table
from benchmarks.work import FACETS, Work
from search.indexing import backend, prepared, public_articles


@pytest.fixture
def streams(db: None, tmp_path: Path) -> Streams:
    """The five articles as the measurements keep them."""
    with Streams.create(tmp_path) as kept:
        for article in public_articles():
            kept.append(pack(prepared(article) | {"breaks": breaks(article)}))
    return Streams(tmp_path)


def test_there_are_two_hundred_questions_of_all_kinds() -> None:
    asked = queries.read()
    assert Counter(query.kind for query in asked) == queries.KINDS
    assert len(asked) == 200
    assert sum(bool(query.facets or query.days) for query in asked) > 80


def test_the_questions_hold_words_and_no_sentence() -> None:
    for query in queries.read():
        assert len((*query.all, *query.any, *query.phrase)) <= 5
        assert all(re.fullmatch(r"\w+", word) for word in (*query.all, *query.any, *query.phrase))


def test_a_made_article_is_of_the_sentences_and_records_of_real_ones(streams: Streams) -> None:
    real = list(streams)
    made = Enlarged(streams, 40)[25]
    known = {tuple(part) for article in real for part in sentences(article, "norm")}
    rest = made["text_norm"].split(" ")
    while rest:
        rest = next(rest[len(part) :] for part in known if part and tuple(rest[: len(part)]) == part)
    assert len({len(made[f"text_{layer}"].split(" ")) for layer in LAYERS}) == 1
    assert set(made["country"].split()) <= {slug for article in real for slug in article["country"].split()}


def test_a_made_article_is_the_same_in_every_run(streams: Streams) -> None:
    assert Enlarged(streams, 40)[25] == Enlarged(streams, 40)[25] != Enlarged(streams, 40)[26]


def test_sentences_are_parted_where_the_text_parts_them(db: None) -> None:
    article = Article.objects.order_by("pk")[0]
    assert 1 < len(breaks(article)) < len(article.body.split())


def test_engines_give_one_answer_to_a_question(streams: Streams, tmp_path: Path) -> None:
    folder = tmp_path / "fts5"
    folder.mkdir()
    theirs = Fts5()
    theirs.build(map(neutral, streams), folder)
    theirs.open(folder)
    snapshot = backend().snapshot()
    for word in ("وزير", "وزراي", "ايران", "الخارجيه"):
        query = Query("word", all=(word,))
        assert theirs.ask(query).total == len(snapshot.scores(whoosh_query(query)))
    everything = theirs.ask(Query("browse"))
    assert everything.total == 5
    assert set(everything.counts) == set(FACETS)
    theirs.close()


def test_a_share_of_the_values_lies_below_a_percentile() -> None:
    assert [percentile(range(100), share) for share in (0.5, 0.95, 0.99)] == [50, 95, 99]
    assert percentile([3.0], 0.99) == 3.0


def test_a_table_has_as_many_cells_in_every_line() -> None:
    lines = table(("engine", "ms"), [("Diwan", 1), ("Whoosh", 200)]).splitlines()
    assert {line.count("|") for line in lines} == {3}


def test_aims_are_ratios_of_one_run(tmp_path: Path) -> None:
    asked = {1000: {"diwan": {"warm": {"1": 0.002}}, "fts5": {"warm": {"1": 0.008}}, "xapian": {"warm": {"1": 0.002}}}}
    told = {aim.what.rpartition(": ")[2]: (aim.measured, aim.verdict) for aim in judge(Work(tmp_path), asked, 1000)}
    assert told == {"SQLite FTS5": ("× 4", "missed"), "Xapian": ("× 1", "met")}

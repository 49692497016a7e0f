"""The measurements measure what they say: all kinds of questions, made articles shaped like real ones, one answer."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from archive.articles.models import Article
from benchmarks import queries
from benchmarks.aims import judge
from benchmarks.archive import BREAK, Kept, entry_of, folded, pack, plain
from benchmarks.engines.diwan_engine import whoosh_query
from benchmarks.engines.fts5_engine import Fts5
from benchmarks.enlarge import Enlarged, neutral, sentences
from benchmarks.measure import percentile
from benchmarks.pages import paths
from benchmarks.pages import settings as measured
from benchmarks.queries import Query
from benchmarks.report import table
from benchmarks.work import FACETS, Work
from search.documents.entries import entries
from search.engine import engine
from search.question.address import read_request
from search.syntax import parse
from tests.oracle import written_out


@pytest.fixture
def kept(db: None, tmp_path: Path) -> Kept:
    """The five articles as the measurements keep them."""
    with Kept.create(tmp_path) as written:
        for entry in entries(Article.objects.order_by("pk").values_list("pk", flat=True)):
            written.append(pack(plain(entry) | {"words": folded(entry)}))
    return Kept(tmp_path)


def test_there_are_two_hundred_questions_of_all_kinds() -> None:
    asked = queries.read()
    assert Counter(query.kind for query in asked) == queries.KINDS
    assert len(asked) == 200
    assert sum(bool(query.facets or query.days) for query in asked) > 80


def test_the_questions_hold_words_and_no_sentence() -> None:
    for query in queries.read():
        assert len((*query.all, *query.any, *query.phrase)) <= 5
        assert all(re.fullmatch(r"\w+", word) for word in (*query.all, *query.any, *query.phrase))


def test_an_article_is_kept_as_it_is_indexed(kept: Kept) -> None:
    held = entry_of(kept[0])
    assert held == next(entries([held.key]))
    assert {"text": kept[0]["words"].partition(f" {BREAK} ")[2]} == {"text": written_out.document_of(held)["text_norm"]}


def test_a_made_article_is_of_the_sentences_of_real_ones(kept: Kept) -> None:
    known = {article["body"][low:high].strip() for article in kept for low, high in sentences(article["body"])}
    made = Enlarged(kept, 40)[25]["body"]
    assert {made[low:high].strip() for low, high in sentences(made)} <= known


def test_what_was_recognised_comes_along_with_its_sentence(kept: Kept) -> None:
    named = {(kind, slug, article["body"][low:high]) for article in kept for low, high, kind, slug in _in_body(article)}
    for number in range(5, 30):
        made = Enlarged(kept, 40)[number]
        assert {(kind, slug, made["body"][low:high]) for low, high, kind, slug in _in_body(made)} <= named
        assert {mention[3:] for mention in made["mentions"]} == set(made["records"])


def _in_body(article: dict[str, Any]) -> list[tuple[int, int, str, str]]:
    return [mention[1:] for mention in article["mentions"] if mention[0] == "body"]


def test_a_made_article_is_the_same_in_every_run(kept: Kept) -> None:
    assert Enlarged(kept, 40)[25] == Enlarged(kept, 40)[25] != Enlarged(kept, 40)[26]


def test_sentences_are_all_of_a_text(kept: Kept) -> None:
    for article in kept:
        assert "".join(article["body"][low:high] for low, high in sentences(article["body"])) == article["body"]


def test_engines_give_one_answer_to_a_question(kept: Kept, tmp_path: Path) -> None:
    folder = tmp_path / "fts5"
    folder.mkdir()
    theirs = Fts5()
    theirs.build(map(neutral, kept), folder)
    theirs.open(folder)
    snapshot = engine().snapshot()
    for word in ("وزير", "وزراي", "ايران", "الخارجيه"):
        query = Query("word", all=(word,))
        assert theirs.ask(query).total == sum(len(found.ids) for found in snapshot.matches(whoosh_query(query)))
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


@pytest.mark.django_db  # which record an identifier stands for now
@pytest.mark.parametrize("query", queries.read()[::7], ids=lambda query: query.kind)
def test_the_address_of_a_question_asks_that_question(query: Query) -> None:
    """Words, days and facet values of a question come back out of the address that wrk asks."""
    asked = read_request(QueryDict(paths.results(query).partition("?")[2]))
    parsed = parse(asked.q)
    assert not parsed.refused
    assert not parsed.notices
    assert dict(asked.filters) == dict(query.facets)
    assert all(word in asked.q for word in (*query.all, *query.any, *query.phrase, *query.days))


@pytest.mark.urls("benchmarks.pages.urls")
def test_the_pages_beside_ours_have_the_same_reports(
    five: None, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TEMPLATES = measured.TEMPLATES
    monkeypatch.setenv("MEASURED_WORD", "وزير")
    ours = client.get("/search/?q=وزير")
    limit, kept = client.get("/measured/limit/"), client.get("/measured/kept/")
    assert limit.status_code == kept.status_code == 200
    for hit in ours.context["page"].hits:
        assert hit.article.get_absolute_url() in limit.text
        assert hit.article.get_absolute_url() in kept.text

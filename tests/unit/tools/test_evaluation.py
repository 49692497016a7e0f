"""The figures of an evaluation, on judgments small enough to work out by hand, and on the five captures."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from search.tree import And, Or, Phrase, Word
from tests import CAPTURES
from tools.evaluation import lucene
from tools.evaluation.asking import as_spelled, is_too_long, read
from tools.evaluation.measuring import PLAIN, measure
from tools.evaluation.metrics import QuestionOutcome, figures, interval, outcome, recall, reciprocal_rank, wins
from tools.evaluation.plain import PlainIndex
from tools.evaluation.sets import (
    CorpusPassage,
    JudgedQuestion,
    RetrievalSet,
    SetUnreadable,
    find_sets,
    read_set,
    sampled,
)
from tools.evaluation.writing import lines, markdown

QUESTIONS = {  # what a reader may ask, and the captures that answer it
    "مشاورات سياسية بين قطر وأذربيجان": {"000", "002"},
    "سفير لاتفيا يانيس ماجيكس": {"001"},
    "دیدار امیرعبداللهیان با خلف‌اف": {"003"},
    "الأمين العام لحلف الناتو ستولتنبرغ": {"004"},
    "Khalafov": {"001", "003"},
}


@pytest.mark.parametrize(
    ("found", "right", "expected"),
    [("abc", "a", 1.0), ("abc", "c", 1 / 3), ("abc", "bc", 1 / 2), ("abc", "d", 0.0), ("", "a", 0.0), ("abc", "", 0.0)],
)
def test_reciprocal_rank_is_that_of_the_first_right_answer(found: str, right: str, expected: float) -> None:
    assert reciprocal_rank(found, set(right)) == pytest.approx(expected)


def test_reciprocal_rank_ends_with_the_tenth() -> None:
    assert reciprocal_rank("abcdefghij", {"j"}) == pytest.approx(0.1)
    assert reciprocal_rank("abcdefghijk", {"k"}) == 0.0


@pytest.mark.parametrize(("right", "depth", "expected"), [("ab", 2, 1.0), ("ac", 2, 0.5), ("xy", 3, 0.0), ("", 3, 0.0)])
def test_recall_is_the_share_of_the_right_answers(right: str, depth: int, expected: float) -> None:
    assert recall("abc", set(right), depth) == expected


def test_figures_are_means_over_the_questions() -> None:
    told = figures([outcome("ab", {"a"}), outcome("ab", {"b", "c"})])
    assert (told.questions, told.mrr_10, told.recall_10, told.recall_100) == (2, 0.75, 0.75, 0.75)
    assert told.low <= told.mrr_10 <= told.high


def test_no_questions_have_no_figures() -> None:
    assert figures([]).questions == 0
    assert wins([], []) == 0.0


def test_the_interval_is_the_same_each_time_and_narrows_with_more_questions() -> None:
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 200
    assert interval(few) == interval(few)
    low, high = interval(few)
    assert low < 0.5 < high
    assert interval(many)[1] - interval(many)[0] < high - low


def test_one_way_wins_where_it_is_better_on_the_same_questions() -> None:
    better, worse = [QuestionOutcome(1.0, 1.0, 1.0)] * 20, [QuestionOutcome(0.5, 1.0, 1.0)] * 20
    assert (wins(better, worse), wins(worse, better), wins(better, better)) == (1.0, 0.0, 0.0)


def test_plain_words_are_not_folded() -> None:
    index = PlainIndex(
        [CorpusPassage("a", "أذربيجان وقطر"), CorpusPassage("b", "اذربيجان"), CorpusPassage("c", "Baku baku")]
    )
    assert index.ask("أذربيجان") == ["a"]
    assert index.ask("BAKU اذربيجان") == ["c", "b"] or index.ask("BAKU اذربيجان") == ["b", "c"]
    assert index.ask("قطر") == []


def test_a_question_without_stems_asks_for_the_words_as_spelled() -> None:
    tree = And((Word("في"), Word("وزارة"), Or((Word("قطر"), Word("باكو")))))
    assert as_spelled(tree) == And((Phrase(("وزارة",)), Or((Phrase(("قطر",)), Phrase(("باكو",))))))


def test_a_question_that_is_too_long_is_asked_by_its_first_words() -> None:
    long = " ".join(["قطر"] * 40)
    assert is_too_long(long)
    tree = read(long, with_names=False)
    assert isinstance(tree, And)
    assert len(tree.children) == 32


@pytest.fixture
def captures(tmp_path: Path) -> RetrievalSet:
    """The five captures as a set, written as its three files and read back."""
    folder = tmp_path / "ar_captures"
    folder.mkdir()
    rows = [
        {"id": path.name[:3], "title": "", "text": path.read_text("utf-8")} for path in sorted(CAPTURES.glob("*.txt"))
    ]
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    numbered = list(enumerate(QUESTIONS.items()))
    (folder / "queries.tsv").write_text("".join(f"q{number}\t{text}\n" for number, (text, _) in numbered), "utf-8")
    judged = (f"q{number}\t0\t{one}\t1\n" for number, (_, right) in numbered for one in sorted(right))
    (folder / "qrels.tsv").write_text("".join(judged) + "q0\t0\t004\t0\n", "utf-8")
    return read_set(folder)


def test_a_set_is_read_from_its_three_files(captures: RetrievalSet) -> None:
    assert captures.questions[1] == JudgedQuestion("q1", "سفير لاتفيا يانيس ماجيكس")
    assert captures.answers["q0"] == {"000", "002"}
    assert [passage.identifier for passage in captures.passages()] == ["000", "001", "002", "003", "004"]


def test_a_sample_keeps_the_right_answers(captures: RetrievalSet) -> None:
    sample = sampled(captures, questions=1, documents=1)
    assert [question.identifier for question in sample.questions] == ["q0"]
    kept = [passage.identifier for passage in sample.passages()]
    assert {"000", "002"} < set(kept)
    assert len(kept) == 3
    assert sample.sampled_from == len(QUESTIONS)
    assert sampled(captures).sampled_from == 0


def test_headlines_are_asked_of_the_news_of_their_language(tmp_path: Path) -> None:
    folder = tmp_path / "fa_headlines"
    folder.mkdir()
    (folder / "queries.tsv").write_text("q\tسفر\n", "utf-8")
    (folder / "qrels.tsv").write_text("q\t0\tn1\t1\n", "utf-8")
    with pytest.raises(SetUnreadable, match=r"news_fa\.jsonl"):
        find_sets(tmp_path)
    (tmp_path / "news_fa.jsonl").write_text(json.dumps({"id": "n1", "body": "سفر وزیر"}), "utf-8")
    (held,) = find_sets(tmp_path)
    assert list(held.passages()) == [CorpusPassage("n1", "سفر وزیر")]


def test_a_malformed_line_is_told_by_file_and_number(captures: RetrievalSet, tmp_path: Path) -> None:
    (tmp_path / "ar_captures" / "queries.tsv").write_text("q0\tقطر\nno tab\n", "utf-8")
    with pytest.raises(SetUnreadable, match=r"queries\.tsv, line 2"):
        read_set(tmp_path / "ar_captures")
    (tmp_path / "ar_captures" / "corpus.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(SetUnreadable, match=r"corpus\.jsonl, line 1"):
        list(captures.passages())


def test_a_set_that_is_not_there_is_named(captures: RetrievalSet, tmp_path: Path) -> None:
    with pytest.raises(SetUnreadable, match="ar_missing"):
        find_sets(tmp_path, ["ar_missing"])


def test_the_five_captures_answer_their_questions_first(captures: RetrievalSet, tmp_path: Path) -> None:
    report = measure(captures, folder=tmp_path / "shelf", workers=1)
    by_name = {row.name: row for row in report.rows}
    assert report.documents == 5
    assert by_name["ours"].figures.mrr_10 == 1.0
    assert by_name["ours"].figures.recall_10 == 1.0
    assert by_name["ours, all words only"].figures.recall_10 < 1.0
    assert by_name[PLAIN].figures.recall_10 < 1.0
    assert not report.beaten_by
    assert any("ours" in line for line in lines(report))
    page = markdown([report], "java not found", datetime.date(2026, 11, 21))
    assert "Lucene was not run: java not found." in page
    assert "| ours | 1.0000 |" in page


def test_without_java_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lucene.shutil, "which", lambda tool: None)
    with pytest.raises(lucene.LuceneUnavailable, match="java and javac not found"):
        lucene.prepare(tmp_path)


def test_what_would_break_a_line_for_lucene_is_a_space() -> None:
    assert list(lucene._lines([CorpusPassage("a", "خلف\tخلفوف\nزار")])) == ["a\tخلف خلفوف زار\n"]

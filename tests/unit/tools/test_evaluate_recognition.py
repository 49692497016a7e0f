"""How recognition is measured, and how a sample to be judged is drawn, kept and counted."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import ROOT
from tools.evaluate_recognition import Command, five_articles, precision_line
from tools.recognition.sample import (
    Judged,
    SampleUnreadable,
    Story,
    draw,
    in_context,
    read_sample,
    read_stories,
    still_found,
    verdicts,
    write_sample,
)

SAMPLE = ROOT / "fixtures" / "judgments" / "countries_sample.tsv"
STORIES = [
    Story("a", "ar", "لقاء في باكو\nالتقى وزير خارجية أذربيجان نظيره القطري. أذربيجان وقطر ولاتفيا."),
    Story("b", "ar", "خبر\nزار السفير جورجيا وأوكرانيا."),
]
OTHERS = [Story("c", "fa", "سفر\nایران و جمهوری آذربایجان و ترکیه.")]


def told(*arguments: str) -> str:
    output = io.StringIO()
    call_command(Command(), *arguments, stdout=output)
    return output.getvalue()


def test_every_file_gives_an_equal_share_of_the_sample() -> None:
    drawn = draw([STORIES, OTHERS], 4, seed=7)
    assert [mention.lang for mention in drawn] == ["ar", "ar", "fa", "fa"]
    assert drawn == draw([STORIES, OTHERS], 4, seed=7)


def test_a_sample_larger_than_the_stories_has_every_mention_once() -> None:
    drawn = draw([STORIES], 100, seed=1)
    assert len(drawn) == len({(mention.article, mention.start) for mention in drawn}) > 5


def test_a_mention_is_shown_in_brackets_on_one_line() -> None:
    (mention, *_rest) = draw([OTHERS], 100, seed=1)
    assert "[ایران]" in in_context(OTHERS[0], mention) and "\n" not in in_context(OTHERS[0], mention)


def test_a_sample_keeps_judgments_and_no_word_of_the_text(tmp_path: Path) -> None:
    drawn = draw([STORIES, OTHERS], 6, seed=7)
    table = tmp_path / "sample.tsv"
    write_sample(table, drawn, ["how it was drawn"])
    assert read_sample(table) == drawn
    assert not set(table.read_text("utf-8")) & set("ابتثجحخدذرزسشصضطظعغفقكلمنهويی")


@pytest.mark.parametrize(
    "line", ["a\tar\tx\t3\taz\tname\tright", "a\tar\t1\t3\taz\tname\tperhaps", "wrong columns", ""]
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    table = tmp_path / "sample.tsv"
    header = "article\tlang\tstart\tend\trecord\trule\tverdict\tnote\n" if line.startswith("a") else ""
    table.write_text(header + line, "utf-8")
    with pytest.raises(SampleUnreadable):
        read_sample(table)


def test_a_capital_that_is_a_mere_place_is_counted_both_ways() -> None:
    judged = [Judged("a", "ar", 0, 1, "az", "name", verdict) for verdict in ("right", "right", "place", "wrong", "")]
    assert verdicts(judged)["right"] == 2
    assert precision_line(judged) == "precision 0.750, capitals as mere places counted wrong 0.500 (4 judged)"


def test_a_judged_mention_that_is_no_longer_found_is_told() -> None:
    (first, *_rest) = draw([OTHERS], 100, seed=1)
    gone = Judged("c", "fa", 0, 3, "ir", "name", "right")
    held = {story.identifier: story for story in OTHERS}
    assert still_found([first, gone, Judged("unknown", "fa", 0, 3, "ir", "name")], held) == [first]


def test_stories_are_read_from_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"id": 1, "lang": "fa", "title": "a", "body": "b"}) + "\n", "utf-8")
    assert list(read_stories(path)) == [Story("1", "fa", "a\nb")]
    path.write_text('{"id": 1}\n', "utf-8")
    with pytest.raises(SampleUnreadable, match="line 1"):
        list(read_stories(path))


def test_the_five_articles_are_recognised_whole() -> None:
    row = [line.split() for line in told().splitlines() if line.startswith("the five")]
    assert [(cells[3], cells[4], cells[5]) for cells in row] == [
        ("country", "1.000", "1.000"),
        ("official", "1.000", "1.000"),
    ]
    assert [len(wanted) for _text, wanted in five_articles("country")] == [3, 3, 2, 6, 2]


def test_the_sample_that_ships_is_judged_whole_and_precise() -> None:
    judged = read_sample(SAMPLE)
    counted = verdicts(judged)
    assert len(judged) == 100 and counted[""] == 0
    assert {mention.lang for mention in judged} == {"ar", "fa"}
    assert (counted["right"] + counted["place"]) / 100 >= 0.95


def test_a_sample_is_drawn_and_its_precision_printed(tmp_path: Path) -> None:
    news, table = tmp_path / "news.jsonl", tmp_path / "sample.tsv"
    rows = [{"id": s.identifier, "lang": s.lang, "title": "", "body": s.text} for s in [*STORIES, *OTHERS]]
    news.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert "[" in told(str(news), "--sample", "3", "--output", str(table))
    assert "nothing is judged yet" in told("--judged", str(table))
    table.write_text(table.read_text("utf-8").replace("\t\t\n", "\tright\t\n"), "utf-8")
    assert "precision 1.000" in told("--judged", str(table), str(news))
    with pytest.raises(CommandError, match="--output"):
        told(str(news), "--sample", "3")


def test_marked_texts_are_measured(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    row = {"text": "زار السفير جورجيا أمس", "entities": [{"text": "جورجيا", "type": "LOC"}]}
    corpus.write_text(json.dumps(row), "utf-8")
    assert "corpus.jsonl" in told(str(corpus), "--language", "ar", "--show", "2")

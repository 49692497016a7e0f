"""What measures share: lines of files that may be compressed, judgments, precision and recall."""

from __future__ import annotations

import lzma
from pathlib import Path

from tools.evaluate_stories import Command
from tools.measured import JudgedScore, judged_rows, read_lines
from tools.stories.evaluation import judged, score_judged, seen, stories

TEXT = "خلفوف\u2028في الدوحة\nخلف‌اف\r\n"


def test_a_file_is_read_by_its_lines_compressed_or_not(tmp_path: Path) -> None:
    (tmp_path / "plain.jsonl").write_bytes(TEXT.encode())
    (tmp_path / "packed.jsonl.xz").write_bytes(lzma.compress(TEXT.encode()))
    for name in ("plain.jsonl", "packed.jsonl.xz"):
        assert list(read_lines(tmp_path / name)) == ["خلفوف\u2028في الدوحة\n", "خلف‌اف\r\n"]


def test_remarks_and_empty_lines_are_no_judgments(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("# by hand\na\tb\tsame\n\nc\td\tother\n", "utf-8")
    assert judged_rows(tmp_path / "pairs.tsv") == [["a", "b", "same"], ["c", "d", "other"]]
    assert judged(tmp_path / "pairs.tsv") == [("a", "b", "same"), ("c", "d", "other")]


def test_precision_is_of_what_is_given_and_recall_of_what_is_wanted() -> None:
    score = JudgedScore(given=4, right=3, wanted=6, found=2)
    assert (score.precision, round(score.recall, 3)) == (0.75, 0.333)
    assert (JudgedScore().precision, JudgedScore().recall) == (1.0, 1.0)
    assert JudgedScore().wrong is not JudgedScore().wrong


REPORT = (
    '{"id": "%s", "lang": "ar", "date": "2020-10-26", "title": "خلف خلفوف يلتقي سلطان المريخي في الدوحة",'
    ' "body": "عقدت وزارتا الخارجية الأذربيجانية والقطرية في الدوحة الجولة الأولى من المشاورات السياسية %s."}\n'
)
OTHER = '{"id": "c", "lang": "ar", "date": "2020-10-26", "title": "الأمطار", "text": "هطلت أمطار غزيرة على الشمال."}\n'


def test_pairs_are_tied_that_tell_one_event(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(REPORT % ("a", "") + REPORT % ("b", "اليوم") + OTHER, "utf-8")
    held = {name: seen(report) for name, report in stories(tmp_path / "news.jsonl")}
    score = score_judged([("a", "b", "same"), ("a", "c", "other"), ("b", "gone", "same")], held)
    assert (score.given, score.right, score.wanted) == (1, 1, 1)
    assert set(dict(stories(tmp_path / "news.jsonl", frozenset("a")))) == {"a"}


def test_the_command_prints_a_line_for_each_measure(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text(REPORT % ("a", "") + REPORT % ("b", "") + OTHER, "utf-8")
    (tmp_path / "pairs.tsv").write_text("a\tb\tsame\n", "utf-8")
    told: list[str] = []
    command = Command()
    command.stdout.write = told.append  # type: ignore[method-assign, assignment]
    options = {"judged": tmp_path / "pairs.tsv", "parallel": None, "copies": 3}
    command.handle(news=[tmp_path / "news.jsonl"], **options)
    assert told[1].split() == ["judged", "pairs", "1", "1", "1", "1.000", "1.000"]
    assert told[2].split()[:3] == ["copies", "by", "opening"] and "–" in told[2]

"""How the reading of pages is measured: words of bodies, fields, outlets of equal weight, other extractors beside."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tools.evaluate_pages import Command, read_by_others
from tools.extraction.pages import JudgedPage, Reading, read_folder
from tools.extraction.scoring import mean_over_outlets, score, words

PARAGRAPHS = (
    "استقبل وزير خارجية أذربيجان جيهون بيراموف في باكو نظيره القطري محمد بن عبد الرحمن آل ثاني.",
    "وبحث الجانبان علاقات التعاون بين البلدين وسبل تعزيزها في مجالات الطاقة والنقل والتعليم.",
    "وأكد الوزيران أهمية مواصلة المشاورات السياسية بين الوزارتين في المرحلة المقبلة.",
)
TRUTH = {
    "language": "ar",
    "outlet": "الشرق",
    "url": "https://al-sharq.example/article/1",
    "title": "وزير خارجية أذربيجان يستقبل نظيره القطري",
    "day": "2020-10-26",
    "source": ["الشرق", "جريدة الشرق"],
    "body": list(PARAGRAPHS),
    "truth": "written for this test",
}


def page_of(**changed: object) -> str:
    told = TRUTH | changed
    paragraphs = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    return (
        f'<html lang="ar"><head><title>{told["title"]}</title><meta property="og:site_name" content="الشرق"></head>'
        '<body><nav><a href="/">الرئيسية</a><a href="/w">العالم</a></nav>'
        f'<article><h1>{told["title"]}</h1><time datetime="2020-10-26">26 أكتوبر 2020</time>{paragraphs}</article>'
        "</body></html>"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, changed in (
        ("one", {}),
        ("two", {"day": None, "source": []}),
        ("three", {"language": "en", "outlet": "X"}),
    ):
        (tmp_path / f"{name}.html").write_text(page_of(), "utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps(TRUTH | changed), "utf-8")
    (tmp_path / "unjudged.html").write_text("<p>…</p>", "utf-8")
    return tmp_path


def judged(folder: Path, name: str) -> JudgedPage:
    return next(page for page in read_folder(folder) if page.path.stem == name)


def test_a_page_without_answers_is_passed_over(folder: Path) -> None:
    assert [page.path.stem for page in read_folder(folder)] == ["one", "three", "two"]


def test_words_meet_without_harakat_tatweel_and_the_shape_of_letters() -> None:
    assert words("المُــديرُ «علي»، كيف؟") == words("المدير علی کیف")


def test_a_body_loses_precision_by_foreign_words_and_recall_by_missing_ones(folder: Path) -> None:
    page = judged(folder, "one")
    first, rest = PARAGRAPHS[0], PARAGRAPHS[1:]
    whole = len(words(" ".join(PARAGRAPHS)))
    exact = score(page, Reading(body="\n\n".join(PARAGRAPHS)))
    shorter = score(page, Reading(body=first))
    longer = score(page, Reading(body="\n".join([*PARAGRAPHS, "اقرأ أيضا"])))
    assert exact[3:] == (1, 1, 1)
    assert shorter[3:5] == pytest.approx((1, 1 - len(words(" ".join(rest))) / whole))
    assert longer[3:5] == pytest.approx((whole / (whole + 2), 1))
    assert score(page, Reading()).f1 == 0


def test_the_title_within_a_body_counts_for_nobody(folder: Path) -> None:
    page = judged(folder, "one")
    assert score(page, Reading(body="\n".join([page.title, *PARAGRAPHS]))).precision == 1


def test_a_repeated_word_counts_as_often_as_it_stands_there(folder: Path) -> None:
    page = judged(folder, "one")
    assert (score(page, Reading(body="\n".join(PARAGRAPHS * 2))).precision or 0) == 0.5


def test_fields_are_right_or_wrong_and_what_is_not_judged_is_no_figure(folder: Path) -> None:
    reading = Reading("وزير خارجية أذربيجان يستقبل نظيره القطري!", "2020-10-27", "جريدة الشرق")
    one, two = score(judged(folder, "one"), reading), score(judged(folder, "two"), reading)
    assert (one.title, one.day, one.source) == (1, 0, 1)
    assert (two.title, two.day, two.source) == (1, None, None)


def test_an_outlet_with_many_pages_weighs_no_more_than_others(folder: Path) -> None:
    good, none = Reading(TRUTH["title"], body="\n".join(PARAGRAPHS)), Reading()  # type: ignore[arg-type]
    one, two, three = (judged(folder, name) for name in ("one", "two", "three"))
    mean = mean_over_outlets([(one, score(one, good)), (two, score(two, good)), (three, score(three, none))])
    assert (mean.title, mean.f1, mean.day) == (0.5, 0.5, 0.0)


def test_other_extractors_are_asked_by_a_python_of_theirs(folder: Path) -> None:
    (one, *_rest) = read_by_others([judged(folder, "one")], Path(sys.executable), ["trafilatura"])
    ((name, reading),) = one.items()
    assert name.startswith("trafilatura 2.") and reading.day == "2020-10-26" and PARAGRAPHS[1] in reading.body


def told(*arguments: str) -> str:
    output = io.StringIO()
    call_command(Command(), *arguments, stdout=output)
    return output.getvalue()


def test_the_table_is_parted_by_language(folder: Path) -> None:
    lines = told(str(folder), "--alone").splitlines()
    assert lines[1] == "ar: 2 pages of 1 outlets" and lines[3] == "others: 1 pages of 1 outlets"
    assert lines[2].split() == ["Diwan", *["1.000"] * 6]


def test_what_was_read_wrongly_is_told_page_by_page(folder: Path) -> None:
    (folder / "one.html").write_text(
        page_of(title="عنوان آخر تماما").replace(PARAGRAPHS[2], "سطر غريب لا يعرفه أحد"), "utf-8"
    )
    shown = told(str(folder), "--alone", "--show", "1")
    assert "one.html  F1 0." in shown
    assert "  title: 'عنوان آخر تماما' for" in shown
    assert f"  - {PARAGRAPHS[2]}" in shown
    assert "  + سطر غريب لا يعرفه أحد" in shown


def test_a_folder_without_pages_and_a_missing_python_are_told_in_words(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no page with its answers"):
        told(str(tmp_path / "nowhere"))
    with pytest.raises(CommandError, match=r"venv-bench.* installs it"):
        told(str(folder), "--python", "/nowhere/python")

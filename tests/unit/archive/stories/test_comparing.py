"""Two reports beside each other, without a database: what both name, cut and numbered, and where they disagree."""

from __future__ import annotations

import datetime

from django.utils.translation import override

from archive.articles.models import Article, Field
from archive.authorities.directory import Directory
from archive.stories.comparing import ClueSpan, Comparison, different_counts
from archive.stories.disagreements import disagreements
from archive.stories.reading import label
from archive.stories.templatetags.stories import numbered

NAMES = Directory({("country", "az"): {"ar": "أذربيجان"}}, (), {}, {})
BODY = "عقدت الجولة الثانية في باكو\n\nقتل 65 مدنيا"


def report(body: str = BODY, day: int = 26) -> Article:
    return Article(
        title="باكو",
        body=body,
        language="und",
        dated_on=datetime.date(2020, 10, day),
        date_precision="day",
        evidence={},
    )


def compared(one: tuple[ClueSpan, ...] = (), other: tuple[ClueSpan, ...] = ()) -> Comparison:
    shared = tuple(dict.fromkeys(span.clue for span in one if span.clue in {theirs.clue for theirs in other}))
    return Comparison(one, other, shared)


def test_a_paragraph_is_cut_at_what_both_reports_name() -> None:
    baku = ClueSpan(Field.BODY, BODY.index("باكو"), BODY.index("باكو") + 4, "country:az")
    alone = ClueSpan(Field.BODY, 0, 4, "number:12")
    first, second = compared((alone, baku), (baku,)).paragraphs(report(), (alone, baku), Field.BODY)
    assert [(piece.text, piece.number) for piece in first] == [("عقدت الجولة الثانية في ", 0), ("باكو", 1)]
    assert numbered(first).endswith("<mark>باكو<sup>1</sup></mark>")
    assert [piece.number for piece in second] == [0]


def test_reports_that_count_the_dead_otherwise_disagree() -> None:
    assert different_counts(report(), report("قتل 70 مدنيا")) == [("killed", 65, 70)]
    assert different_counts(report(), report("قتل 70 مدنيا ثم قتل 71 مدنيا")) == []


def test_days_and_rounds_are_told_as_each_report_has_them() -> None:
    second, third = (ClueSpan(Field.BODY, 0, 4, f"round:{number}") for number in (2, 3))
    with override("ar"):
        found = disagreements(report(), report(day=27), compared((second,), (third,)), NAMES, "ar", is_one_event=True)
    assert [(one.one, one.other) for one in found] == [("26 أكتوبر 2020", "27 أكتوبر 2020"), ("2", "3")]


def test_a_clue_is_told_in_the_words_of_the_reader() -> None:
    with override("fa"):
        assert label("day:2023-10-04", NAMES, "fa") == "۱۲ مهر ۱۴۰۲"
        assert label("number:65", NAMES, "fa") == "۶۵"
        assert label("country:az", NAMES, "ar") == "أذربيجان"

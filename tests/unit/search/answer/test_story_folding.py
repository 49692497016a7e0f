"""Reports of one story as one entry: which one is shown, and what is said of those behind it."""

from __future__ import annotations

import datetime

import pytest
from django.utils.translation import override

from archive.articles.models import Article
from search.answer.story_folding import _rank, more_reports
from search.results import FoldedStory, Highlighted, Hit

NOTHING = Highlighted("")


def article(number: int, day: str = "", precision: str = "day", language: str = "ar") -> Article:
    dated = datetime.date.fromisoformat(day) if day else None
    return Article(
        pk=number,
        identifier=f"{number:012x}",
        dated_on=dated,
        date_precision=precision if day else "",
        language=language,
    )


def first(*reports: tuple[Article, float], gone: int = 0) -> int:
    """The number of the report that is shown; so many of the first ones have left the public."""
    held = {one.identifier: one for one, _score in reports[gone:]}
    found = [(one.identifier, score) for one, score in reports]
    return int(min(found, key=lambda one: _rank(one, held))[0], 16)


def test_the_report_with_the_best_score_is_shown() -> None:
    assert first((article(1, "2020-10-26"), 1.0), (article(2), 2.0)) == 2


def test_of_equals_the_one_with_a_whole_date_then_the_earliest_then_the_first_taken_in() -> None:
    assert first((article(1), 1.0), (article(2, "2020-10-27"), 1.0)) == 2
    assert first((article(1, "2020-10-01", "month"), 1.0), (article(2, "2020-10-27"), 1.0)) == 2
    assert first((article(1, "2020-10-27"), 1.0), (article(2, "2020-10-26"), 1.0)) == 2
    assert first((article(2, "2020-10-26"), 1.0), (article(1, "2020-10-26"), 1.0)) == 1


def test_a_report_that_left_the_public_meanwhile_is_shown_last() -> None:
    assert first((article(1, "2020-10-26"), 9.0), (article(2), 1.0), gone=1) == 2


def told(language: str, *counts: tuple[str, int], shown: str = "ar") -> str:
    story = FoldedStory((), counts) if counts else None
    with override(language):
        return more_reports(Hit(article(1, language=shown), NOTHING, NOTHING, 1.0, story=story))


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((), ""),
        ((("ar", 1),), "1 more report of this story"),
        ((("ar", 5),), "5 more reports of this story"),
        ((("ar", 2), ("fa", 3)), "5 more reports of this story, 3 in Persian"),
        ((("fa", 3),), "3 more reports of this story, 3 in Persian"),
        ((("und", 2),), "2 more reports of this story"),
    ],
)
def test_other_languages_are_counted_beside_the_whole(counts: tuple[tuple[str, int], ...], sentence: str) -> None:
    assert told("en", *counts) == sentence


def test_behind_a_persian_report_the_arabic_ones_are_told() -> None:
    assert told("en", ("ar", 2), ("fa", 1), shown="fa") == "3 more reports of this story, 2 in Arabic"


def test_it_is_told_in_the_readers_language_and_digits() -> None:
    sentences = {language: told(language, ("ar", 2), ("fa", 3)) for language in ("ar", "fa", "en")}
    assert len(set(sentences.values())) == 3
    assert "۵" in sentences["fa"] and "۳" in sentences["fa"]

"""How much of all that was written in a month a word is."""

from __future__ import annotations

import pytest

from search.ways.wording.made import Point


@pytest.mark.parametrize(("measure", "value"), [("", 3), ("share", 12.5), ("words", 16.67)])
def test_a_point_is_counted_of_its_articles_or_of_its_words(measure: str, value: float) -> None:
    assert Point(articles=3, places=10, all_articles=24, all_words=6_000).value(measure) == value


@pytest.mark.parametrize("measure", ["", "share", "words"])
def test_a_month_without_reports_has_none_of_a_hundred(measure: str) -> None:
    assert Point(0, 0, 0, 0).value(measure) == 0

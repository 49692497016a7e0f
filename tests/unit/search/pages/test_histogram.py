"""The histogram as it is drawn: in reading order, inside its picture, with names that have room."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from django.utils.translation import override

from search.pages.histogram import LETTER, DateRow, histogram


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows with a caption, as the panel of dates and the page of a record have them."""

    rows: tuple[DateRow, ...]
    caption: str = "Articles by year"


def panel(*counts: tuple[str, int]) -> Counted:
    rows = tuple(DateRow(label, label, count, label, f"/search/?from={label}", False) for label, count in counts)
    return Counted(rows)


@pytest.mark.parametrize(("language", "first_is_left"), [("en", True), ("ar", False), ("fa", False)])
def test_the_histogram_runs_in_reading_order(language: str, first_is_left: bool) -> None:
    with override(language):
        bars = histogram(panel(("2019", 1), ("2020", 0), ("2023", 4)))["bars"]
    assert [bar.row.label for bar in bars] == ["2019", "2023"]
    assert (bars[0].x < bars[1].x) is first_is_left
    assert bars[0].height < bars[1].height


def test_without_articles_there_is_no_picture() -> None:
    assert histogram(panel())["bars"] == []
    assert histogram(panel(("2019", 0)))["bars"] == []


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_century_of_years_stays_inside_the_picture(language: str) -> None:
    with override(language):
        held = histogram(panel(*((str(year), year % 7) for year in range(1920, 2024))))
    assert all(bar.x >= -0.1 and bar.x + bar.width <= held["width"] + 0.1 for bar in held["bars"])
    places = sorted(label.x for label in held["labels"])
    assert len(places) > 2 and all(b - a >= 4 * LETTER - 0.2 for a, b in pairwise(places))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_few_bars_have_no_empty_room_behind_them(language: str) -> None:
    with override(language):
        held = histogram(panel(*((str(year), 1) for year in range(2015, 2027))), 960)
    assert max(bar.x + bar.width for bar in held["bars"]) - min(bar.x for bar in held["bars"]) > 0.95 * held["width"]


def test_bars_are_in_proportion_beside_a_very_high_one() -> None:
    """13 and 75 are not alike beside 937, and the scale says what the highest bar counts."""
    drawn = histogram(panel(("2013", 13), ("2014", 75), ("2015", 937)))
    low, middle, high = (bar.height for bar in drawn["bars"])
    assert drawn["tallest"] == 937 and high == drawn["base"] - drawn["top"]
    assert middle / high == pytest.approx(75 / 937, abs=0.01) and low / high == pytest.approx(13 / 937, abs=0.01)


def test_the_picture_grows_with_the_text_and_the_scale_stands_inside() -> None:
    drawn = histogram(panel(*((str(year), year % 7) for year in range(1990, 2024))))
    assert drawn["across"] * 16 == drawn["width"] and drawn["down"] * 16 == drawn["height"]
    assert all(bar.y >= drawn["top"] >= 16 for bar in drawn["bars"])

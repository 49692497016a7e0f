"""Lines over time as figures: in the picture, in the direction of reading, under round numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ways.chart import HEIGHT, NAMES, WIDTH, ceiling, chart

VALUES = st.lists(st.integers(0, 10**7).map(lambda number: number / 100), min_size=1, max_size=120)


@given(VALUES, st.booleans())
def test_every_value_stands_in_the_picture(values: list[float], rtl: bool) -> None:
    names = [str(2000 + place) for place in range(len(values))]
    made = chart([values], names, rtl=rtl)
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in made.curves[0].dots)
    assert len(made.curves[0].points.split()) == len(values)
    shown = [tick.text for tick in made.times]
    assert shown[0] == names[0] and shown[-1] == names[-1]
    assert len(shown) == len(set(shown)) <= NAMES + 1


def test_time_runs_in_the_direction_of_reading() -> None:
    left = chart([[1, 2, 3]], ["2019", "2020", "2021"], rtl=False).curves[0].dots
    right = chart([[1, 2, 3]], ["2019", "2020", "2021"], rtl=True).curves[0].dots
    assert [dot.x for dot in left] == sorted(dot.x for dot in left)
    assert [dot.x for dot in right] == [WIDTH - dot.x for dot in left]


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (1, 1), (3, 4), (37, 40), (41, 50), (100, 100), (0.07, 0.1), (0.3, 0.4)]
)
def test_the_highest_line_is_a_round_number(value: float, top: float) -> None:
    assert ceiling(value) == top


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([0, 1], ["0", "1"]),
        ([1, 2], ["0", "1", "2"]),
        ([1, 5], ["0", "1", "2", "3", "4", "5"]),
        ([37, 1], ["0", "10", "20", "30", "40"]),
        ([0.3, 0.1], ["0", "0.1", "0.2", "0.3", "0.4"]),
    ],
)
def test_the_scale_counts_whole_articles_and_parts_rates(values: list[float], shown: list[str]) -> None:
    assert [level.text for level in chart([values], ["2019", "2020"], rtl=False).levels] == shown

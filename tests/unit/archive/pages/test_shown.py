"""Numbers with parts and sizes of files, as a reader of each language writes them."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from archive.pages.shown import localdecimal, localsize

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ar", ["4.9", "1,204.5", "12", "0"]),
        ("fa", ["۴٫۹", "۱٬۲۰۴٫۵", "۱۲", "۰"]),
        ("en", ["4.9", "1,204.5", "12", "0"]),
    ],
)
def test_a_part_after_the_point_is_set_off_by_the_sign_of_the_language(language: str, told: list[str]) -> None:
    with override(language):
        assert [localdecimal(number) for number in (4.9, 1204.5, 12.0, 0)] == told


def test_a_scale_keeps_the_digits_that_tell_its_steps_apart() -> None:
    assert [localdecimal(number, 6) for number in (0.005, 0.0025, 0.375)] == ["0.005", "0.0025", "0.375"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ar", ["5.1 ميغابايت", "2 غيغابايت", "0.5 كيلوبايت"]),
        ("fa", ["۵٫۱ مگابایت", "۲ گیگابایت", "۰٫۵ کیلوبایت"]),
        ("en", ["5.1 MB", "2 GB", "0.5 KB"]),
    ],
)
def test_a_size_is_told_in_the_largest_unit_that_it_fills(language: str, told: list[str]) -> None:
    with override(language):
        shown = [localsize(size) for size in (int(5.1 * MB), 2048 * MB, 512)]
        assert shown == [one.replace(" ", "\xa0") for one in told]


@pytest.mark.parametrize(("language", "day"), [("ar", "21 يوليو 2015"), ("fa", "۳۰ تیر ۱۳۹۴")])
def test_a_day_below_a_bar_keeps_its_own_direction_in_a_picture_laid_out_from_the_left(language: str, day: str) -> None:
    row = {"label": day, "count": 1, "url": "/"}
    told = {"bars": [{"row": row}], "rows": [row], "tallest": 1, "width": 10, "height": 10, "across": 1.0, "down": 1.0}
    with override(language):
        drawn = render_to_string("_partials/histogram.html", {**told, "labels": [{"x": 1.0, "text": day}]})
    assert f">\u2068{day}\u2069</text>" in drawn
